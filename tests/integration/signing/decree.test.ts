import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { degrees, PDFDocument } from 'pdf-lib';
import { beforeAll, expect, test } from 'vitest';
import { attributesOf, finish, issueFile, issueWish, prepare, reservedPlaces, type PreparedFile, type ReservedPlaces } from '../../../electron/services/signing/index.ts';
import { formOf, signaturesOf, textOf as stringOf, viewOf } from '../../../electron/foundation/pdf/index.ts';
import { good, testPki, type TestPki } from '../../fakes/pki/pki.ts';
import { hasSamples, qpdfComplaints, sample } from '../../unit/foundation/pdf/judges.ts';
import { bases, opened } from '../../unit/foundation/pdf/make.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';
import { judge } from './judges.ts';
import { onDisk } from './files.ts';
import { byLeader, byOffice, deps, fonts, issued, planned, prepared, signature, signedAs, way } from './office.ts';
import { paper, textOf } from './papers.ts';
import { signedBy, wishOf } from './signer.ts';
import { isBlack, isBlue, isRed, pageAsSeen } from './seen.ts';
import { expectOnlyFilled } from './strict.ts';

const leads = { show: { role: 'leader', picture: signature } } as const;
let pki: TestPki;
beforeAll(async () => {
  pki = await testPki();
});

function onPath(bytes: Buffer): string {
  const path = join(scratchFolder(), 'a.pdf');
  writeFileSync(path, bytes);
  return path;
}

/** Places on the one page of `bases`, where nothing is printed that they could be found by. */
const anywhere: ReservedPlaces = {
  entries: (['number', 'day', 'month'] as const).map((kind, index) => ({ kind, page: 1, left: 100 + index * 60, right: 140 + index * 60, baseline: 750, size: 13, isDotted: false, isTaken: false, confidence: 'sure' })),
  signer: { page: 1, room: { left: 330, bottom: 300, width: 170, height: 75 } },
};
const entered = ['SoVanBan', 'NgayBanHanh', 'ThangBanHanh'];

test.each(Object.entries(bases()))('prepared, led, issued in one increment: every judge calls both signatures valid, strict analysis sees filling only (base %s)', async (_, base) => {
  const ready = await prepared(base, anywhere);
  expect(qpdfComplaints(ready)).toEqual(qpdfComplaints(base));
  const led = await signedAs(pki, ready, 'leader', leads);
  expectOnlyFilled(ready, led, ['NguoiKy']);
  const { bytes, told, asked } = await issued(pki, led);
  expect([told, asked]).toMatchObject([{ field: 'CoQuan', level: 'B', missing: null, signatures: 1 }, 1]);
  judge(pki, bytes, base, [byLeader('NguoiKy'), byOffice('CoQuan')]);
  expectOnlyFilled(led, bytes, [...entered, 'CoQuan']);
  const fields = good(formOf(viewOf(opened(bytes))))?.fields ?? [];
  const values = entered.map((name) => fields.find((field) => field.name === name)?.value?.value);
  expect(values.map((value) => (value?.kind === 'string' ? stringOf(value.bytes) : ''))).toEqual(['12', '22', '11']);
  const { signatures } = good(signaturesOf(opened(bytes)));
  expect(signatures[1]).toMatchObject({ references: [{ method: 'FieldMDP', rule: { action: 'All' } }], lock: { action: 'All' } });
});

test('a letter of Annex III: number and date are read where the decree has them, the leader may certify, a second issue is refused', async () => {
  const base = await paper({ streams: true });
  const ready = await prepared(base);
  const led = await signedAs(pki, ready, 'leader', leads, { certify: 2 });
  const { bytes } = await issued(pki, led);
  judge(pki, bytes, base, [byLeader('NguoiKy'), byOffice('CoQuan')]);
  expectOnlyFilled(led, bytes, [...entered, 'CoQuan']);
  const text = execFileSync('pdftotext', ['-layout', onPath(bytes), '-'], { encoding: 'utf8' }).normalize('NFC');
  expect(text).toMatch(/Số: +12\/UBND-VX +Thử Nghiệm, ngày 22 +tháng 11 +năm 2026/);
  const listed = execFileSync('pdffonts', [onPath(bytes)], { encoding: 'utf8' }).split('\n').slice(2).filter((line) => line !== '');
  expect(listed.every((line) => /Tinos.* yes +(?:yes|no) +yes /.test(line))).toBe(true);
  expect(await planned(bytes)).toMatchObject({ failure: { code: 'field-signed', field: 'CoQuan' } });
});

test('where neither symbol nor year is printed, both are entered', async () => {
  const base = await paper({ symbol: ' ', year: ' ' });
  const { bytes } = await issued(pki, await signedAs(pki, await prepared(base), 'leader', leads));
  judge(pki, bytes, base, [byLeader('NguoiKy'), byOffice('CoQuan')]);
  const text = execFileSync('pdftotext', ['-layout', onPath(bytes), '-'], { encoding: 'utf8' }).normalize('NFC');
  expect(text).toMatch(/Số: +12\/UBND-VX +Thử Nghiệm, ngày 22 +tháng 11 +năm 2026/);
});

test('what comes signed from another program is issued by four signatures of one key in one pass, and the fonts are written once', async () => {
  const base = await paper();
  const led = await signedAs(pki, base, 'leader', { ...leads, signer: 'NGUYỄN THỊ THỬ' }, { certify: 2 });
  const { bytes, told, asked } = await issued(pki, led, { signer: 'Nguyễn Thị Thử' });
  expect([told, asked]).toMatchObject([{ signatures: 4, missing: null }, 4]);
  const names = ['ChuKySo1', ...entered, 'ChuKySo2'];
  judge(pki, bytes, base, names.map((name, index) => (index === 0 ? byLeader(name) : byOffice(name))));
  const added = bytes.subarray(led.length).toString('latin1');
  expect(added.match(/\/FontFile2 /g)?.length).toBe(2);
  const text = execFileSync('pdftotext', ['-layout', onPath(bytes), '-'], { encoding: 'utf8' }).normalize('NFC');
  expect(text).toMatch(/Số: +12\/UBND-VX +Thử Nghiệm, ngày 22 +tháng 11 +năm 2026/);
  const { signatures } = good(signaturesOf(opened(bytes)));
  expect(signatures.map(({ references }) => references.map(({ method }) => method))).toEqual([['DocMDP'], [], [], [], ['FieldMDP']]);
});

test('a series that breaks off leaves nothing behind', async () => {
  const led = await signedAs(pki, await paper(), 'leader', leads);
  const plan = good(await planned(led));
  const files = onDisk(led);
  let asked = 0;
  const sign = signedBy(pki, 'clerk', way);
  const result = await issueFile(deps, { ...files, tsa: null }, plan, wishOf(pki, 'clerk', way), fonts, (attributes) => {
    asked += 1;
    return asked < 3 ? sign(attributes) : Promise.resolve({ ok: false, failure: 'pulled out' } as const);
  });
  expect(result).toEqual({ ok: false, failure: { code: 'not-signed', cause: 'pulled out' } });
  expect(readdirSync(files.folder)).toEqual(['base.pdf']);
});

test('a plan that was handed to another process is carried out step by step, each prepared and finished on its own', async () => {
  const base = await paper();
  const led = await signedAs(pki, base, 'leader', leads);
  const files = onDisk(led);
  const plan = structuredClone(good(await planned(led)));
  let source = files.source;
  for (const index of plan.steps.keys()) {
    const target = join(files.folder, `step-${String(index)}.pdf`);
    const wish = wishOf(pki, 'clerk', way, good(issueWish(plan, index, source, fonts)));
    const waiting = JSON.parse(JSON.stringify(good(prepare({ source, target }, wish)))) as PreparedFile;
    good(finish(waiting, (await signedBy(pki, 'clerk', way)(attributesOf(waiting))).value));
    source = target;
  }
  judge(pki, readFileSync(source), base, ['ChuKySo1', ...entered, 'ChuKySo2'].map((name, index) => (index === 0 ? byLeader(name) : byOffice(name))));
});

const turns = ([0, 90, 180, 270] as const).flatMap((turn) => [{ turn, fields: 'reserved' }, { turn, fields: 'new' }] as const);

test.each(turns)('on a page turned by $turn, $fields fields: the seal stands in true size a third over the signature, as the reader sees it', async ({ turn, fields }) => {
  const plain = await paper({ turn, ...(turn === 90 ? { crop: 10 } : {}) });
  const led = await signedAs(pki, fields === 'reserved' ? await prepared(plain) : plain, 'leader', leads);
  const { bytes } = await issued(pki, led);
  const red = pageAsSeen(bytes).edgesOf(isRed);
  const blue = pageAsSeen(led).edgesOf(isBlue);
  if (red === undefined || blue === undefined) throw new Error('nothing is seen');
  for (const across of [red.right - red.left, red.bottom - red.top]) expect(Math.abs(across - 36)).toBeLessThan(0.3);
  // A third of the signature is under the seal, and both stand at the same height.
  expect(Math.abs((red.right - blue.left) / (blue.right - blue.left) - 1 / 3)).toBeLessThan(0.01);
  expect(Math.abs((red.top + red.bottom - blue.top - blue.bottom) / 2)).toBeLessThan(0.2);
  // Between position (baseline at 20 mm + 389 pt) and name (letters up to 20 mm + 470 pt), in the middle of the block.
  const crop = turn === 90 ? 10 * (25.4 / 72) : 0;
  expect(blue.top + crop).toBeGreaterThan(20 + (389 * 25.4) / 72);
  expect(blue.bottom + crop).toBeLessThan(20 + (470 * 25.4) / 72);
  expect(Math.abs((blue.left + blue.right) / 2 + crop - (420 * 25.4) / 72)).toBeLessThan(0.3);
  // What was entered stands on the line of the words around it.
  const words = wordsOf(bytes);
  for (const word of ['22', '11', '12', '/UBND-VX']) expect(words.get(word)?.toFixed(1)).toBe(words.get('Số:')?.toFixed(1));
});

test('each entry stands upright on its own page, however the page of the signatures is turned', async () => {
  const pdf = await PDFDocument.load(await paper());
  pdf.addPage([842, 595]).setRotation(degrees(90));
  const base = Buffer.from(await pdf.save());
  const { entries } = good(reservedPlaces(await textOf(base), fonts));
  const led = await signedAs(pki, await prepared(base, { entries, signer: { page: 2, room: { left: 330, bottom: 300, width: 170, height: 75 } } }), 'leader', leads);
  const { bytes } = await issued(pki, led);
  const [number] = entries;
  if (number === undefined) throw new Error('no gap');
  const dot = 25.4 / 72;
  const [left, line] = [number.left * dot, 297 - number.baseline * dot];
  const ink = pageAsSeen(bytes).edgesOf(isBlack, { left, right: number.right * dot - 0.2, top: line - 5, bottom: line + 2 });
  if (ink === undefined) throw new Error('no number');
  // Two digits of 13 points: 13 points wide, two thirds of 13 high, on the line.
  expect(Math.abs(ink.right - ink.left - 12 * dot)).toBeLessThan(0.6);
  expect(Math.abs(ink.bottom - ink.top - 8.8 * dot)).toBeLessThan(0.3);
  expect(Math.abs(ink.bottom - line)).toBeLessThan(0.2);
  const red = pageAsSeen(bytes, 2).edgesOf(isRed);
  expect((red?.right ?? 0) - (red?.left ?? 0)).toBeCloseTo(36, 0);
});

/** The lower edge of each word, by poppler. */
function wordsOf(bytes: Buffer): ReadonlyMap<string, number> {
  const said = execFileSync('pdftotext', ['-cropbox', '-bbox', '-l', '1', onPath(bytes), '-'], { encoding: 'utf8' }).normalize('NFC');
  return new Map([...said.matchAll(/yMax="([\d.]+)">([^<]*)</g)].map(([, edge, word]) => [word ?? '', Number(edge)]));
}

test.skipIf(!hasSamples)('on a real letter as its deputy minister left it, number, day, month and seal go to where the ministry put them (needs ../shared/samples)', async () => {
  const whole = sample('cv-11410-bxd-2026.pdf');
  // The file as of its second signature (signatures.tsv: 246823 + 2312).
  const led = whole.subarray(0, 246_823 + 2312);
  const { bytes, asked } = await issued(pki, Buffer.from(led), { code: '11410/BXD-KHCNMT&VLXD', date: '2026-07-23', signer: 'NGUYỄN DANH HUY' });
  expect(asked).toBe(4);
  expect(bytes.subarray(0, led.length).equals(led)).toBe(true);
  expect(qpdfComplaints(bytes)).toEqual(qpdfComplaints(Buffer.from(led)));
  const said = execFileSync('pdfsig', ['-nocert', onPath(bytes)], { encoding: 'utf8' });
  expect(said.match(/Signature is Valid/g)?.length).toBe(6);
  const text = execFileSync('pdftotext', ['-layout', '-l', '1', onPath(bytes), '-'], { encoding: 'utf8' }).normalize('NFC');
  expect(text).toMatch(/Số: *11410 *\/BXD-KHCNMT&VLXD/);
  expect(text).toMatch(/ngày *23 *tháng *7 *năm 2026/);
  // The ministry's own seal is 110 points across, from 314 and 470; ours stands at the same height, a third into the same signature.
  const red = pageAsSeen(bytes, 3).edgesOf(isRed);
  const theirs = pageAsSeen(whole, 3).edgesOf(isRed);
  if (red === undefined || theirs === undefined) throw new Error('nothing is seen');
  expect(Math.abs(red.right - theirs.right)).toBeLessThan(4);
  expect(Math.abs((red.top + red.bottom - theirs.top - theirs.bottom) / 2)).toBeLessThan(2);
  const initialled = Buffer.from(whole.subarray(0, 144_200 + 26_421));
  expect(await planned(initialled, { code: '11410/BXD-KHCNMT&VLXD', date: '2026-07-23', signer: 'Nguyễn Danh Huy' })).toMatchObject({ failure: { code: 'place-unknown', what: 'person' } });
  expect(await planned(whole, { code: '11410/BXD-KHCNMT&VLXD', date: '2026-07-23' })).toMatchObject({ failure: { code: 'entry-taken' } });
});

test.each([{}, { broken: true }, { streams: true }])('a letter whose number and date are printed is signed by its leader and sealed, and nothing is entered twice (%j)', async (more) => {
  const base = await paper({ ...more, printed: ['12', '22', '11'] });
  const ready = await prepared(base);
  const led = await signedAs(pki, ready, 'leader', leads);
  const { bytes } = await issued(pki, led);
  judge(pki, bytes, base, [byLeader('NguoiKy'), byOffice('CoQuan')]);
  expect((good(formOf(viewOf(opened(bytes))))?.fields ?? []).map(({ name }) => name)).toEqual(['NguoiKy', 'CoQuan']);
  expectOnlyFilled(led, bytes, ['CoQuan']);
});
