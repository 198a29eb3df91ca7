import { setTimeout as pause } from 'node:timers/promises';
import type { DisposalDetail, DossierDetail } from '#contract';
import { run, sql, type Store } from '../../electron/store/index.ts';

type Prepare = {
  readonly must: (domain: string, method: string, input: unknown) => Promise<never>;
  readonly file: (content?: string | Uint8Array) => Promise<object>;
  /** a stored file that a check found missing */
  readonly lost: () => Promise<string>;
};

/** Notes a file as missing, as a check does. */
export function lostFile(store: Store): string {
  const sha256 = 'a'.repeat(64);
  store.write((db) => run(db, sql`INSERT INTO fixity_bad (id, content, size, harm, detail, found_at, last_seen_at) VALUES ('b', ${sha256}, 1, 'missing', '', '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z')`));
  return sha256;
}

let last = 0;
const fields = (): object => {
  last += 1;
  return {
    catalog: 2001, notation: `${String(last)}.CŨ`, title: 'Hồ sơ hết hạn', retention: { kind: 'years', years: 5, basis: 'bảng', scheduleRow: null }, maker: { unit: null, unitName: 'VP', person: null, personName: '' },
    useMode: 'public', language: '01', keyword: '', infoSign: '', condition: '01', paperCode: '', paperSheets: null, description: '', startDate: '2001-01-02', endDate: null,
  };
};

/** A closed dossier whose term was over long ago, with a document and a file of its own. */
async function expired({ must, file }: Prepare): Promise<string> {
  const dossier = fields();
  const document = (await must('records', 'recordOutgoing', {
    codeNumber: String(7000 + last), codeNotation: 'CŨ', issuedDate: '2001-05-05', place: '', typeName: 'Công văn', subject: 'V/v cũ', urgency: 0, dueDate: null, signerName: 'A', signerPosition: '',
    signerCompetence: '', toPlaces: [], pageAmount: null, paper: false, repliesTo: null, files: [await file(`%PDF-1.7 ${String(last)}`)],
  })) as { id: string };
  const opened = (await must('dossiers', 'open', { entry: null, fields: dossier, documents: [{ kind: 'outgoing', id: document.id }] })) as DossierDetail;
  const own = { typeName: '', codeNumber: '', codeNotation: '', issuedDate: null, issuerName: '', subject: 'Ảnh', pageAmount: null };
  const made = (await must('dossiers', 'addFile', { dossier: opened.id, file: await file(`tệp ${String(last)}`), fields: own, notes: { sheet: '', note: '', origin: '01', autograph: '' } })) as DossierDetail;
  const remarks = (await must('dossiers', 'check', { id: made.id })) as { key: string }[];
  await must('dossiers', 'close', { id: made.id, version: made.version, endDate: '2001-12-31', seen: remarks.map(({ key }) => key) });
  return made.id;
}

const drafting = async ({ must }: Prepare): Promise<DisposalDetail> => must('keeping', 'createDisposal', { title: 'Hết giá trị', expired: false });

async function listed(prepare: Prepare): Promise<{ readonly disposal: string; readonly item: string }> {
  const { id } = await drafting(prepare);
  await prepare.must('keeping', 'addDossiers', { disposal: id, dossiers: [await expired(prepare)], reason: 'expired' });
  const { items } = (await prepare.must('keeping', 'items', { disposal: id, after: null, limit: 1 })) as { items: { id: string }[] };
  return { disposal: id, item: items[0]?.id ?? '' };
}

async function before(prepare: Prepare): Promise<{ readonly disposal: string; readonly item: string }> {
  const made = await listed(prepare);
  await prepare.must('keeping', 'submit', { disposal: made.disposal });
  return made;
}

const opinion = ({ item }: { readonly item: string }): object => ({ items: [item], opinion: 'destroy', note: '', by: 'Trần Thị Bình' });
const conclusion = (disposal: string): object => ({ disposal, members: [{ name: 'Trần Thị Bình', position: '', part: 'chair' }], metOn: '2026-01-05', conclusion: 'Đồng ý hủy', file: null });

async function heard(prepare: Prepare): Promise<string> {
  const made = await before(prepare);
  await prepare.must('keeping', 'giveOpinion', opinion(made));
  return made.disposal;
}

async function concluded(prepare: Prepare): Promise<string> {
  const disposal = await heard(prepare);
  await prepare.must('keeping', 'conclude', conclusion(disposal));
  return disposal;
}

const decision = async ({ file }: Prepare, disposal: string): Promise<object> => ({ disposal, decision: { number: '1/QĐ', day: '2026-01-06', signer: 'Chủ tịch', signerPosition: '' }, file: await file('quyết định') });

async function decided(prepare: Prepare): Promise<string> {
  const disposal = await concluded(prepare);
  await prepare.must('keeping', 'decide', await decision(prepare, disposal));
  return disposal;
}

/** The one that was begun goes on beside what comes next, and writes its entries. */
async function settled({ must }: Prepare): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const { items } = (await must('keeping', 'disposals', { after: null, limit: 100 })) as { items: { state: string }[] };
    if (items.every(({ state }) => state !== 'destroying')) return;
    await pause(50);
  }
  throw new Error('the destruction has not ended');
}

async function schedule({ file }: Prepare): Promise<object> {
  return {
    file: await file('STT,Tên nhóm hồ sơ,Thời hạn bảo quản\n1,Kế hoạch năm,Vĩnh viễn\n2,Công văn trao đổi,10 năm'), sheet: '', header: 1, without: [],
    columns: ['code', 'description', 'period'].map((field, index) => ({ index, field })),
    name: 'Bảng thử', source: 'QĐ 1/QĐ-UBND', confidence: 'office', validFrom: '2026-01-01', validTo: null, replaces: null, note: '',
  };
}

/** One input that succeeds for each audited command of keeping. */
export const keepingInputs: Readonly<Record<string, (prepare: Prepare) => unknown>> = {
  'keeping.importSchedule': schedule,
  'keeping.endSchedule': async (prepare) => ({ schedule: ((await prepare.must('keeping', 'importSchedule', await schedule(prepare))) as { id: string }).id, validTo: '2026-12-31', reason: 'Thay' }),
  'keeping.saveRetentionSettings': async ({ must }) => ((await must('keeping', 'retentionSettings', {})) as { settings: object }).settings,
  'keeping.createDisposal': () => ({ title: 'Năm nay', expired: true }),
  'keeping.addDossiers': async (prepare) => ({ disposal: (await drafting(prepare)).id, dossiers: [await expired(prepare)], reason: 'expired' }),
  'keeping.removeItem': async (prepare) => ({ item: (await listed(prepare)).item }),
  'keeping.noteItem': async (prepare) => ({ item: (await listed(prepare)).item, note: 'có 1 hộp giấy' }),
  'keeping.submit': async (prepare) => ({ disposal: (await listed(prepare)).disposal }),
  'keeping.giveOpinion': async (prepare) => opinion(await before(prepare)),
  'keeping.conclude': async (prepare) => conclusion(await heard(prepare)),
  'keeping.appraise': async (prepare) => ({ disposal: await concluded(prepare), agency: 'Sở Nội vụ', number: '9/SNV', day: '2026-01-06', opinion: 'Đồng ý', file: null }),
  'keeping.sendBack': async (prepare) => ({ disposal: await concluded(prepare), reason: 'Xem lại' }),
  'keeping.decide': async (prepare) => decision(prepare, await concluded(prepare)),
  'keeping.revoke': async (prepare) => ({ disposal: await decided(prepare), reason: 'Sai căn cứ' }),
  'keeping.destroy': async (prepare) => ({ disposal: await decided(prepare), number: '1/QĐ' }),
  'keeping.cancelDisposal': async (prepare) => {
    await settled(prepare);
    return { disposal: (await listed(prepare)).disposal, reason: 'Thôi' };
  },
  'keeping.printDisposal': async (prepare) => ({ disposal: (await listed(prepare)).disposal, form: 'list', format: 'csv' }),
  'keeping.saveFixitySettings': () => ({ enabled: true, everyDays: 10, share: 50 }),
  'keeping.noteLoss': async ({ lost }) => ({ sha256: await lost(), reason: 'Đã xin lại' }),
};
