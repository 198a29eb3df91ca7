import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { SuggestedField } from '../../../electron/contract/index.ts';
import { pdfTextReader } from '../../../electron/hosts/processes/pdf-text-process.ts';
import { suggestFields, type Suggestions } from '../../../electron/services/records/suggest/suggest.ts';
import { drawnDocument, plainLayout, type Layout } from '../../fakes/intake/drawn-document.ts';
import { factsOf, type DocumentFacts } from '../../fakes/intake/facts.ts';
import { expectedOf, judge, tableOf, type Wrong } from '../../fakes/intake/judged.ts';
import { madeDocuments } from '../../fakes/intake/made-documents.ts';
import { fonts } from '../practice/pdf-tools.ts';

const samples = join(import.meta.dirname, '../../../../shared/samples');
const reader = pdfTextReader(() => undefined);
afterAll(() => {
  reader.stop();
});

function suggestionsFor(bytes: Uint8Array): Promise<Suggestions> {
  return reader.suggestions(bytes);
}

function valueOf(suggestions: Suggestions, field: SuggestedField): string | undefined {
  return suggestions.fields.find((one) => one.field === field)?.best?.value;
}

async function drawn(changes: Partial<DocumentFacts>, layout: Partial<Layout> = {}): Promise<Suggestions> {
  return suggestionsFor(await drawnDocument({ ...factsOf(3), ...changes }, { ...plainLayout, ...layout }, fonts));
}

/** All of the documents that the rules were made on, and some that they were not. */
test.each([
  [0, 1],
  [7, 2],
])('reads what made documents of many layouts say, each field in 98 of 100 (round %i, every %i)', async (round, every) => {
  const wrong: Wrong[] = [];
  const made = madeDocuments(fonts, round).filter((_, at) => at % every === 0);
  for (const document of made) wrong.push(...judge(document.name, expectedOf(document.facts), await suggestionsFor(await document.bytes())));
  const fields = Object.keys(expectedOf(factsOf(1))) as SuggestedField[];
  const table = tableOf(fields, made.length, wrong);
  expect(made.length).toBeGreaterThanOrEqual(40);
  for (const field of fields) {
    const misses = wrong.filter((one) => one.field === field);
    expect(misses.length / made.length, `${table}\n${JSON.stringify(misses, undefined, 1)}`).toBeLessThanOrEqual(0.02);
  }
});

const sampleRows = existsSync(samples)
  ? readFileSync(join(samples, 'expected.tsv'), 'utf8').trim().split('\n').slice(1).map((line) => line.split('\t'))
  : [];

test.skipIf(sampleRows.length === 0)('reads published documents as a person does (needs ../shared/samples)', async () => {
  const wrong: string[] = [];
  for (const [file = '', number, notation, day, kind, issuer, subject, signer, position, layer] of sampleRows) {
    const suggestions = await suggestionsFor(readFileSync(join(samples, file)));
    const titles = [valueOf(suggestions, 'signerCompetence'), valueOf(suggestions, 'signerPosition')].filter((one) => one !== undefined).join('; ');
    const got = { number: valueOf(suggestions, 'codeNumber'), notation: valueOf(suggestions, 'codeNotation'), day: valueOf(suggestions, 'issuedDate'), kind: valueOf(suggestions, 'typeName'), issuer: valueOf(suggestions, 'issuerName'), subject: valueOf(suggestions, 'subject')?.toLowerCase(), signer: valueOf(suggestions, 'signerName') ?? '', titles: titles.toUpperCase() };
    // A scan says nothing; what its stamp or its portal's signature says is not the document's.
    const expected = layer === 'full'
      ? { number, notation, day, kind, issuer, subject: subject?.toLowerCase(), signer, titles: position }
      : { number: undefined, notation: undefined, day: undefined, kind: undefined, issuer: undefined, subject: undefined, signer: '', titles: '' };
    for (const [field, value] of Object.entries(expected)) {
      const found = got[field as keyof typeof got];
      if (found !== value) wrong.push(`${file} ${field}: ${String(value)} ≠ ${String(found)}`);
    }
  }
  expect(wrong).toEqual([]);
});

test('the place of a value is where the page shows it, also of one that only a signature shows', async () => {
  const suggestions = await drawn({ number: '4711' }, { number: 'widget', date: 'widget' });
  const number = suggestions.fields.find((one) => one.field === 'codeNumber')?.best;
  expect(number).toMatchObject({ value: '4711', confidence: 'sure' });
  const [left, top, right, bottom] = number?.places[0]?.box ?? [0, 0, 0, 0];
  expect(left).toBeGreaterThan(0.1);
  expect(right).toBeLessThan(0.5);
  expect(right - left).toBeLessThan(0.07);
  expect(bottom - top).toBeLessThan(0.025);
  expect(top).toBeLessThan(0.2);
});

test('the number and the day of a stamp of arrival are not the document’s, and its own are still missed when missing', async () => {
  const stamped = await drawn({ number: '88' }, { arrival: 'content' });
  expect(valueOf(stamped, 'codeNumber')).toBe('88');
  const blank = await drawn({ number: '    ' }, { arrival: 'content' });
  expect(valueOf(blank, 'codeNumber')).toBeUndefined();
  expect(JSON.stringify(blank)).not.toContain('7313');
});

test('other numbers and days of the page are there to be chosen', async () => {
  const suggestions = await drawn({});
  const others = suggestions.fields.find((one) => one.field === 'issuedDate')?.others.map((one) => one.value);
  expect(others).toContain('2020-03-05');
});

test('a Party document keeps its own form of number', async () => {
  const suggestions = await drawn({ superior: [], agencyLines: ['TỈNH ỦY LAM GIANG'], agency: 'Tỉnh ủy Lam Giang', number: '12', notation: 'NQ/TU', kind: 'Nghị quyết' }, { party: true });
  expect([valueOf(suggestions, 'codeNumber'), valueOf(suggestions, 'codeNotation')]).toEqual(['12-NQ', 'TU']);
  expect(valueOf(suggestions, 'issuerName')).toBe('Tỉnh ủy Lam Giang');
});

test('a mark of State secrecy is told, the word in a text is not', async () => {
  const marked = await drawn({ agencyLines: ['BỘ NỘI VỤ'], urgency: 0, subject: 'kiểm tra', kind: '', addressees: ['TỐI MẬT'] });
  expect(marked.secret).toBeNull();
  const stamped = await drawn({ kind: 'Quyết định', subject: 'MẬT' });
  expect(stamped.secret?.words).toBe('MẬT');
});

test('what is no administrative document suggests nothing but its pages', async () => {
  const suggestions = suggestFields({ state: 'read', pages: 2, text: 'Hello\f\f', sheets: [{ width: 595, height: 842 }], items: [{ text: 'Hello', page: 1, box: [0.1, 0.1, 0.2, 0.12], size: 12, font: 'Arial', mark: '' }] });
  expect(suggestions.fields.map((one) => one.field)).toEqual(['pageAmount']);
});
