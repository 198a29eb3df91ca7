import type { CompletionOutcome, FileRef, SignatureLabel, SigningMissing, SigningSettings, StoredFile } from '#contract';
import type { Result } from '../../foundation/outcome.ts';
import { completeHere, toComplete, type ToSign } from '../records/index.ts';
import type { SignatureLevel, SigningRefusal, WorkFault } from '../signing/index.ts';
import { completed, lower, reaches, type Level } from './lengthen.ts';
import { lack } from './noting.ts';
import { causeOf } from './planning.ts';
import type { DeskDeps } from './ports.ts';
import { isPdfFile, type WorkFolder } from './work-folder.ts';

/** What the signatures of a stored file have reached; undefined when the store has it no more. */
export async function labelsOf(deps: DeskDeps, folder: WorkFolder, sha256: string): Promise<Result<SignatureLabel[], SigningRefusal | WorkFault> | undefined> {
  const levels = await folder.withFile(sha256, (path) => levelsAt(deps, path));
  if (levels?.ok !== true) return levels;
  return { ok: true, value: levels.value.map(({ field, signer, level, time, lacks, renewBefore }) => ({ field, signer, level, time, lacks: lacks.map((one) => ({ ...one })), renewBefore })) };
}

function levelsAt({ work, office }: DeskDeps, path: string): Promise<Result<readonly SignatureLevel[], SigningRefusal | WorkFault>> {
  const { anchors, cache } = office.trust();
  return work.levels(path, { anchors, certificates: cache.issuers() });
}

/** Completes documents one after the other; each is put into the register when all of it was tried. */
export async function completeAll(deps: DeskDeps, folder: WorkFolder, ids: readonly string[], actor: string): Promise<CompletionOutcome[]> {
  const { level } = deps.office.settings();
  const outcomes: CompletionOutcome[] = [];
  for (const id of ids) outcomes.push(await completeOne(deps, folder, id, level, actor));
  const news = outcomes.flatMap(({ id, outcome, missing }) => {
    const row = toComplete(deps.store.read, id);
    if (outcome === 'failed' || row === undefined) return [];
    // What was noted of a draft counts for its row of the register, once it is one.
    const before = [id, row.draft ?? id].filter((one) => one !== row.id);
    return [...before.map((one) => ({ id: one, missing: null })), { id: row.id, missing }];
  });
  lack(deps, news);
  return outcomes;
}

async function completeOne(deps: DeskDeps, folder: WorkFolder, id: string, wanted: Level, actor: string): Promise<CompletionOutcome> {
  const subject = toComplete(deps.store.read, id);
  const plain = { id, missing: null, cause: null } as const;
  if (subject === undefined) return { ...plain, outcome: 'failed', cause: { code: 'not-found', params: {} } };
  if (subject.isSent) return { ...plain, outcome: 'already-sent' };
  if (!subject.mayBeCompleted) return { ...plain, outcome: 'failed', cause: { code: 'wrong-step', params: { state: subject.state } } };
  const replaced: { from: string; file: StoredFile }[] = [];
  let missing: SigningMissing | null = null;
  let level: Level = 'LTA';
  for (const file of filesOf(subject)) {
    const done = wanted === 'B' ? undefined : await folder.withFile(file.sha256, (path) => completeFile(deps, folder, file, path, wanted));
    if (done === undefined) continue;
    if (!done.ok) return { ...plain, outcome: 'failed', cause: causeOf(done.failure) };
    missing ??= done.value.missing;
    level = lower(level, done.value.level);
    if (done.value.file !== undefined) replaced.push({ from: file.sha256, file: done.value.file });
  }
  if (replaced.length === 0) return missing === null ? { ...plain, outcome: 'nothing-lacks' } : { ...plain, outcome: 'partly', missing };
  const noted = completeHere(deps, { id: subject.id, version: subject.version, files: replaced, level, missing, actor });
  if (!noted.ok) return { ...plain, outcome: 'failed', cause: { code: 'sign-changed-meanwhile', params: {} } };
  return { ...plain, outcome: missing === null ? 'completed' : 'partly', missing };
}

function filesOf({ main, attachments }: ToSign): readonly FileRef[] {
  return [...(main === undefined ? [] : [main]), ...attachments].filter(isPdfFile);
}

type CompletedFile = { readonly file: StoredFile | undefined; readonly level: Level; readonly missing: SigningMissing | null };

/** One file: `file` is undefined when it stays as it is. What has no signature of ours to complete lacks nothing. */
async function completeFile(deps: DeskDeps, folder: WorkFolder, file: FileRef, source: string, wanted: Exclude<SigningSettings['level'], 'B'>): Promise<Result<CompletedFile, SigningRefusal | WorkFault>> {
  const before = await levelsAt(deps, source);
  if (!before.ok) return before;
  const held = before.value.flatMap(({ level }) => level ?? []);
  const now = held.reduce<Level>((least, level) => lower(least, level), 'LTA');
  // At the level already: one more time-stamp would only renew it.
  if (held.every((level) => reaches(level, wanted))) return { ok: true, value: { file: undefined, level: now, missing: null } };
  const target = folder.free('.pdf');
  try {
    const done = await completed(deps, { source, target }, wanted, []);
    if (done.ok) {
      const { id: _, ...stored } = file;
      return { ok: true, value: { file: { ...stored, ...(await folder.takeIn(target)) }, level: done.value.level ?? now, missing: done.value.missing } };
    }
    const { failure } = done;
    if (failure.code === 'not-completed') return { ok: true, value: { file: undefined, level: now, missing: { why: failure.why, detail: failure.detail } } };
    if (failure.code === 'level-reached' || failure.code === 'nothing-to-complete') return { ok: true, value: { file: undefined, level: now, missing: null } };
    return done;
  } finally {
    await folder.remove(target);
  }
}
