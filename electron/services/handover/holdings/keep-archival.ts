import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { fail, ok, type ArchivedPackage, type CodeOf, type Contract, type HandoverAspect, type InputOf, type Outcome } from '#contract';
import { instantOf } from '../../../foundation/clock.ts';
import type { ReadDb } from '../../../store/index.ts';
import { noteAct, verdictOn } from '../../dossiers/index.ts';
import type { CapturedVerdict, PackageContent } from '../../packages/index.ts';
import { actorOf } from '../../people/index.ts';
import { filesIn, type ArchiveJob, type Hands, type HeldPages, type JobFailure } from '../aside/jobs.ts';
import { refusalOf } from '../giving/package-batch.ts';
import { senderOf } from '../making/ordered.ts';
import type { HandoverDeps } from '../ports.ts';
import { everyFile, getPackage, packageSource } from '../receiving/receipts.store.ts';
import type { Runs } from '../runs.ts';
import { beginArchived, courseOf, getArchived, insertArchivedFiles, setArchived } from './holdings.store.ts';
import { isGone, readablePackage } from './of-package.ts';

type Method = Contract['holdings']['archive'];
type Code = CodeOf<Method>;
type Answer = Outcome<ArchivedPackage, Code>;
type Listening = { readonly signal: AbortSignal; readonly moved: (bytes: number) => void };

/** Makes the AIP of a package that is held without one. */
export function archivePackage(deps: HandoverDeps, runs: Runs, { package: id }: InputOf<Method>): Promise<Answer> {
  return runs.run('archiving', id, async ({ signal, tell }): Promise<Answer> => {
    const found = readablePackage(deps.store.read, id);
    if (!found.ok) return found;
    tell({ of: 1, bytesOf: found.value.bytes });
    let bytesDone = 0;
    const hands = deps.hands();
    try {
      return await keepArchival(deps, id, hands, {
        signal,
        moved: (bytes) => {
          bytesDone += bytes;
          tell({ bytesDone: Math.min(bytesDone, found.value.bytes) });
        },
      });
    } finally {
      await hands.end();
    }
  });
}

/**
 * Makes an AIP of a held package beside the core and keeps it: the list of its files some at a time, and last the step by which it is
 * whole. Begun again after a kill, it is the same package: its UUID and instant are written down first.
 */
export async function keepArchival(deps: HandoverDeps, id: string, hands: Hands, { signal, moved }: Listening): Promise<Answer> {
  const { store } = deps;
  const known = getArchived(store.read, id);
  if (known !== undefined) return ok(known);
  const found = getPackage(store.read, id);
  if (found === undefined || found.dossier === null || isGone(store.read, found.dossier)) return fail('not-found');
  const { dossier } = found;
  const { path } = packageSource(store.read, id);
  const files = await everyFile(store.read, id);
  const verdicts = await verdictsOf(store.read, files);
  const begun = store.write((db) => beginArchived(db, id, dossier, { uuid: randomUUID().toUpperCase(), createdAt: instantOf(deps.clock), by: actorOf(db).name }));
  const { name, code } = senderOf(store.read);
  const job: ArchiveJob = {
    kind: 'archive',
    from: { path, folder: found.objectId.replaceAll(/[:/\\]/g, '_'), sha256: found.sha256, files },
    order: { archive: { name, code }, ...begun, software: deps.software },
    events: eventsOf(store.read, id, found),
    verdicts,
  };
  const answer = await hands.do(job, {
    signal,
    moved,
    part: (part) => {
      if (part.kind === 'files') store.write((db) => { insertArchivedFiles(db, id, part.files); });
    },
  });
  if (!answer.ok) return archiveRefusal(answer.failure, found.fileCode);
  const { made } = answer;
  if (made === null) throw new Error('an archived package was made');
  return ok(
    store.write((db) => {
      const moment = { at: instantOf(deps.clock), by: actorOf(db).name, reason: '' };
      setArchived(db, id, basename(made.path), made, moment.at);
      noteAct(db, { dossier }, 'archived', moment, { package: made.objectId, sha256: made.sha256, of: found.objectId, files: made.files, bytes: made.bytes });
      const kept = getArchived(db, id);
      if (kept === undefined) throw new Error('what was archived is kept');
      return kept;
    }),
  );
}

/** What is known of the signatures in its documents; others get their turn between two looks. */
async function verdictsOf(db: ReadDb, pages: HeldPages): Promise<(readonly [string, CapturedVerdict])[]> {
  const found: (readonly [string, CapturedVerdict])[] = [];
  for (const page of pages) {
    for (const [index, { path, sha256 }] of filesIn([page]).entries()) {
      const verdict = path.includes('/data/') && /\.pdf$/i.test(path) ? verdictOn(db, sha256) : null;
      if (verdict !== null) found.push([sha256, verdict]);
      if (index % 200 === 199) await new Promise(setImmediate);
    }
  }
  return found;
}

const aspectWords: Readonly<Record<HandoverAspect, string>> = { passed: 'đạt', failed: 'không đạt', unsure: 'chưa rõ' };

/** What happened to the package before, as PREMIS tells it: the check and the decision (TT 05/2025/TT-BNV art. 24–25). */
function eventsOf(db: ReadDb, id: string, { authenticity, integrity, readability, passed, files }: { readonly authenticity: HandoverAspect; readonly integrity: HandoverAspect; readonly readability: HandoverAspect; readonly passed: boolean; readonly files: number }): PackageContent['events'] {
  const course = courseOf(db, id);
  if (course === undefined) return [];
  const { checkedAt, decidedAt, decidedBy, receipt, agreement } = course;
  const checked = `Kiểm tra gói nộp, ${String(files)} tệp có mã kiểm tra SHA-256: xác thực ${aspectWords[authenticity]}, toàn vẹn ${aspectWords[integrity]}, khả dụng ${aspectWords[readability]}`;
  const registered = agreement === '' ? '' : `; mã đăng ký ${agreement}`;
  return [
    { type: 'validation', at: checkedAt, outcome: passed ? 'success' : 'partial', note: checked },
    { type: 'accession', at: decidedAt, outcome: 'success', note: `Tiếp nhận: ${receipt}${registered}; người quyết định: ${decidedBy}` },
  ];
}

/** Why nothing was made of a held package, in the words of the contract. */
export function archiveRefusal(failure: JobFailure, fileCode: string): Extract<Outcome<never, Code>, { readonly ok: false }> {
  switch (failure.code) {
    case 'cancelled':
      return fail('handover-cancelled');
    case 'thread':
      return fail('handover-thread', { detail: failure.detail });
    case 'store':
      return { ok: false, failure: { code: failure.fault } };
    case 'build':
      return refusalOf(failure.failure, { fileCode });
    case 'file-damaged':
      return fail('file-damaged', { file: failure.file });
    case 'package-unfit':
      return fail('held-unfit', { code: fileCode, count: failure.count, rule: failure.rule });
    case 'package-kind':
      return fail('held-kind', { code: fileCode, profile: failure.profile });
    case 'no-dossier':
    case 'package-changed':
    case 'package-gone':
    case 'packages-nothing':
      throw new Error(`archiving does not end so: ${failure.code}`);
  }
}
