import { writeFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { documentFonts } from '../../../electron/hosts/document-fonts.ts';
import { composeDecreeForm } from '../../../electron/services/practice/documents/decree-form.ts';
import { testPki, type TestPki } from '../../fakes/pki/pki.ts';
import { issued, order, prepared, signature, signedAs } from '../signing/office.ts';
import { paper } from '../signing/papers.ts';
import { codesOf, short, verdictOn } from './world.ts';

const leads = { show: { role: 'leader', picture: signature } } as const;
let pki: TestPki;
beforeAll(async () => {
  pki = await testPki();
});

const form = async (more: object): Promise<Buffer> => Buffer.from((await composeDecreeForm({
  superior: '', agency: 'Phường Thử Nghiệm', number: '', notation: 'UBND-VX', place: 'Thử Nghiệm', date: '2026-11-22', kind: '', subject: 'trả lời', addressees: ['Sở Nội vụ'], urgency: 0,
  body: [{ text: 'Kính gửi như trên.' }], recipients: ['Như trên', 'Lưu: VT'], signer: { authority: ['TM. Ủy ban nhân dân'], position: 'Chủ tịch', fullName: 'Nguyễn Thị Thử' }, ...more,
}, documentFonts())).bytes);

const layouts: readonly (readonly [string, () => Promise<Buffer>])[] = [
  ['decree', () => form({})],
  ['paper', () => paper()],
  ['paper, nothing printed', () => paper({ symbol: ' ', year: ' ' })],
  ['paper dots', () => paper({ dots: true })],
  ['paper turned', () => paper({ turn: 90 })],
];

test.each(layouts)('%s', async (name, make) => {
  const ready = await prepared(await make());
  const { bytes } = await issued(pki, await signedAs(pki, ready, 'leader', leads));
  writeFileSync(`/tmp/own-${name.replace(/\W/g, '-')}.pdf`, bytes);
  const verdict = await verdictOn(pki, bytes, { at: new Date() });
  console.log(name, short(verdict), JSON.stringify(verdict.signatures.map(({ changes }) => changes), null, 0), verdict.signatures.map(codesOf));
});
