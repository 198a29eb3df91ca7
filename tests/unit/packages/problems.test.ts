import { expect, test } from 'vitest';
import { contentProblems, type PackageContent } from '../../../electron/services/packages/index.ts';
import { dossier, originals, smallContent, stubSchemas, text } from '../../fakes/packages/content.ts';

const whole = (): PackageContent => smallContent('SIP_hoso', originals());

/** Content with a text document changed. */
function withText(more: Parameters<typeof text>[1]): PackageContent {
  const content = whole();
  const [first, ...rest] = content.documents;
  if (first === undefined) throw new Error('no document');
  return { ...content, documents: [{ ...first, fields: text(1, more) }, ...rest] };
}

test('content as the circular has it is taken', () => {
  expect(contentProblems(whole(), stubSchemas)).toEqual([]);
});

test.each<[string, PackageContent, unknown]>([
  ['a UUID in lower case', { ...whole(), uuid: whole().uuid.toLowerCase() }, { code: 'package-identity', place: 'uuid' }],
  ['a code that no path carries', { ...whole(), sender: { name: 'x', code: '../G09' } }, { code: 'package-identity', place: 'sender' }],
  ['no document', { ...whole(), documents: [] }, { code: 'package-empty' }],
  ['a head of another form', { ...whole(), head: { kind: 'tailieu', fileCode: 'x', title: 'x', source: '0', description: '' } }, { code: 'package-head' }],
  ['an archival package without an archive', { ...smallContent('AIP_hoso', originals()), archive: null }, { code: 'package-archive-missing' }],
  ['a link where documents are loose', { ...smallContent('SIP_tailieu', originals()), documents: whole().documents.map((one) => ({ ...one, fields: { ...one.fields, maintenance: '01' } })) }, { code: 'document-linked', document: 5 }],
  ['no title', { ...whole(), head: { ...dossier, title: '' } }, { code: 'field-empty', document: 0, place: 'title' }],
  ['a title of 1001 characters', { ...whole(), head: { ...dossier, title: 'ế'.repeat(1001) } }, { code: 'field-long', place: 'title', detail: '1000' }],
  ['a term that is no code', { ...whole(), head: { ...dossier, maintenance: '10 năm' } }, { code: 'field-code', place: 'maintenance', detail: '10 năm' }],
  ['a language that is no code', { ...whole(), head: { ...dossier, languages: ['01', 'vi'] } }, { code: 'field-code', place: 'language', detail: 'vi' }],
  ['a day that there is not', withText({ issuedDate: '2025-02-30' }), { code: 'field-day', document: 1, place: 'issuedDate' }],
  ['a year alone where the whole day is wanted', withText({ issuedDate: '2025' }), { code: 'field-day', document: 1, place: 'issuedDate' }],
  ['a docId of 26 characters', withText({ docId: 'x'.repeat(26) }), { code: 'field-long', document: 1, place: 'docId' }],
  ['a control character', withText({ subject: 'a\u0007b' }), { code: 'field-character', document: 1, place: 'subject', detail: 'U+0007' }],
  ['two documents with one code', withText({ docCode: text(2).docCode }), { code: 'document-code-twice', document: 2, detail: '1' }],
  ['a dossier of digitised paper without its paper', { ...whole(), head: { ...dossier, confidenceLevel: '02' } }, { code: 'field-empty', document: 0, place: 'paperFileCode', detail: 'digitised' }],
  ['a backup without its state', withText({ riskRecovery: true }), { code: 'field-empty', document: 1, place: 'riskRecoveryStatus' }],
  ['pages that are no number', withText({ numberOfPage: -1 }), { code: 'field-number', document: 1, place: 'numberOfPage' }],
])('%s is refused, with the place', (_, content, problem) => {
  expect(contentProblems(content, stubSchemas)).toEqual(expect.arrayContaining([expect.objectContaining(problem as object)]));
});

test('a schema that must come along and does not is named', () => {
  expect(contentProblems(whole(), stubSchemas.slice(1))).toEqual([{ code: 'package-schema-missing', document: 0, place: 'METS.xsd', detail: '' }]);
});

test('archival packages take a year alone (PL I.II.2)', () => {
  const content = smallContent('AIP_hoso', originals());
  expect(contentProblems({ ...content, head: { ...dossier, startDate: '2024', endDate: '2025-12' } }, stubSchemas)).toEqual([]);
});

test('of three thousand wrong documents the first thousand problems are told', () => {
  const content = whole();
  const many = Array.from({ length: 3_000 }, (_, n) => ({ fields: text(n + 1, { docId: '' }), content: { kind: 'link' as const, link: { name: 'a', reference: 'b' } }, attachments: [], trace: null }));
  expect(contentProblems({ ...content, documents: many }, stubSchemas)).toHaveLength(1000);
});
