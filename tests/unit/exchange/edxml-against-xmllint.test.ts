import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { dice, type Dice } from '../../soak/fuzz-mutations.ts';
import { scratchFolder } from '../store/helpers.ts';
import { documentOf, namespace, readBack } from './edxml-samples.ts';

const samples = fileURLToPath(new URL('../../../../shared/samples', import.meta.url));

const letters = ['ử', 'ử'.normalize('NFD'), 'Đ', ' ', '\n', '\t', '<', '>', '&', '"', "'", ']]>', '--', '😀', '\u202e', '\u200b', 'a', 'VB', '/', ',', '0', '\u0085'];
const text = (roll: Dice): string => Array.from({ length: 1 + roll.below(12) }, () => roll.of(letters)).join('').replace(/^\s*$/, 'x');
const escaped = (value: string): string => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const asReferences = (value: string, roll: Dice): string =>
  [...value].map((letter) => `&#${roll.below(2) === 0 ? String(letter.codePointAt(0)) : `x${(letter.codePointAt(0) ?? 0).toString(16)}`};`).join('');
const asCdata = (value: string): string => `<![CDATA[${value.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;

/** One of the ways in which XML may write a text, cut into pieces that are each written their own way. */
function written(value: string, roll: Dice): string {
  const cut = roll.below([...value].length + 1);
  const parts = [[...value].slice(0, cut).join(''), [...value].slice(cut).join('')];
  const between = roll.of(['', '<!-- <Subject>x</Subject> -->', '<?vendor a="<b>"?>']);
  return parts.map((part) => roll.of([escaped, (one: string) => asReferences(one, roll), asCdata])(part)).join(between);
}

type Made = { readonly xml: string; readonly truth: Readonly<Record<string, string>>; readonly files: readonly Buffer[] };

/** A document that a strange but lawful builder could have written. */
function strange(roll: Dice, contents: readonly Buffer[]): Made {
  const truth: Record<string, string> = {};
  /** An element in the format's namespace under whatever prefix, with noise beside what it holds. */
  function tag(name: string, inside: string): string {
    const prefix = roll.of(['', 'edXML:', 'n1:', 'ê:']);
    const declaration = prefix === '' ? `xmlns="${namespace}"` : `xmlns:${prefix.slice(0, -1)}='${namespace}'`;
    const noise = roll.of(['', ' id="a1"', ' xml:base="http://evil.example/" xml:lang="vi"', ` xmlns:z="urn:z" z:${name}="đánh lạc"`]);
    return `<${prefix}${name} ${declaration}${noise}>${inside}</${prefix}${name}\n>`;
  }
  const decoy = (name: string): string => roll.of(['', '', `<${name} xmlns="urn:other">giả</${name}>`, `<o:${name} xmlns:o="urn:other"><o:${name}>giả</o:${name}></o:${name}>`, '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>']);
  const shuffled = (parts: readonly string[]): string => {
    const left = [...parts];
    let all = '';
    while (left.length > 0) all += `${roll.of(['', '\n  ', '<!-- -->'])}${left.splice(roll.below(left.length), 1)[0] ?? ''}`;
    return all;
  };
  function leaf(path: string, value = text(roll)): string {
    const name = path.slice(path.lastIndexOf('/') + 1);
    // A carriage return that is written as it is would be a line feed to every reader (XML 1.0 §2.11); none is made.
    truth[path] = value;
    return `${decoy(name)}${tag(name, written(value, roll))}`;
  }
  const message = shuffled([
    tag('From', shuffled([leaf('From/OrganId', 'G09'), leaf('From/OrganName')])),
    tag('To', shuffled([leaf('To/OrganId', 'H29.99'), leaf('To/OrganName')])),
    tag('Code', shuffled([leaf('Code/CodeNumber', `0${String(roll.below(99))}a`), leaf('Code/CodeNotation')])),
    tag('PromulgationInfo', shuffled([leaf('PromulgationInfo/Place'), leaf('PromulgationInfo/PromulgationDate', '2026/11/20')])),
    tag('DocumentType', leaf('DocumentType/TypeName')),
    leaf('Subject'),
    leaf('DocumentId'),
    tag('SignerInfo', leaf('SignerInfo/FullName')),
  ]);
  const files = contents.map((content, at) => {
    const base64 = content.toString('base64').replaceAll(/(.{76})/g, roll.of(['$1', '$1\n', '$1\r\n', '$1&#13;&#10;']));
    const inside = roll.of([base64, base64, asCdata(base64.replaceAll('&#13;&#10;', '')), `${base64.slice(0, 7)}<!-- x -->${base64.slice(7)}`]);
    const id = roll.of(['cid:', '']) + String(at);
    return tag('Attachment', shuffled([tag('ContentId', id), tag('AttachmentName', `t${String(at)}.pdf`), tag('ContentTransferEncoded', inside)]));
  });
  const header = tag('edXMLHeader', shuffled([tag('MessageHeader', message), decoy('Bussiness')]));
  const whole = shuffled([tag('edXMLEnvelope', header), tag('AttachmentEncoded', files.join(''))]);
  return { xml: tag('edXML', whole), truth, files: contents };
}

/** What xmllint finds at the places of a document, and in its attachments. */
function byXmllint(file: string, truth: Made['truth'], files: number): { readonly found: Record<string, string>; readonly contents: string[] } {
  const step = (name: string): string => `*[local-name()='${name}' and namespace-uri()='${namespace}'][1]`;
  const at = (path: string): string => `string(/*/${path.split('/').map(step).join('/')})`;
  const base = 'edXMLEnvelope/edXMLHeader/MessageHeader/';
  const border = '-~-~-';
  const paths = Object.keys(truth);
  const content = Array.from({ length: files }, (_, index) => `string((/*/${step('AttachmentEncoded')}/*[local-name()='Attachment'])[${String(index + 1)}]/${step('ContentTransferEncoded')})`);
  const asked = [...paths.map((path) => at(`${base}${path}`)), ...content];
  const said = execFileSync('xmllint', ['--nonet', '--huge', '--xpath', `concat(${asked.map((one) => `${one},'${border}'`).join(',')})`, file], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }).split(border);
  return {
    found: Object.fromEntries(paths.map((path, index) => [path, said[index] ?? '?'])),
    contents: content.map((_, index) => createHash('sha256').update(Buffer.from(said[paths.length + index] ?? '', 'base64')).digest('hex')),
  };
}

async function holds(made: Made, folder: string, wide: boolean, piece: number): Promise<void> {
  const bytes = wide ? Buffer.from(`\ufeff<?xml version="1.0" encoding="UTF-16"?>${made.xml}`, 'utf16le') : Buffer.from(made.xml);
  const { outcome, files } = await readBack(bytes, piece);
  const { header } = documentOf(outcome);
  const read: Record<string, string> = {
    'From/OrganId': header.from.organId, 'From/OrganName': header.from.organName, 'To/OrganId': header.to[0]?.organId ?? '', 'To/OrganName': header.to[0]?.organName ?? '',
    'Code/CodeNumber': header.code.codeNumber, 'Code/CodeNotation': header.code.codeNotation, 'PromulgationInfo/Place': header.promulgationInfo.place,
    'PromulgationInfo/PromulgationDate': header.promulgationInfo.promulgationDate, 'DocumentType/TypeName': header.documentType.typeName, Subject: header.subject,
    DocumentId: header.documentId, 'SignerInfo/FullName': header.signerInfo.fullName,
  };
  expect(read, made.xml).toEqual(made.truth);
  const hashes = files.map((file) => createHash('sha256').update(file.bytes).digest('hex'));
  expect(hashes).toEqual(made.files.map((content) => createHash('sha256').update(content).digest('hex')));
  const path = join(folder, 'message.edxml');
  writeFileSync(path, bytes);
  const { found, contents } = byXmllint(path, made.truth, made.files.length);
  expect(found, made.xml).toEqual(read);
  expect(contents).toEqual(hashes);
}

describe('a strange but lawful builder', () => {
  test('what is read of 150 messages is what was written, and what xmllint reads', { timeout: 120_000 }, async () => {
    const folder = scratchFolder();
    for (let input = 0; input < 150; input += 1) {
      const roll = dice(20_261_123, input);
      const contents = Array.from({ length: roll.below(3) }, () => Buffer.concat([Buffer.from('%PDF-'), randomBytes(roll.below(3000))]));
      await holds(strange(roll, contents), folder, roll.below(3) === 0, roll.of([1, 7, 1000, 65_536]));
    }
  });

  test.skipIf(!existsSync(samples))('the same with published documents in it (needs ../shared/samples)', { timeout: 120_000 }, async () => {
    const folder = scratchFolder();
    const pdfs = readdirSync(samples).filter((name) => name.endsWith('.pdf')).map((name) => readFileSync(join(samples, name)));
    expect(pdfs.length).toBeGreaterThan(0);
    for (const [input, pdf] of pdfs.entries()) {
      const roll = dice(7, input);
      const spoilt = Buffer.from(pdf);
      for (let n = 0; n < 20; n += 1) spoilt[5 + roll.below(spoilt.length - 5)] = roll.below(256);
      await holds(strange(roll, [pdf, spoilt]), folder, roll.below(2) === 0, 65_536);
    }
  });
});
