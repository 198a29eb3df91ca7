import type { Contract, DraftDetail, DraftFields, DraftFileRole, InputOf, StoredFile } from '#contract';
import type { Core } from '../../../electron/hosts/compose.ts';

/** Fields of a letter that lacks nothing. */
export const letter: DraftFields = {
  typeName: 'Công văn',
  subject: 'phối hợp rà soát trang thiết bị',
  place: 'Luyện Tập',
  urgency: 0,
  secrecy: 0,
  dueDate: null,
  language: 'Tiếng Việt',
  pageAmount: 1,
  description: '',
  unit: null,
  unitName: 'Văn phòng',
  body: '',
  signerAuthority: 'TM.',
  authorityLines: ['TM. ỦY BAN NHÂN DÂN'],
  signerPosition: 'CHỦ TỊCH',
  signerName: 'Trần Văn Chủ Tịch',
  toPlaces: ['Như trên;', 'Lưu: VT.'],
  recipients: [],
  paperRecipients: [],
  issuedAmount: 1,
  keepUnit: 'VT',
  fileCatalog: null,
  fileNotation: '',
  repliesTo: null,
  corrects: null,
  replaces: null,
};

/** A small PDF whose bytes differ by its words; what follows it may be put behind as an increment. */
export function tinyPdf(words: string, increment = ''): Buffer {
  return Buffer.from(`%PDF-1.7\n% ${words}\n%%EOF\n${increment}`);
}

/** Puts bytes into a core's store as a file. */
export async function stored(core: Pick<Core, 'storeFile'>, name: string, bytes: Uint8Array): Promise<StoredFile> {
  async function* pieces(): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(bytes);
  }
  return { name, mediaType: name.endsWith('.pdf') ? 'application/pdf' : 'application/octet-stream', ...(await core.storeFile(pieces())) };
}

type Methods = Contract['drafting'];
/** Calls a `drafting` method that must succeed. */
export type MustDraft = <M extends keyof Methods>(method: M, input: InputOf<Methods[M]>) => Promise<unknown>;

export type Drafted = { readonly fields?: Partial<DraftFields>; readonly files?: readonly (StoredFile & { role: DraftFileRole })[] };

/** A complete draft, with a file of its own. */
export async function drafted(core: Pick<Core, 'storeFile'>, must: MustDraft, { fields = {}, files }: Drafted = {}): Promise<DraftDetail> {
  const own = files ?? [{ ...(await stored(core, 'du-thao.pdf', tinyPdf(`${fields.subject ?? letter.subject} ${String(Math.random())}`))), role: 'main' as const }];
  return (await must('create', { fields: { ...letter, ...fields }, files: [...own] })) as DraftDetail;
}

/** Takes a draft through submission, both checks by two persons and a signature on paper. */
export async function signedDraft(must: MustDraft, draft: DraftDetail): Promise<DraftDetail> {
  const { id } = draft;
  await must('submit', { id, comment: '' });
  await must('checkContent', { id, version: draft.version, person: 'Lê Thị Trưởng Phòng', comment: '' });
  await must('checkForm', { id, version: draft.version, person: 'Phạm Văn Thể Thức', comment: '', hints: [] });
  return (await must('sign', { id, version: draft.version, form: 'paper', file: null })) as DraftDetail;
}

/** The same, and on to a number. Answers the document's id. */
export async function numberedDraft(must: MustDraft, draft: DraftDetail, day: string): Promise<string> {
  await signedDraft(must, draft);
  const [outcome] = (await must('number', { drafts: [draft.id], day })) as { document: { id: string } | null; failure: { code: string } | null }[];
  if (outcome?.document == null) throw new Error(`no number: ${outcome?.failure?.code ?? ''}`);
  return outcome.document.id;
}
