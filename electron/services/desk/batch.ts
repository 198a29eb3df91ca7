import type { SigningCause, SigningMissing, SigningPlace, SigningRole, SigningSettings, StoredFile } from '#contract';
import { storeFaultOf } from '../../store/index.ts';
import { chainOf, signBatch, type BatchFile, type BatchStep, type FileOutcome, type FileWork, type Signed } from '../signing/index.ts';
import type { SigningWay } from '../trust/index.ts';
import { fileName } from './file-name.ts';
import { completed, lower, missingOf, type Level } from './lengthen.ts';
import { note } from './noting.ts';
import type { Subject } from './paper.ts';
import { causeOf, type Planned, type PlannedFile, type Planning } from './planning.ts';
import type { DeskDeps, DeskToken } from './ports.ts';
import type { Progress } from './progress.ts';
import type { WorkFolder } from './work-folder.ts';

export type BatchOrder = {
  readonly role: SigningRole;
  readonly items: readonly { readonly id: string; readonly version: number; readonly place: SigningPlace | null }[];
  readonly token: DeskToken;
  readonly line: ReturnType<DeskToken['line']>;
  readonly way: SigningWay;
  readonly settings: SigningSettings;
  readonly checked: Awaited<ReturnType<DeskDeps['office']['check']>>;
  /** who asked for it */
  readonly actor: string;
};

export type Desktop = { readonly folder: WorkFolder; readonly planning: Planning; readonly progress: Progress };

/** One document on its way, with the files that it takes. */
type Document = {
  readonly subject: Subject;
  readonly files: readonly (BatchFile & { readonly of: PlannedFile })[];
  readonly signed: Map<string, Signed>;
  /** files that have not ended */
  left: number;
  cause: SigningCause | null;
  isCancelled: boolean;
};

type Outcome = FileOutcome<SigningCause>;

/**
 * Plans, signs and notes documents one after the other, and tells where it stands. A document is noted when all its files are
 * signed; where one is not, none counts. Ends when all have an outcome.
 */
export function runBatch(deps: DeskDeps, desktop: Desktop, order: BatchOrder): { readonly cancel: () => void; readonly end: Promise<void> } {
  let isCancelled = false;
  let stop = (): void => undefined;
  const cancel = (): void => {
    isCancelled = true;
    desktop.progress.head({ cancelling: true });
    stop();
  };
  async function run(): Promise<void> {
    const documents: Document[] = [];
    for (const item of order.items) {
      if (isCancelled) desktop.progress.item(item.id, { state: 'cancelled' });
      else documents.push(...(await documentOf(desktop, order, item)));
    }
    const batch = batchOf(deps, desktop, order, documents);
    stop = batch.cancel;
    if (isCancelled) batch.cancel();
    const { token } = await batch.end;
    desktop.progress.head({ token });
  }
  return { cancel, end: run() };
}

async function documentOf({ folder, planning, progress }: Desktop, order: BatchOrder, { id, version, place }: BatchOrder['items'][number]): Promise<Document[]> {
  const { role, settings } = order;
  const subject = planning.subject(role, id);
  const refuse = (cause: SigningCause): Document[] => {
    progress.item(id, { state: 'failed', cause });
    return [];
  };
  if (subject === undefined) return refuse({ code: 'not-found', params: {} });
  if (subject.version !== version) return refuse({ code: 'draft-changed', params: {} });
  const planned = await planning.plan(role, subject, place);
  if (!planned.ok) return refuse(planned.failure.cause);
  const files = filesOf(folder, role, subject, planned.value, settings.level);
  return [{ subject, files, signed: new Map(), left: files.length, cause: null, isCancelled: false }];
}

function filesOf(folder: WorkFolder, role: SigningRole, subject: Subject, planned: Planned, level: Level): Document['files'] {
  return planned.files.map((of) => {
    // What checking it later takes is gathered once the file has its last signature.
    const stepOf = (shows: PlannedFile['steps'][number]): BatchStep => ({ level: level === 'B' ? 'B' : 'T', shows });
    const [first, ...later] = of.steps;
    const name = fileName({ role, subject: subject.id, version: subject.version, sha256: of.file.sha256 });
    return { id: name, of, source: folder.free('.pdf'), target: folder.free('.signed.pdf'), size: of.file.size, steps: [stepOf(first), ...later.map(stepOf)] };
  });
}

function batchOf(deps: DeskDeps, desktop: Desktop, order: BatchOrder, documents: readonly Document[]): ReturnType<typeof signBatch<SigningCause>> {
  const { folder, progress } = desktop;
  const { token, settings, way } = order;
  const trust = deps.office.trust();
  const byFile = new Map(documents.flatMap((document) => document.files.map((file) => [file.id, document] as const)));
  const bySource = new Map(documents.flatMap((document) => document.files.map((file) => [file.source, { document, file }] as const)));
  const { prepare: prepareAside } = deps.work;
  const work: FileWork = {
    ...deps.work,
    prepare: async (wanted) => {
      const known = bySource.get(wanted.files.source);
      if (known === undefined) return prepareAside(wanted);
      const { document, file } = known;
      if (document.cause !== null) return { ok: false, failure: { code: 'work-crashed', detail: document.cause.code } };
      progress.item(document.subject.id, { state: 'preparing' });
      try {
        if (!(await folder.writeOut(file.of.file.sha256, file.source))) return { ok: false, failure: { code: 'file-unreadable', detail: 'damaged' } };
        return await prepareAside(wanted);
      } catch (error) {
        return { ok: false, failure: { code: 'target-unwritable', detail: wordOf(error) } };
      } finally {
        await folder.remove(file.source);
      }
    },
  };
  const chain = chainOf(token.certificate, [...token.others, ...trust.cache.issuers()]);
  return signBatch<SigningCause>(
    {
      http: trust.http,
      clock: deps.clock,
      hosts: trust.hosts,
      work,
      openToken: order.line.open,
      settle: (file, outcome) => settled(deps, desktop, order, byFile.get(file.id), file, outcome),
      onProgress: (one) => {
        const document = byFile.get(one.id);
        if (document === undefined || one.kind === 'ended' || document.cause !== null) return;
        progress.item(document.subject.id, { state: one.kind === 'prepared' ? 'at-token' : settings.level === 'B' ? 'noting' : 'time-stamping' });
      },
    },
    { signer: { certificate: token.certificate, chain, way }, files: documents.flatMap(({ files }) => files), tsa: settings.tsa === '' ? null : settings.tsa, journals: folder.path },
  );
}

/** Takes the end of one file; with the last of a document that is noted, or its other files go. */
async function settled(deps: DeskDeps, desktop: Desktop, order: BatchOrder, document: Document | undefined, { id }: BatchFile, outcome: Outcome): Promise<'settled' | 'open'> {
  if (document === undefined) return 'settled';
  document.left -= 1;
  if (outcome.kind === 'signed') document.signed.set(id, outcome.file);
  else if (outcome.kind === 'cancelled') document.isCancelled = true;
  else document.cause ??= causeOfEnd(outcome);
  if (document.left > 0) return 'settled';
  const { cause, subject, isCancelled } = document;
  try {
    if (cause === null && !isCancelled) return await noted(deps, desktop, order, document);
    await removeTargets(desktop, document);
    desktop.progress.item(subject.id, cause === null ? { state: 'cancelled' } : { state: 'failed', cause });
    return 'settled';
  } catch (error) {
    if (storeFaultOf(error) === undefined) deps.failed(error);
    desktop.progress.item(subject.id, { state: 'failed', cause: { code: 'sign-not-noted', params: { detail: wordOf(error) } } });
    return 'open';
  }
}

function causeOfEnd(outcome: Exclude<Outcome, { kind: 'signed' | 'cancelled' }>): SigningCause {
  if (outcome.kind === 'refused') return causeOf(outcome.refusal);
  return outcome.kind === 'crashed' ? { code: 'sign-crashed', params: { detail: outcome.detail } } : outcome.cause;
}

/** Puts a document whose files are all signed into the register. Throws what the store throws: then its files stay. */
async function noted(deps: DeskDeps, desktop: Desktop, order: BatchOrder, document: Document): Promise<'settled'> {
  const { folder, progress } = desktop;
  const { subject, files, signed } = document;
  const { role, checked, actor, token } = order;
  progress.item(subject.id, { state: 'noting' });
  const made: string[] = [];
  try {
    let [level, missing]: [Level, SigningMissing | null] = ['LTA', null];
    const replaced: { from: string; file: StoredFile }[] = [];
    for (const { id, of, target } of files) {
      const one = signed.get(id);
      if (one === undefined) throw new Error('a document that is not signed');
      const reached = await lengthened(deps, folder, order, one);
      if (reached.path !== target) made.push(reached.path);
      level = lower(level, reached.level);
      missing ??= reached.missing;
      const { id: _, ...stored } = of.file;
      replaced.push({ from: of.file.sha256, file: { ...stored, ...(await folder.takeIn(reached.path)) } });
    }
    await deps.office.keep(checked, actor, subject.id);
    const trace = { certificate: token.certificate.sha256, by: token.shown.name, level, missing, recovered: false };
    const done = await note(deps, { role, id: subject.id, version: subject.version, files: replaced, made: trace, actor });
    await removeTargets(desktop, document);
    if (done.ok) progress.item(subject.id, { state: 'done', level, missing });
    else progress.item(subject.id, { state: 'failed', cause: { code: 'sign-changed-meanwhile', params: {} } });
    return 'settled';
  } finally {
    await folder.remove(...made);
  }
}

type Reached = { readonly path: string; readonly level: Level; readonly missing: SigningMissing | null };

/** A signed file with what checking it later takes, where the office wants that and it can be had. */
async function lengthened(deps: DeskDeps, folder: WorkFolder, { settings, token }: BatchOrder, { path, level, missing, field }: Signed): Promise<Reached> {
  const wanted = settings.level;
  if ((wanted !== 'LT' && wanted !== 'LTA') || missing !== null) return { path, level, missing };
  const done = await completed(deps, { source: path, target: folder.free('.signed.pdf') }, wanted, token.others);
  if (!done.ok) return { path, level, missing: missingOf(done.failure) };
  return { path: done.value.path, level: done.value.levels.find((one) => one.field === field)?.level ?? level, missing: done.value.missing };
}

function removeTargets({ folder }: Desktop, { files }: Document): Promise<void> {
  return folder.remove(...files.map(({ target }) => target));
}

/** What a disk or the store said, for support. */
function wordOf(error: unknown): string {
  const known = storeFaultOf(error) ?? (error as { readonly code?: unknown }).code;
  return typeof known === 'string' ? known : error instanceof Error ? error.message : String(error);
}
