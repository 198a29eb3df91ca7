import type { Contract, DossierDetail, InputOf, OutputOf, StoredFile } from '#contract';

type Must = <D extends keyof Contract, M extends keyof Contract[D] & string>(domain: D, method: M, input: InputOf<Contract[D][M]>) => Promise<OutputOf<Contract[D][M]>>;

const retention = { kind: 'years', years: 10, basis: 'TT 10/2022/TT-BNV', scheduleRow: null } as const;
const notes = { sheet: '', note: '', origin: '01', autograph: '' } as const;

/** A dossier with these files of its own, in their order and closed unless told otherwise; each is document 1/QĐ-UBND, 2/QĐ-UBND … */
export async function dossierOf(must: Must, files: readonly StoredFile[], more: { readonly useMode?: 'public' | 'conditional'; readonly open?: boolean; readonly notation?: string } = {}): Promise<{ readonly dossier: DossierDetail; readonly members: readonly string[] }> {
  const fields = {
    catalog: 2025, notation: more.notation ?? '07.QĐ', title: 'Hồ sơ cấp giấy phép xây dựng năm 2025', retention, maker: { unit: null, unitName: 'Văn phòng', person: null, personName: '' }, useMode: more.useMode ?? 'public', language: '01',
    keyword: '', infoSign: '', condition: '01', paperCode: '', paperSheets: null, description: '', startDate: '2025-01-02', endDate: null,
  } as const;
  let dossier = await must('dossiers', 'open', { entry: null, fields, documents: [] });
  for (const [index, file] of files.entries()) {
    const own = { typeName: 'Quyết định', codeNumber: String(index + 1), codeNotation: 'QĐ-UBND', issuedDate: '2025-03-04', issuerName: 'Ủy ban nhân dân phường', subject: `Về việc cấp giấy phép xây dựng số ${String(index + 1)}`, pageAmount: 1 };
    dossier = await must('dossiers', 'addFile', { dossier: dossier.id, file, fields: own, notes });
  }
  if (more.open !== true) {
    const remarks = await must('dossiers', 'check', { id: dossier.id, endDate: '2025-12-31' });
    dossier = await must('dossiers', 'close', { id: dossier.id, version: dossier.version, endDate: '2025-12-31', seen: remarks.map(({ key }) => key) });
  }
  const { items } = await must('dossiers', 'members', { dossier: dossier.id, after: 0, limit: 1000 });
  return { dossier, members: items.map(({ id }) => id) };
}
