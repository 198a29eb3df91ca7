import type { DraftDetail, NumberOutcome } from '#contract';
import type { Store } from '../../electron/store/index.ts';
import { letter } from '../fakes/station/drafts.ts';

type Prepare = {
  readonly must: (domain: string, method: string, input: unknown) => Promise<never>;
  readonly file: (content?: string | Uint8Array) => Promise<object>;
  readonly alarmed: () => Promise<{ readonly document: string; readonly file: string }>;
  readonly lost: () => Promise<string>;
  /** puts things in by hand while the station is closed */
  readonly meanwhile: <T>(work: (store: Store) => T | Promise<T>) => Promise<T>;
};

const day = '2026-11-20';

async function draft({ must, file }: Prepare): Promise<DraftDetail> {
  const recipients = [{ organId: 'G09', name: 'Bộ Nội vụ' }];
  const fields = { ...letter, typeName: 'Thông báo', unitName: '', recipients, paperRecipients: [{ name: 'Hội A', copies: 1 }] };
  return must('drafting', 'create', { fields, files: [{ ...(await file()), role: 'main' }] });
}

/** A draft that was taken some steps along, in their order. */
async function at(prepare: Prepare, steps: number): Promise<DraftDetail> {
  const { id, version } = await draft(prepare);
  const way: readonly (readonly [string, object])[] = [
    ['submit', { id, comment: '' }],
    ['checkContent', { id, version, person: 'A', comment: '' }],
    ['checkForm', { id, version, person: 'B', comment: '', hints: [] }],
    ['sign', { id, version, form: 'paper', file: null }],
  ];
  for (const [method, input] of way.slice(0, steps)) await prepare.must('drafting', method, input);
  return prepare.must('drafting', 'get', { id });
}

async function document(prepare: Prepare, then: readonly ('seal' | 'issue')[] = []): Promise<string> {
  const { id } = await at(prepare, 4);
  const [outcome] = (await prepare.must('drafting', 'number', { drafts: [id], day })) as NumberOutcome[];
  const number = outcome?.document?.id ?? '';
  if (then.includes('seal')) await prepare.must('drafting', 'seal', { document: number, form: 'paper', file: null });
  if (then.includes('issue')) await prepare.must('drafting', 'issue', { document: number, send: false });
  return number;
}

/** One input that succeeds for each audited command of the life of an outgoing document. */
export const draftingInputs: Readonly<Record<string, (prepare: Prepare) => unknown>> = {
  'drafting.create': async ({ file }) => ({ fields: letter, files: [{ ...(await file()), role: 'main' }] }),
  'drafting.save': async (prepare) => ({ id: (await draft(prepare)).id, version: 1, fields: { ...letter, subject: 'khác' }, files: [] }),
  'drafting.discard': async (prepare) => ({ id: (await draft(prepare)).id, reason: 'Thôi' }),
  'drafting.submit': async (prepare) => ({ id: (await draft(prepare)).id, comment: '' }),
  'drafting.comment': async (prepare) => ({ id: (await draft(prepare)).id, text: 'Xem lại', person: '' }),
  'drafting.checkContent': async (prepare) => ({ id: (await at(prepare, 1)).id, version: 1, person: 'A', comment: '' }),
  'drafting.checkForm': async (prepare) => ({ id: (await at(prepare, 2)).id, version: 1, person: 'B', comment: '', hints: [] }),
  'drafting.sign': async (prepare) => ({ id: (await at(prepare, 3)).id, version: 1, form: 'paper', file: null }),
  'drafting.returnDraft': async (prepare) => ({ id: (await at(prepare, 4)).id, reason: 'Sai' }),
  'drafting.number': async (prepare) => ({ drafts: [(await at(prepare, 4)).id], day }),
  'drafting.voidNumber': async (prepare) => ({ document: await document(prepare), reason: 'Nhầm' }),
  'drafting.seal': async (prepare) => ({ document: await document(prepare), form: 'paper', file: null }),
  'drafting.issue': async (prepare) => ({ document: await document(prepare, ['seal']), send: false }),
  'drafting.send': async (prepare) => ({ document: await document(prepare, ['seal', 'issue']) }),
  'drafting.paperSent': async (prepare) => ({ document: await document(prepare, ['seal', 'issue']), note: '' }),
  'drafting.recallPaper': async (prepare) => ({ document: await document(prepare, ['seal', 'issue']), reason: 'Sai' }),
  'drafting.saveSettings': () => ({ twoPersons: false }),
};

/**
 * These act on a draft and its row of the register, and both traces tell of it; an import tells of its beginning too, as it may
 * break off.
 */
export const twoSubjects: readonly string[] = ['drafting.number', 'drafting.voidNumber', 'legacy.run'];
