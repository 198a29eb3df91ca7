import type { DossierDetail } from '#contract';
import type { Core } from '../../electron/hosts/compose.ts';
import { emptyPage } from '../fakes/station/messages.ts';
import { ask } from './office.ts';
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
export async function close(core: Core, { id, version }: DossierDetail): Promise<void> {
  const remarks = await ask<{ key: string }[]>(core, 'dossiers', 'check', { id, endDate: '2025-12-31' });
  await ask(core, 'dossiers', 'close', { id, version, endDate: '2025-12-31', seen: remarks.map(({ key }) => key) });
}

/** Fills the giving office's profile. */
export async function yearEnded(start: StartCore): Promise<void> {
  const core = await start();
  for (const made of dossiers) {
    const opened = await open(core, made);
    if (made.closed) await close(core, opened);
  }
  await core.close();
}

/** Makes the station an archive's. */
export async function asArchive(start: StartCore): Promise<void> {
  const core = await start();
  await ask(core, 'station', 'saveStation', { ...archive, operator: 'Đỗ Văn Lưu Trữ' });
  await core.close();
}
