import { execFileSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { planIssue, pngOf, previewOf, readPicture, reservedPlaces, reserveFields, showingFor, type IssueOrder, type PictureRefusal, type RoleOrder } from '../../../electron/services/signing/index.ts';
import { sentenceFor } from '../../../electron/hosts/cli/sentences.ts';
import { readPng } from '../../../electron/services/signing/appearance/png.ts';
import { good, testPki, type TestPki } from '../../fakes/pki/pki.ts';
import { qpdfComplaints } from '../../unit/foundation/pdf/judges.ts';
import { bases, document, make, page } from '../../unit/foundation/pdf/make.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';
import { formFile, onDisk } from './files.ts';
import { judge } from './judges.ts';
import { byLeader, byOffice, fonts, issued, order, planned, prepared, seal, signature, signedAs } from './office.ts';
import { paper, textOf } from './papers.ts';
import { sealPng, signaturePng } from './pictures.ts';
import { isBlack, isBlue, pageAsSeen } from './seen.ts';

const leads = { show: { role: 'leader', picture: signature } } as const;
let pki: TestPki;
beforeAll(async () => {
  pki = await testPki();
});

const led = async (more: Parameters<typeof paper>[0] = {}, certify?: 1 | 2): Promise<Buffer> => signedAs(pki, await prepared(await paper(more)), 'leader', leads, certify === undefined ? {} : { certify });
const refusal = async (base: Buffer, more: Partial<IssueOrder> = {}): Promise<unknown> => {
  const plan = await planned(base, more);
  return plan.ok ? 'planned' : plan.failure;
};

test('what cannot be issued is refused with its reason before anything is taken', async () => {
  const ready = await led();
  expect(await refusal(ready)).toBe('planned');
  expect(await refusal(await led({}, 1))).toEqual({ code: 'changes-forbidden' });
  expect(await refusal(await prepared(await paper()))).toEqual({ code: 'person-not-signed' });
  expect(await refusal(await paper())).toEqual({ code: 'person-not-signed' });
  expect(await refusal(ready, { code: '12' })).toEqual({ code: 'number-wrong', number: '12' });
  expect(await refusal(ready, { date: '2026-02-30' })).toEqual({ code: 'date-wrong', date: '2026-02-30' });
  expect(await refusal(ready, { code: '12/UBND-VP' })).toEqual({ code: 'symbol-differs', printed: '/UBND-VX', number: '12/UBND-VP' });
  expect(await refusal(ready, { date: '2027-01-05' })).toEqual({ code: 'year-differs', printed: '2026', date: '2027-01-05' });
  expect(await refusal(await led({ gap: 24 }), { code: '123456/UBND-VX' })).toEqual({ code: 'entry-does-not-fit', text: '123456' });
  expect(await refusal(ready, { code: '12/字', text: { items: [], sheets: [] } })).toBe('planned');
  expect(await refusal(Buffer.from(ready.subarray(0, ready.length - 400)))).toMatchObject({ code: 'pdf-damaged' });
  expect(planIssue('/nowhere.pdf', order, fonts)).toMatchObject({ failure: { code: 'file-unreadable', detail: 'ENOENT' } });
});

test('fields that the leader locked, that somebody filled in, or that are no text', async () => {
  const locked = await signedAs(pki, await prepared(await paper()), 'leader', leads, { lock: { action: 'Include', fields: ['SoVanBan'] } });
  expect(await refusal(locked)).toEqual({ code: 'field-locked', field: 'SoVanBan' });
  const all = await signedAs(pki, await prepared(await paper()), 'leader', leads, { lock: { action: 'All', fields: [] } });
  expect(await refusal(all)).toEqual({ code: 'field-locked', field: 'CoQuan' });
  const named = (type: string, value: string): Buffer => {
    const form = (number: number, name: string, kind: string, more = ''): readonly [number, string] => [number, `<</FT/${kind}/T(${name})/Type/Annot/Subtype/Widget/Rect[50 750 90 766]/P 3 0 R${more}>>`];
    const fields = [form(7, 'SoVanBan', type, value), form(8, 'NgayBanHanh', 'Tx'), form(9, 'ThangBanHanh', 'Tx'), form(10, 'CoQuan', 'Sig'), form(11, 'NguoiKy', 'Sig')];
    const changed = new Map<number, string | Buffer>([[1, '<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[7 0 R 8 0 R 9 0 R 10 0 R 11 0 R]>>>>'], [3, page.replace('/Type/Page/', '/Type/Page/Annots[7 0 R 8 0 R 9 0 R 10 0 R 11 0 R]/')]]);
    return make({ kind: 'table', objects: [...document.map(([number, body]) => [number, changed.get(number) ?? body] as const), ...fields] });
  };
  const signed = (base: Buffer): Promise<Buffer> => signedAs(pki, base, 'leader', { ...leads, place: { kind: 'field', name: 'NguoiKy' } });
  const large = { place: { kind: 'field', name: 'CoQuan' } } as const;
  expect(await refusal(await signed(named('Tx', '')), large)).toMatchObject({ code: 'seal-does-not-fit', millimetres: 36 });
  expect(reserveFields(onDisk(named('Btn', '')), { entries: [], signer: { page: 1, room: { left: 0, bottom: 0, width: 9, height: 9 } } }, fonts)).toMatchObject({ ok: true, value: { added: [] } });
});

test('a filled field is not filled again', async () => {
  const base = await led();
  const { bytes } = await issued(pki, base);
  const again = await planned(bytes, { place: { kind: 'box', page: 1, box: { left: 10, bottom: 10, width: 200, height: 200 } } });
  expect(again).toMatchObject({ failure: { code: 'field-signed', field: 'CoQuan' } });
});

test('reserving twice adds nothing, a form that is there is kept, and after a signature nothing is added', async () => {
  const base = await paper({ streams: true });
  const once = await prepared(base);
  expect((await prepared(once)).equals(once)).toBe(true);
  const bare = await signedAs(pki, await paper(), 'clerk', { ...leads, signer: 'Nguyễn Thị Thử' });
  expect(reserveFields(onDisk(bare), good(reservedPlaces(await textOf(bare), fonts)), fonts)).toMatchObject({ failure: { code: 'after-signature' } });
  const places = { entries: [], signer: { page: 1, room: { left: 300, bottom: 300, width: 150, height: 70 } } };
  const files = onDisk(formFile());
  expect(good(reserveFields(files, places, fonts)).added).toEqual(['NguoiKy']);
  expect(qpdfComplaints(files.signed())).toEqual([]);
  expect(reserveFields(onDisk(formFile()), { ...places, signer: { ...places.signer, page: 2 } }, fonts)).toMatchObject({ failure: { code: 'page-unknown' } });
  const folder = onDisk(Buffer.from('no PDF'));
  expect(reserveFields(folder, places, fonts)).toMatchObject({ failure: { code: 'pdf-damaged' } });
  expect(readdirSync(folder.folder)).toEqual(['base.pdf']);
  expect(reservedPlaces({ items: [], sheets: [] }, fonts)).toMatchObject({ failure: { code: 'place-unknown', what: 'number' } });
});

const at = new Date('2026-11-22T09:14:28Z');
const lines: readonly (readonly [string, RoleOrder['show'], readonly string[]])[] = [
  ['an attachment', { role: 'line', at, line: { kind: 'attachment', code: '12/UBND-VX' } }, ['Số: 12/UBND-VX; 22/11/2026; 16:14:28 +07:00']],
  ['a copy', { role: 'line', at, line: { kind: 'copy', form: 'sao-y', agency: 'Ủy ban nhân dân phường Thử Nghiệm' } }, ['Sao y; Ủy ban nhân dân phường Thử Nghiệm; 22/11/2026; 16:14:28 +07:00']],
  ['a copy of an agency with a long name', { role: 'line', at, line: { kind: 'copy', form: 'trich-sao', agency: 'Ban Quản lý dự án đầu tư xây dựng các công trình giao thông và nông nghiệp tỉnh' } }, ['Trích sao; Ban Quản lý dự án đầu tư xây dựng các công trình giao thông và nông nghiệp tỉnh;', '22/11/2026; 16:14:28 +07:00']],
];

test.each(lines)('%s: text of 10 points, black, top right of page 1, no picture', async (_, show, expected) => {
  const base = await paper();
  const bytes = await signedAs(pki, base, 'clerk', { show });
  judge(pki, bytes, base, [byOffice('ChuKySo1')]);
  const path = join(scratchFolder(), 'a.pdf');
  writeFileSync(path, bytes);
  const html = execFileSync('pdftotext', ['-bbox-layout', '-l', '1', path, '-'], { encoding: 'utf8' }).normalize('NFC');
  const found = [...html.matchAll(/<line xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^]*?)<\/line>/g)].map(([, , top, right, bottom, words]) => ({
    text: [...(words ?? '').matchAll(/>([^<]+)<\/word>/g)].map(([, word]) => word).join(' '),
    top: Number(top),
    right: Number(right),
    height: Number(bottom) - Number(top),
  })).filter(({ top }) => top < 50);
  expect(found.map(({ text }) => text)).toEqual(expected);
  for (const { right, height } of found) {
    expect(right).toBeCloseTo(595.28 - (15 * 72) / 25.4, 0);
    // Poppler's boxes are 1.107 times Tinos' letters.
    expect(height).toBeCloseTo(11.07, 1);
  }
  const ink = pageAsSeen(bytes).edgesOf(isBlack, { left: 0, top: 0, right: 210, bottom: 19 });
  expect(ink?.right).toBeGreaterThan(190);
  expect(ink?.right).toBeLessThan(195.5);
  expect(execFileSync('pdfimages', ['-list', path], { encoding: 'utf8' }).trim().split('\n').length).toBe(2);
});

test('letters that the font has not are refused', async () => {
  const files = onDisk(await paper());
  const show = { role: 'line', at, line: { kind: 'copy', form: 'sao-y', agency: 'Ủy ban 字' } } as const;
  expect(showingFor(files.source, { show }, fonts)).toMatchObject({ failure: { code: 'letters-missing', letters: '字' } });
});

test('a file of PDF/A-1 gets pictures without soft masks, others with them', async () => {
  const metadata = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><pdfaid:part>1</pdfaid:part></x:xmpmeta>';
  const base = make({ kind: 'table', objects: [[1, '<</Type/Catalog/Pages 2 0 R/Metadata 6 0 R>>'], ...document.slice(1), [6, `<</Type/Metadata/Subtype/XML/Length ${String(metadata.length)}>>\nstream\n${metadata}\nendstream`]] });
  const place = { kind: 'point', page: 1, x: 300, y: 300 } as const;
  const archived = await signedAs(pki, base, 'leader', { ...leads, place });
  expect(archived.toString('latin1')).toContain('/ImageMask true');
  expect(archived.toString('latin1')).not.toContain('/SMask');
  const plain = await signedAs(pki, bases()['table'] ?? Buffer.alloc(0), 'leader', { ...leads, place });
  expect(plain.toString('latin1')).toContain('/SMask');
  const edges = [archived, plain].map((bytes) => pageAsSeen(bytes).edgesOf(isBlue));
  expect(edges[0]?.left).toBeCloseTo(edges[1]?.left ?? 0, 0);
  expect(edges[0]?.bottom).toBeCloseTo(edges[1]?.bottom ?? 0, 0);
  judge(pki, archived, base, [byLeader('ChuKySo1')]);
});

test('the preview is what is drawn: boxes in points of the page as shown, pictures as PNG, texts with their lines', async () => {
  const plan = good(await planned(await led({ turn: 90 })));
  const [step] = plan.steps;
  if (step === undefined) throw new Error('no step');
  const previews = previewOf(step);
  const texts = previews.flatMap(({ marks }) => marks.flatMap((mark) => (mark.kind === 'text' ? [`${mark.text} ${mark.face} ${String(mark.size)}`] : [])));
  expect(texts).toEqual(['12 regular 13', '22 italic 13', '11 italic 13']);
  const last = previews.at(-1);
  const [mark] = last?.marks ?? [];
  if (last === undefined || mark?.kind !== 'picture') throw new Error('no seal');
  expect(mark.box.width).toBeCloseTo((36 * 72) / 25.4, 1);
  expect(good(readPng(pngOf(mark.picture)))).toMatchObject({ width: seal.width, height: seal.height, hasAlpha: true });
  // The plan can be handed to another process as it is.
  expect(structuredClone(plan)).toEqual(plan);
});

const examples: { readonly [C in PictureRefusal['code'] | 'image-unreadable']: object } = {
  'image-not-png': {},
  'image-broken': {},
  'image-too-large': {},
  'image-opaque': {},
  'image-empty': {},
  'image-no-size': {},
  'image-wrong-colour': { wanted: 'red' },
  'image-wrong-size': { millimetres: 105.8 },
  'image-coarse': { pixels: 100, needed: 171 },
  'image-unreadable': { path: 'a.png' },
};

test.each(Object.entries(examples))('%s is told in both languages, with a remedy', (code, params) => {
  expect(sentenceFor(`sign-${code}`, params as Record<string, string>, 'vi')).toMatch(/ Hãy .+\.$/);
  expect(sentenceFor(`sign-${code}`, params as Record<string, string>, 'en')).toMatch(/ Please .+\.$/);
});

test('what is printed already must be what is given', async () => {
  const ready = await led({ printed: ['12', '22', '11'] });
  expect(await refusal(ready)).toBe('planned');
  expect(await refusal(await led({ printed: ['012', '22', '11'] }))).toBe('planned');
  expect(await refusal(ready, { code: '13/UBND-VX' })).toEqual({ code: 'number-differs', printed: '12', number: '13/UBND-VX' });
  expect(await refusal(ready, { date: '2026-11-23' })).toEqual({ code: 'date-differs', printed: '22/11/2026', date: '2026-11-23' });
  expect(await refusal(ready, { code: '12/UBND-VP' })).toEqual({ code: 'symbol-differs', printed: '/UBND-VX', number: '12/UBND-VP' });
});

test('a seal larger than its room is refused, not cut', async () => {
  const big = good(readPicture(sealPng(), 'seal', 50));
  expect(await refusal(await led(), { seal: big })).toBe('planned');
  const low = await signedAs(pki, await prepared(bases()['table'] ?? Buffer.alloc(0), { entries: good(reservedPlaces(await textOf(await paper()), fonts)).entries, signer: { page: 1, room: { left: 300, bottom: 20, width: 150, height: 60 } } }), 'leader', leads);
  expect(await refusal(low, { seal: big })).toMatchObject({ code: 'seal-does-not-fit', millimetres: 50 });
});

test('a signature is as wide as its person wants it, and never wider than its room', async () => {
  const path = onDisk(await paper()).source;
  const widthOf = (widthMm?: number): number => {
    const picture = good(readPicture(signaturePng(), 'signature', widthMm));
    const showing = good(showingFor(path, { show: { role: 'leader', picture }, place: { kind: 'point', page: 1, x: 300, y: 300 } }, fonts));
    return (showing.shown.width / 72) * 25.4;
  };
  const widest = widthOf();
  expect(widthOf(30)).toBeCloseTo(30, 3);
  expect(widthOf(45)).toBeLessThanOrEqual(widest);
  expect(widthOf(150)).toBeCloseTo(widest, 3);
});
