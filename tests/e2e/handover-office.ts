import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import type { BatchDetail, DossierDetail } from '#contract';
import type { Core } from '../../electron/hosts/compose.ts';
import { emptyPage } from '../fakes/station/messages.ts';
import { allowSaving, ask, press } from './office.ts';
import type { StartCore } from './station.ts';

/** An office with closed dossiers, permanent and with a term, and one that is still open; and an archive beside it. */

export const archive = { organId: 'H29.08', name: 'Trung tâm Lưu trữ lịch sử Luyện Tập' };

type Made = { readonly notation: string; readonly title: string; readonly years: number | null; readonly closed: boolean };

const dossiers: readonly Made[] = [
  { notation: '01.VP', title: 'Kế hoạch công tác năm 2025', years: null, closed: true },
  { notation: '02.VP', title: 'Báo cáo công tác văn thư năm 2025', years: 10, closed: true },
  { notation: '03.VP', title: 'Tuyển dụng công chức năm 2025', years: 20, closed: true },
  { notation: '04.VP', title: 'Thi đua khen thưởng năm 2025', years: 10, closed: false },
];

async function open(core: Core, { notation, title, years }: Made): Promise<DossierDetail> {
  const pages = [1, 2].map((page) => emptyPage(`${notation} ${String(page)}`));
  const fields = {
    catalog: 2025, notation, title, retention: { kind: years === null ? 'permanent' : 'years', years, basis: 'TT 10/2022/TT-BNV', scheduleRow: null }, maker: { unit: null, unitName: 'Văn phòng', person: null, personName: 'Trần Thị Chuyên Viên' },
    useMode: 'public', language: '01', keyword: '', infoSign: '', condition: '01', paperCode: '', paperSheets: null, description: '', startDate: '2025-01-02', endDate: null,
  };
  let opened = await ask<DossierDetail>(core, 'dossiers', 'open', { entry: null, fields, documents: [] });
  for (const [index, bytes] of pages.entries()) {
    const { size, sha256 } = await core.storeFile(
      (async function* () {
        yield bytes;
      })(),
    );
    const number = `${notation.slice(0, 2)}${String(index)}`;
    opened = await ask<DossierDetail>(core, 'dossiers', 'addFile', {
      dossier: opened.id,
      file: { name: `Văn bản ${number}.pdf`, mediaType: 'application/pdf', size, sha256 },
      fields: { typeName: 'Công văn', codeNumber: number, codeNotation: 'UBND-VP', issuedDate: '2025-03-04', issuerName: 'UBND phường Luyện Tập', subject: `V/v ${title.toLowerCase()}, phần ${String(index + 1)}`, pageAmount: 1 },
      notes: { sheet: '', note: '', origin: '01', autograph: '' },
    });
  }
  return opened;
}

/** Closes a dossier at the end of its year, every remark seen. */
async function close(core: Core, { id, version }: DossierDetail): Promise<void> {
  const remarks = await ask<{ key: string }[]>(core, 'dossiers', 'check', { id, endDate: '2025-12-31' });
  await ask(core, 'dossiers', 'close', { id, version, endDate: '2025-12-31', seen: remarks.map(({ key }) => key) });
}

/** Fills the giving office's profile. Answers the closed dossiers. */
async function fill(core: Core): Promise<readonly string[]> {
  const closed: string[] = [];
  for (const made of dossiers) {
    const opened = await open(core, made);
    if (!made.closed) continue;
    await close(core, opened);
    closed.push(opened.id);
  }
  return closed;
}

/** The giving office at the end of its year. */
export async function yearEnded(start: StartCore): Promise<void> {
  const core = await start();
  await fill(core);
  await core.close();
}

/** The same, closed in the middle of packaging a batch. */
export async function brokenOff(start: StartCore): Promise<void> {
  const core = await start();
  const fields = { title: 'Hồ sơ vĩnh viễn năm 2025', agreement: '03.LT.1.2026', turn: 1, archive: { name: archive.name, code: archive.organId }, giver: { name: '', position: '' }, taker: { name: '', position: '' }, media: '', note: '' };
  const made = await ask<BatchDetail>(core, 'handover', 'make', { fields, dossiers: (await fill(core)).slice(0, 1) });
  const { batch, remarks } = await ask<{ batch: BatchDetail; remarks: { key: string }[] }>(core, 'handover', 'check', { id: made.id, version: made.version });
  // The window's folder is named by its own core; packages go on wherever they were begun.
  const order = { id: batch.id, version: batch.version, seen: remarks.map(({ key }) => key), folder: join(tmpdir(), `tvt-nop-luu-${batch.id}`), output: 'zip' as const };
  await core.handover.packageTo(order, AbortSignal.abort());
  await core.close();
}

/** Makes the station an archive's. */
export async function asArchive(start: StartCore): Promise<void> {
  const core = await start();
  await ask(core, 'station', 'saveStation', { ...archive, operator: 'Đỗ Văn Lưu Trữ' });
  await core.close();
}

/** Types into the fields of the open dialog, by their names, in place of what stands there. */
export async function typeInto(page: Page, values: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, words] of Object.entries(values)) {
    const field = await page.waitForSelector(`dialog[open] [name=${name}]`);
    await field?.click({ count: 3 });
    await field?.type(words);
  }
}

/** Has the minutes made as a file, and answers what was saved. */
export async function savedMinutes(page: Page, into: string): Promise<string> {
  const downloads = await allowSaving(page, into);
  await press(page, 'Biên bản (tệp dữ liệu)');
  const link = await page.waitForSelector('::-p-xpath(//a[contains(., "Lưu bien-ban-giao-nhan")])', { timeout: 60_000 });
  await link?.click();
  for (let tries = 0; tries < 600; tries += 1) {
    const [name] = readdirSync(downloads).filter((one) => one.endsWith('.json'));
    if (name !== undefined) return join(downloads, name);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the minutes were not saved');
}
