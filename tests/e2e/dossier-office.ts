import type { Page } from 'puppeteer-core';
import type { Contract, DossierDetail, InputOf, OutputOf, PlanDetail } from '#contract';
import { vietnamDay } from '../../electron/foundation/clock.ts';
import type { Core } from '../../electron/hosts/compose.ts';
import { ask } from './office.ts';
import type { StartCore } from './station.ts';

/** An office whose year has begun: an approved plan, one dossier in work, one that ended long ago, and documents of ours. */

/** Today as the office has it, `yyyy-MM-dd`, and its year: the tests hold in whatever year they are run. */
const today = vietnamDay(new Date());
export const year = Number(today.slice(0, 4));
/** Today as a hand types it. */
export const typedToday = today.split('-').toReversed().join('/');

/** A day of this year that is past: `part` of the way from New Year to today. Early in January several parts are one day. */
function pastDay(part: number): string {
  const newYear = Date.UTC(year, 0, 1);
  return new Date(newYear + Math.floor(((Date.parse(today) - newYear) / 86_400_000) * part) * 86_400_000).toISOString().slice(0, 10);
}

const term = { kind: 'years' as const, years: 10, basis: 'TT 10/2022/TT-BNV, nhóm 5', scheduleRow: null };
const permanent = { kind: 'permanent' as const, years: null, basis: 'TT 10/2022/TT-BNV, nhóm 1', scheduleRow: null };
const maker = { unit: null, unitName: 'Văn phòng', person: null, personName: 'Trần Thị Văn Thư' };

type Dossiers = Contract['dossiers'];

function asked<M extends keyof Dossiers>(core: Core, method: M, input: InputOf<Dossiers[M]>): Promise<OutputOf<Dossiers[M]>> {
  return ask(core, 'dossiers', method, input);
}

/** Writes down an issued document of ours. */
async function issued(core: Core, number: string, subject: string, day = pastDay(0.2)): Promise<string> {
  const blob = await core.storeFile(
    (async function* () {
      yield Buffer.from(`%PDF-1.4 ${number}`);
    })(),
  );
  const { id } = await ask<{ id: string }>(core, 'records', 'recordOutgoing', {
    codeNumber: number,
    codeNotation: 'UBND-VP',
    issuedDate: day,
    place: '',
    typeName: 'Công văn',
    subject,
    urgency: 0,
    dueDate: null,
    signerName: 'Trần Văn Chủ Tịch',
    signerPosition: 'CHỦ TỊCH',
    signerCompetence: '',
    toPlaces: [],
    pageAmount: 2,
    paper: false,
    files: [{ name: `${number}.pdf`, mediaType: 'application/pdf', size: blob.size, sha256: blob.sha256 }],
    repliesTo: null,
  });
  return id;
}

/** An approved plan of a year with two headings and three entries. */
async function plan(core: Core, ofYear: number): Promise<PlanDetail> {
  let made = await asked(core, 'createPlan', { year: ofYear, numbering: 'heading', note: '', copyFrom: null });
  for (const [symbol, title] of [['TH', 'Tổng hợp'], ['TCCB', 'Tổ chức, cán bộ']] as const) {
    made = await asked(core, 'saveHeading', { id: made.id, version: made.version, heading: null, fields: { parent: null, symbol, title }, reason: '' });
  }
  const lines = [[0, 'Kế hoạch công tác năm', permanent], [0, 'Báo cáo công tác văn thư, lưu trữ', term], [1, 'Tuyển dụng công chức', term]] as const;
  for (const [at, title, retention] of lines) {
    made = await asked(core, 'saveEntry', { id: made.id, version: made.version, entry: null, fields: { heading: made.headings[at]?.id ?? '', number: null, title, retention, maker, note: '' }, reason: '' });
  }
  return asked(core, 'approvePlan', { id: made.id, version: made.version, decisionNumber: '12/QĐ-UBND', decisionDate: `${String(ofYear)}-01-01`, approver: 'Lê Thị Chủ Tịch' });
}

/** Opens a dossier from the entry with this title, with these documents. */
async function open(core: Core, made: PlanDetail, title: string, documents: readonly string[]): Promise<DossierDetail> {
  const entry = made.entries.find((one) => one.title === title)?.id ?? '';
  const begun = await asked(core, 'prefill', { as: 'entry', entry });
  return asked(core, 'open', { entry, fields: begun.fields, documents: documents.map((id) => ({ kind: 'outgoing', id })) });
}

/** Fills the profile before the window opens. */
export async function yearBegun(start: StartCore): Promise<void> {
  const core = await start();
  const old = await plan(core, 2014);
  const ended = await open(core, old, 'Báo cáo công tác văn thư, lưu trữ', [await issued(core, '7', 'Báo cáo công tác văn thư năm 2014', '2014-11-03')]);
  const remarks = await asked(core, 'check', { id: ended.id, endDate: '2014-12-31' });
  await asked(core, 'close', { id: ended.id, version: ended.version, endDate: '2014-12-31', seen: remarks.map(({ key }) => key) });
  const now = await plan(core, year);
  const documents: string[] = [];
  for (const [number, subject, day] of [['101', 'Báo cáo công tác văn thư quý I', pastDay(0.25)], ['102', 'Báo cáo công tác văn thư quý II', pastDay(0.5)], ['103', 'Báo cáo công tác lưu trữ 6 tháng', pastDay(0.55)]] as const) {
    documents.push(await issued(core, number, subject, day));
  }
  await open(core, now, 'Báo cáo công tác văn thư, lưu trữ', documents);
  await issued(core, '104', 'Báo cáo công tác văn thư quý III', pastDay(0.8));
  await issued(core, '105', `Thông báo tuyển dụng công chức năm ${String(year)}`, pastDay(0.85));
  await core.close();
}

/** Presses a key while others are held. */
export async function hold(page: Page, keys: readonly ('Control' | 'Alt' | 'Shift')[], key: Parameters<Page['keyboard']['press']>[0]): Promise<void> {
  for (const one of keys) await page.keyboard.down(one);
  await page.keyboard.press(key);
  for (const one of keys.toReversed()) await page.keyboard.up(one);
}

/** The subjects of the documents, as the grid has them from above. */
export function subjects(page: Page): Promise<string[]> {
  return page.$$eval('[aria-label^="Văn bản ("] [role=row] [aria-colindex="3"]', (cells) => cells.map((cell) => (cell as HTMLElement).innerText));
}

/** Waits until one's answer is as wanted. */
export async function until<T>(ask: () => Promise<T>, wanted: (value: T) => boolean): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    const value = await ask();
    if (wanted(value)) return value;
    if (tries > 600) throw new Error(JSON.stringify(value));
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
