import type { DossierDetail, PlanDetail } from '#contract';

type Prepare = { readonly must: (domain: string, method: string, input: unknown) => Promise<never>; readonly file: (content?: string | Uint8Array) => Promise<object> };

const retention = { kind: 'years', years: 10, basis: 'TT 10/2022/TT-BNV', scheduleRow: null };
const maker = { unit: null, unitName: 'Văn phòng', person: null, personName: '' };
const notes = { sheet: '1', note: '', origin: '01', autograph: '' };
const own = { typeName: '', codeNumber: '', codeNotation: '', issuedDate: null, issuerName: '', subject: 'Ảnh', pageAmount: null };
let lastYear = 1976;
let lastCode = 0;

const of = ({ id, version }: { readonly id: string; readonly version: number }): { readonly id: string; readonly version: number } => ({ id, version });

/** A draft of a year that no plan has, with a heading and an entry. */
async function plan({ must }: Prepare): Promise<PlanDetail> {
  lastYear += 1;
  const begun = (await must('dossiers', 'createPlan', { year: lastYear, numbering: 'heading', note: '', copyFrom: null })) as PlanDetail;
  const headed = (await must('dossiers', 'saveHeading', { ...of(begun), heading: null, fields: { parent: null, symbol: 'VP', title: 'Văn phòng' }, reason: '' })) as PlanDetail;
  return must('dossiers', 'saveEntry', { ...of(headed), entry: null, fields: entryOf(headed), reason: '' });
}

const entryOf = ({ headings }: PlanDetail): object => ({ heading: headings[0]?.id, number: null, title: 'Hồ sơ hành chính', retention, maker, note: '' });
const decision = { decisionNumber: '01/QĐ', decisionDate: '2026-01-05', approver: 'Chủ tịch' };
const approved = async (prepare: Prepare): Promise<PlanDetail> => prepare.must('dossiers', 'approvePlan', { ...of(await plan(prepare)), ...decision });

function fields(): object {
  lastCode += 1;
  return {
    catalog: 2026, notation: `${String(lastCode)}.X`, title: 'Hồ sơ thử', retention, maker, useMode: 'public', language: '01', keyword: '', infoSign: '', condition: '01', paperCode: '', paperSheets: null,
    description: '', startDate: null, endDate: null,
  };
}

const open = async ({ must }: Prepare): Promise<DossierDetail> => must('dossiers', 'open', { entry: null, fields: fields(), documents: [] });

async function filled(prepare: Prepare): Promise<DossierDetail> {
  return prepare.must('dossiers', 'addFile', { dossier: (await open(prepare)).id, file: await prepare.file(), fields: own, notes });
}

const memberOf = async ({ must }: Prepare, { id }: DossierDetail): Promise<string | undefined> =>
  ((await must('dossiers', 'members', { dossier: id, after: 0, limit: 1 })) as { items: { id: string }[] }).items[0]?.id;

async function closing({ must }: Prepare, dossier: DossierDetail): Promise<object> {
  const remarks = (await must('dossiers', 'check', { id: dossier.id })) as { key: string }[];
  return { ...of(dossier), endDate: '2026-12-31', seen: remarks.map(({ key }) => key) };
}

const closed = async (prepare: Prepare): Promise<DossierDetail> => prepare.must('dossiers', 'close', await closing(prepare, await filled(prepare)));

async function table({ file }: Prepare, { id }: PlanDetail): Promise<object> {
  const columns = ['title', 'retention'].map((field, index) => ({ index, field }));
  return { plan: id, file: await file('Tiêu đề hồ sơ,Thời hạn bảo quản\nI. KHÁC,\nHồ sơ mới,5 năm'), sheet: '', header: 1, columns };
}

async function issuedDocument(prepare: Prepare): Promise<string> {
  lastCode += 1;
  const outgoing = {
    codeNumber: String(9000 + lastCode), codeNotation: 'VP', issuedDate: '2026-11-20', place: '', typeName: 'Công văn', subject: 'V/v thử', urgency: 0, dueDate: null, signerName: 'A', signerPosition: '',
    signerCompetence: '', toPlaces: [], pageAmount: null, paper: false, repliesTo: null, files: [await prepare.file()],
  };
  return ((await prepare.must('records', 'recordOutgoing', outgoing)) as { id: string }).id;
}

async function rule(prepare: Prepare): Promise<object> {
  const target = { dossier: (await open(prepare)).id, member: null, rule: { named: [{ kind: 'role', role: 'leader' }] } };
  return { ...target, reason: 'Hạn chế', seen: ((await prepare.must('dossiers', 'previewAccess', target)) as { seen: string }).seen };
}

/** One input that succeeds for each audited command of the file plan and of dossiers. */
export const dossiersInputs: Readonly<Record<string, (prepare: Prepare) => unknown>> = {
  'dossiers.createPlan': () => ({ year: (lastYear += 1), numbering: 'whole', note: '', copyFrom: null }),
  'dossiers.savePlan': async (prepare) => ({ ...of(await plan(prepare)), numbering: 'whole', note: 'x' }),
  'dossiers.saveHeading': async (prepare) => ({ ...of(await plan(prepare)), heading: null, fields: { parent: null, symbol: 'TC', title: 'Tài chính' }, reason: '' }),
  'dossiers.saveEntry': async (prepare) => {
    const made = await plan(prepare);
    return { ...of(made), entry: null, fields: entryOf(made), reason: '' };
  },
  'dossiers.moveInPlan': async (prepare) => {
    const made = await plan(prepare);
    return { ...of(made), what: 'entry', node: made.entries[0]?.id, into: made.headings[0]?.id, before: null };
  },
  'dossiers.removeFromPlan': async (prepare) => {
    const made = await plan(prepare);
    return { ...of(made), what: 'entry', node: made.entries[0]?.id };
  },
  'dossiers.renumberPlan': async (prepare) => of(await plan(prepare)),
  'dossiers.approvePlan': async (prepare) => ({ ...of(await plan(prepare)), ...decision }),
  'dossiers.withdrawPlan': async (prepare) => ({ ...of(await approved(prepare)), reason: 'Sai' }),
  'dossiers.closePlan': async (prepare) => ({ ...of(await approved(prepare)), reason: '' }),
  'dossiers.reopenPlan': async (prepare) => ({ ...of((await prepare.must('dossiers', 'closePlan', { ...of(await approved(prepare)), reason: '' }))), reason: 'Còn việc' }),
  'dossiers.importPlanTable': async (prepare) => table(prepare, await plan(prepare)),
  'dossiers.makePlan': async (prepare) => ({ plan: (await plan(prepare)).id, format: 'csv' }),
  'dossiers.importDossierTable': async ({ file }) => {
    lastCode += 1;
    const columns = ['fileCode', 'title', 'retention'].map((field, index) => ({ index, field }));
    return { file: await file(`Mã hồ sơ,Tiêu đề hồ sơ,Thời hạn bảo quản\nG09.2018.${String(lastCode)}.Y,Hồ sơ cũ,5 năm`), sheet: '', header: 1, kind: 'dossiers', columns };
  },
  'dossiers.open': () => ({ entry: null, fields: fields(), documents: [] }),
  'dossiers.save': async (prepare) => ({ ...of(await open(prepare)), fields: fields() }),
  'dossiers.addDocuments': async (prepare) => ({ dossier: (await open(prepare)).id, documents: [{ kind: 'outgoing', id: await issuedDocument(prepare) }] }),
  'dossiers.addFile': async (prepare) => ({ dossier: (await open(prepare)).id, file: await prepare.file(), fields: own, notes }),
  'dossiers.saveMember': async (prepare) => {
    const made = await filled(prepare);
    return { ...of(made), member: await memberOf(prepare, made), notes, fields: { ...own, subject: 'Ảnh khác' } };
  },
  'dossiers.removeMembers': async (prepare) => {
    const made = await filled(prepare);
    return { ...of(made), members: [await memberOf(prepare, made)], reason: 'Nhầm' };
  },
  'dossiers.arrange': async (prepare) => ({ ...of(await open(prepare)), by: 'hand' }),
  'dossiers.moveMembers': async (prepare) => {
    const made = await filled(prepare);
    return { ...of(made), members: [await memberOf(prepare, made)], to: 1 };
  },
  'dossiers.close': async (prepare) => closing(prepare, await filled(prepare)),
  'dossiers.reopen': async (prepare) => ({ ...of(await closed(prepare)), reason: 'Bổ sung' }),
  'dossiers.lock': async (prepare) => ({ ...of(await closed(prepare)), reason: 'Thanh tra' }),
  'dossiers.unlock': async (prepare) => ({ ...of((await prepare.must('dossiers', 'lock', { ...of(await closed(prepare)), reason: 'Thanh tra' }))), reason: 'Xong' }),
  'dossiers.discard': async (prepare) => ({ ...of(await open(prepare)), reason: 'Nhầm' }),
  'dossiers.saveAccess': rule,
  'dossiers.makeDocumentList': async (prepare) => ({ dossier: (await filled(prepare)).id, format: 'csv' }),
  'dossiers.makeDossierList': async (prepare) => ({ dossiers: [(await filled(prepare)).id], retention: 'years', format: 'csv' }),
};
