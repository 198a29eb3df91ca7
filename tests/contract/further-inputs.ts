import { testPki } from '../fakes/pki/pki.ts';
import { sealPicture } from '../fakes/signing/png.ts';
import { question } from '../fakes/search/service.ts';
import { documentMessage } from '../fakes/station/messages.ts';
import { softHsm } from '../token/soft-token.ts';
import { backupInputs } from './backup-inputs.ts';
import { dossiersInputs } from './dossiers-inputs.ts';
import { keepingInputs } from './keeping-inputs.ts';
import { draftingInputs, twoSubjects } from './drafting-inputs.ts';
import { handoverInputs, handoverTwoEntries } from './handover-inputs.ts';

type Prepare = Parameters<(typeof draftingInputs)[string]>[0];

async function oldRegister({ file }: Prepare, year: number): Promise<object> {
  const fields = ['arrivalNumber', 'arrivedOn', 'subject'] as const;
  return {
    file: await file(`Số đến,Ngày đến,Trích yếu\n1,05/03/${String(year)},Công văn cũ\n2,31/02/${String(year)},Ngày không có`), sheet: '', header: { row: 1, rows: 1 },
    columns: fields.map((field, index) => ({ index, field })), register: 'incoming', year, book: '', perKind: false,
  };
}

/** A certificate of the test PKI as an administrator would hand it over. */
async function anchor(id: string): Promise<{ readonly certificate: string; readonly sha256: string; readonly reason: string }> {
  const pki = await testPki();
  return { certificate: pki.der(id).toString('base64'), sha256: pki.certificate(id).sha256, reason: 'Công bố của đơn vị cấp chứng thư' };
}

async function seal({ file }: Prepare): Promise<object> {
  return { kind: 'seal', person: null, file: await file(sealPicture()), widthMm: 36, reason: 'Con dấu mới' };
}

const byHand = {
  codeNumber: '1', codeNotation: 'GM-SNV', issuedDate: null, place: '', typeName: 'Giấy mời', subject: 'họp', issuerName: 'Sở Nội vụ', issuerOrganId: '', arrivedOn: '2026-01-02', signerName: '',
  signerPosition: '', signerCompetence: '', urgency: 0, dueDate: null, holders: '', language: '', pageAmount: null, description: '',
};

/** Commands that write two entries: an export is noted at its beginning and at its end, a sheet with its report. */
export const twoEntries: readonly string[] = ['dossiers.importDossierTable', ...twoSubjects, ...handoverTwoEntries, 'transfer.start', 'verification.makeSheet'];

/** One input that succeeds for each audited command that has none in the test itself. */
export const furtherInputs: Readonly<Record<string, (prepare: Prepare) => unknown>> = {
  'setup.begin': () => ({ operator: 'Nguyễn Thị Hoa' }),
  'setup.settle': () => ({ step: 'numbers', as: 'skipped' }),
  'setup.putAway': () => ({}),
  'messageFiles.take': async ({ file }) => ({ file: await file(documentMessage({ number: '901' })) }),
  'messageFiles.enter': async ({ must, file }) => ({ id: ((await must('messageFiles', 'take', { file: await file(documentMessage({ number: '902' })) })) as { id: string }).id }),
  'intake.addIncoming': () => ({ fields: byHand, source: 'paper', files: [], register: false }),
  ...draftingInputs,
  ...dossiersInputs,
  ...keepingInputs,
  ...backupInputs,
  ...handoverInputs,
  'legacy.run': async (prepare) => {
    const question = await oldRegister(prepare, 1990);
    await prepare.must('legacy', 'saveBad', { question, format: 'csv' });
    return question;
  },
  'legacy.undo': async (prepare) => ({ id: ((await prepare.must('legacy', 'run', await oldRegister(prepare, 1991))) as { id: string }).id }),
  'search.save': () => ({ id: null, name: 'Kế hoạch', question: question('kế hoạch') }),
  'search.removeSaved': async ({ must }) => ({
    id: ((await must('search', 'save', { id: null, name: 'Quá hạn', question: question('', { due: 'overdue' }) })) as { id: string }).id,
  }),
  'signingSettings.saveSettings': async ({ must }) => must('signingSettings', 'settings', {}),
  'signingSettings.addAnchor': async ({ must }) => {
    const given = await anchor('g2root');
    // A root names no address, so nobody is asked; what was found leaves a check and its evidence behind.
    await must('signingSettings', 'checkCertificate', { certificate: given.certificate });
    return given;
  },
  'signingSettings.withdrawAnchor': async ({ must }) => ({
    id: ((await must('signingSettings', 'addAnchor', await anchor('g1root'))) as { id: string }).id,
    reason: 'Không dùng nữa',
  }),
  'signingSettings.savePicture': seal,
  'signingSettings.endPicture': async (prepare) => ({
    id: ((await prepare.must('signingSettings', 'savePicture', await seal(prepare))) as { file: { id: string } }).file.id,
    reason: 'Con dấu hết dùng',
  }),
  'transfer.start': () => ({}),
  'tokens.useModule': () => ({ path: softHsm }),
  'tokens.dropModule': async ({ must }) => {
    const { modules } = (await must('tokens', 'useModule', { path: softHsm })) as { modules: { id: string; path: string }[] };
    return { module: modules.find(({ path }) => path === softHsm)?.id };
  },
  'tokens.saveWatch': () => ({ fromStart: false }),
  'verification.savePolicy': async ({ must }) => ((await must('verification', 'policy', {})) as { policies: object }).policies,
  'verification.settleAlarm': async ({ alarmed }) => ({ document: (await alarmed()).document, reason: 'Đã hỏi nơi gửi' }),
  'verification.makeSheet': async ({ alarmed }) => alarmed(),
  'search.exportFound': () => ({ question: question(''), fields: ['code', 'subject'], form: 'csv', language: 'vi' }),
};
