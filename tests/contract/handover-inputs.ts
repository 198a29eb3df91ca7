import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PDFDocument } from 'pdf-lib';
import type { BatchDetail, DocumentCopy, DossierDetail, HandoverRemark, Printed, ReceiptDetail } from '#contract';
import { testPki } from '../fakes/pki/pki.ts';
import { signedWith } from '../integration/verification/world.ts';
import { batchFields } from '../fakes/handover/hand-over.ts';

type Prepare = { readonly must: (domain: string, method: string, input: unknown) => Promise<never>; readonly file: (content?: string | Uint8Array) => Promise<object>; readonly read: (id: string) => Promise<Buffer> };

const of = ({ id, version }: { readonly id: string; readonly version: number }): { readonly id: string; readonly version: number } => ({ id, version });
const notes = { sheet: '', note: '', origin: '01', autograph: '' };
const own = { typeName: 'Công văn', codeNumber: '1', codeNotation: 'UBND', issuedDate: '2025-03-04', issuerName: 'Sở Nội vụ', subject: 'V/v nộp lưu', pageAmount: 1 };
const retention = { kind: 'years', years: 10, basis: 'TT 10/2022/TT-BNV', scheduleRow: null };
let last = 0;

/** A closed dossier with a file that no other has. */
async function closed({ must, file }: Prepare, bytes?: Uint8Array): Promise<DossierDetail> {
  last += 1;
  const fields = {
    catalog: 2025, notation: `${String(last)}.NL`, title: 'Hồ sơ nộp lưu', retention, maker: { unit: null, unitName: 'Văn phòng', person: null, personName: '' }, useMode: 'public', language: '01', keyword: '',
    infoSign: '', condition: '01', paperCode: '', paperSheets: null, description: '', startDate: '2025-01-02', endDate: null,
  };
  const { id } = (await must('dossiers', 'open', { entry: null, fields, documents: [] })) as DossierDetail;
  const filled = (await must('dossiers', 'addFile', { dossier: id, file: await file(bytes ?? `%PDF-1.7\n% ${String(last)}\n%%EOF\n`), fields: own, notes })) as DossierDetail;
  const remarks = (await must('dossiers', 'check', { id, endDate: '2025-12-31' })) as { key: string }[];
  return must('dossiers', 'close', { ...of(filled), endDate: '2025-12-31', seen: remarks.map(({ key }) => key) });
}

const made = async (prepare: Prepare): Promise<BatchDetail> => prepare.must('handover', 'make', { fields: batchFields, dossiers: [(await closed(prepare)).id] });

async function checked(prepare: Prepare): Promise<object> {
  const { batch, remarks } = (await prepare.must('handover', 'check', of(await made(prepare)))) as { batch: BatchDetail; remarks: HandoverRemark[] };
  return { ...of(batch), seen: remarks.map(({ key }) => key), output: 'zip', drive: null };
}

const packaged = async (prepare: Prepare): Promise<BatchDetail> => prepare.must('handover', 'package', await checked(prepare));
const handed = async (prepare: Prepare): Promise<BatchDetail> => prepare.must('handover', 'hand', { ...of(await packaged(prepare)), day: '2026-11-22' });

const { archive: _, ...frame } = batchFields;

async function receipt(prepare: Prepare): Promise<ReceiptDetail> {
  const { agency } = (await prepare.must('station', 'settings', {})) as { agency: { organId: string; name: string } };
  return prepare.must('handover', 'startReceipt', { fields: { ...frame, sender: { name: agency.name, code: agency.organId }, registered: 1 } });
}

/** A receipt before its packages are looked at; the folder for what comes in holds one package that nobody has. */
async function arrived(prepare: Prepare): Promise<ReceiptDetail> {
  const { folder } = await handed(prepare);
  const into = join(dirname(folder), 'tiep-nhan');
  rmSync(into, { recursive: true, force: true });
  mkdirSync(into);
  for (const name of readdirSync(folder)) cpSync(join(folder, name), join(into, name));
  return receipt(prepare);
}

const taken = async (prepare: Prepare): Promise<ReceiptDetail> => prepare.must('handover', 'takeIn', { id: (await arrived(prepare)).id, drive: null });
const everything = { packages: null, decision: null, reason: '' };
const decided = async (prepare: Prepare): Promise<ReceiptDetail> => prepare.must('handover', 'decide', { ...of(await taken(prepare)), ...everything });
const concluded = async (prepare: Prepare): Promise<ReceiptDetail> => prepare.must('handover', 'conclude', { ...of(await decided(prepare)), number: '01/BB', archive: false });

async function held(prepare: Prepare): Promise<string> {
  const [one] = (await prepare.must('handover', 'packages', { receipt: (await concluded(prepare)).id, after: 0, limit: 1 })) as { id: string }[];
  return one?.id ?? '';
}

/** What a use copy's text is made of. */
async function certifying(prepare: Prepare): Promise<object> {
  const id = await held(prepare);
  await prepare.must('holdings', 'archive', { package: id });
  const request = { id: 'YC-1', day: '2026-11-20', purpose: '02', content: 'Tra cứu', payer: '', topic: '', description: '' };
  return { package: id, request, recipient: { name: 'Nguyễn Văn Đọc', id: '001079000001' }, validUntil: null, documents: null, certification: { archive: 'historical', copies: 1 } };
}

/** A copy of a page in a closed dossier, whose days are over. */
async function copyOrder(prepare: Prepare) {
  const dossier = await closed(prepare, await blankPage());
  const { items } = (await prepare.must('dossiers', 'members', { dossier: dossier.id, after: 0, limit: 1 })) as { items: { id: string }[] };
  const request = { id: '', day: null, purpose: '02', content: 'Tra cứu' };
  return { dossier: dossier.id, members: items.map(({ id }) => id), kind: 'plain', recipient: { name: 'Nguyễn Văn Đọc', id: '' }, request, approvedOn: '2020-01-02', approver: '' };
}

async function blankPage(): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  pdf.addPage();
  return pdf.save();
}

/** These tell of the batch or receipt, and of the dossier that went or came; packaging, and a use copy, are noted at their beginning and at their end. */
export const handoverTwoEntries: readonly string[] = ['handover.package', 'handover.importMinutes', 'handover.enterMinutes', 'handover.conclude', 'holdings.makeUseCopy'];

/** One input that succeeds for each audited command of hand-over. The station gives to itself. */
export const handoverInputs: Readonly<Record<string, (prepare: Prepare) => unknown>> = {
  'handover.make': async (prepare) => ({ fields: batchFields, dossiers: [(await closed(prepare)).id] }),
  'handover.save': async (prepare) => ({ ...of(await made(prepare)), fields: { ...batchFields, note: 'x' } }),
  'handover.addDossiers': async (prepare) => ({ ...of(await made(prepare)), dossiers: [(await closed(prepare)).id] }),
  'handover.removeDossiers': async (prepare) => {
    const batch = await made(prepare);
    const [item] = (await prepare.must('handover', 'items', { batch: batch.id, after: 0, limit: 1 })) as { dossier: string }[];
    return { ...of(batch), dossiers: [item?.dossier] };
  },
  'handover.check': async (prepare) => of(await made(prepare)),
  'handover.package': checked,
  'handover.withdraw': async (prepare) => ({ ...of(await packaged(prepare)), reason: 'Sai hồ sơ' }),
  'handover.hand': async (prepare) => ({ ...of(await packaged(prepare)), day: '2026-11-22' }),
  'handover.cancel': async (prepare) => ({ ...of(await made(prepare)), reason: 'Thôi' }),
  'handover.makeList': async (prepare) => ({ id: (await made(prepare)).id, retention: 'years', format: 'csv' }),
  'handover.makeMinutes': async (prepare) => ({ id: (await packaged(prepare)).id, format: 'json' }),
  'handover.importMinutes': async (prepare) => {
    const { id: __, name, mediaType, size, sha256 } = (await prepare.must('handover', 'makeReceiptMinutes', { id: (await concluded(prepare)).id, format: 'json' })) as Printed;
    return { file: { name, mediaType, size, sha256 } };
  },
  'handover.enterMinutes': async (prepare) => ({ ...of(await handed(prepare)), number: '02/BB', refused: [] }),
  'handover.startReceipt': async (prepare) => ({ fields: (await receipt(prepare)).fields }),
  'handover.saveReceipt': async (prepare) => {
    const begun = await receipt(prepare);
    return { ...of(begun), fields: { ...begun.fields, note: 'x' } };
  },
  'handover.takeIn': async (prepare) => ({ id: (await arrived(prepare)).id, drive: null }),
  'handover.decide': async (prepare) => ({ ...of(await taken(prepare)), ...everything }),
  'handover.conclude': async (prepare) => ({ ...of(await decided(prepare)), number: '01/BB', archive: false }),
  'holdings.archive': async (prepare) => ({ package: await held(prepare) }),
  'holdings.makeUseCopy': async (prepare) => {
    const id = await held(prepare);
    await prepare.must('holdings', 'archive', { package: id });
    const request = { id: 'YC-1', day: '2026-11-20', purpose: '02', content: 'Tra cứu', payer: '', topic: '', description: '' };
    return { package: id, request, recipient: { name: 'Nguyễn Văn Đọc', id: '' }, validUntil: null, documents: null, certification: null, output: 'zip', drive: null };
  },
  'holdings.makeCertification': certifying,
  'holdings.discardCertification': async (prepare) => ({ id: ((await prepare.must('holdings', 'makeCertification', await certifying(prepare))) as { id: string }).id, reason: 'Thôi' }),
  'holdings.bringCertification': async (prepare) => {
    const { id, file } = (await prepare.must('holdings', 'makeCertification', await certifying(prepare))) as { id: string; file: { id: string } };
    const signed = signedWith(await testPki(), { signer: 'agency' }, { signer: 'agency', base: await prepare.read(file.id) });
    return { id, signed: await prepare.file(signed) };
  },
  'copies.make': copyOrder,
  'copies.discard': async (prepare) => {
    const { copy } = (await prepare.must('copies', 'make', { ...(await copyOrder(prepare)), kind: 'certified' })) as { copy: DocumentCopy };
    return { file: copy.files[0]?.id, reason: 'Thôi' };
  },
  'copies.remove': async (prepare) => {
    const { copy } = (await prepare.must('copies', 'make', await copyOrder(prepare))) as { copy: DocumentCopy };
    return { copy: copy.id };
  },
  'packages.make': async (prepare) => ({
    order: {
      form: 'SIP_hoso', dossiers: [(await closed(prepare)).id], documents: [], agreement: '01.BN.1.2026', archive: { name: '', code: '' },
      collection: { title: '', turn: 1, number: 1, maintenance: '01', description: '' }, request: { id: '', day: null, purpose: '02', content: '', payer: '', topic: '', description: '' },
    },
    output: 'folder',
    drive: null,
  }),
  'handover.makeReceiptMinutes': async (prepare) => ({ id: (await concluded(prepare)).id, format: 'json' }),
};
