import { fail, ok, type CodeOf, type Contract, type DossierFields, type Outcome, type ReceiptDetail, type ReceivedPackage } from '#contract';
import { instantOf, vietnamDay } from '../../../foundation/clock.ts';
import { afterCommit, changeOne, sql, type WriteDb } from '../../../store/index.ts';
import { insertDossier, insertFile, isCodeTaken, noteAct } from '../../dossiers/index.ts';
import { actorOf } from '../../people/index.ts';
import { currentOffice } from '../../settings/index.ts';
import type { Hands, JobFailure, JobPart } from '../aside/jobs.ts';
import type { Moment } from '../giving/on-batch.ts';
import type { HandoverDeps } from '../ports.ts';
import { arrivingOf, everyFile, getPackage, markStored, packageSource, raiseReceipt, setHeld } from './receipts.store.ts';

type Answer = Outcome<null, CodeOf<Contract['handover']['conclude']>>;
type Listening = { readonly signal: AbortSignal; readonly moved: (bytes: number) => void };

/** Files that are marked as stored in one step. */
const marksAtOnce = 500;

/**
 * A received package becomes a closed dossier of this station, with its documents as files of its own: all bytes first, each compared
 * with what was checked, beside the core; then the dossier, which nobody is shown, its members some at a time, and last the step by which
 * it is there. A kill between two steps costs time only: bytes that are there are not written again, and members come after those
 * that the dossier has.
 */
export async function hold(deps: HandoverDeps, receipt: ReceiptDetail, one: ReceivedPackage, hands: Hands, { signal, moved }: Listening): Promise<Answer> {
  const { store } = deps;
  const { path, described } = packageSource(store.read, one.id);
  const files = await everyFile(store.read, one.id);
  if (arrivingOf(store.read, one.id) === undefined) {
    const stored = await hands.do({ kind: 'store', path, files }, { signal, moved });
    if (!stored.ok) return refusal(stored.failure, one);
    for (let last: string | undefined = ''; last !== undefined; ) {
      const after: string = last;
      last = store.write((db) => markStored(db, one.id, after, marksAtOnce));
      await new Promise(setImmediate);
    }
  }
  const arriving: Arriving = { head: undefined, skip: arrivingOf(store.read, one.id)?.members ?? 0 };
  const told = await hands.do(
    { kind: 'describe', described, files, senderName: receipt.fields.sender.name, today: vietnamDay(deps.clock.now()) },
    {
      part: (part) => {
        take(deps, one, arriving, part);
      },
    },
  );
  if (!told.ok) return refusal(told.failure, one);
  return there(deps, receipt, one, arriving);
}

type Arriving = { head: { readonly dossier: string; readonly endDate: string } | undefined; /** members that came in before */ skip: number };

/** Writes down one part of what a package becomes. */
function take(deps: HandoverDeps, one: ReceivedPackage, arriving: Arriving, part: JobPart): void {
  if (part.kind === 'files') return;
  deps.store.write((db) => {
    const moment = { at: instantOf(deps.clock), by: actorOf(db).name };
    if (part.kind === 'head') {
      arriving.head = { dossier: arrivingOf(db, one.id)?.dossier ?? begin(db, one, part.fields, moment), endDate: part.endDate };
      return;
    }
    if (arriving.head === undefined) throw new Error('members come after their dossier');
    for (const { path, size, sha256, fields, notes } of part.members) {
      if (arriving.skip > 0) {
        arriving.skip -= 1;
        continue;
      }
      const name = path.slice(path.lastIndexOf('/') + 1);
      insertFile(db, arriving.head.dossier, { name, mediaType: mediaTypeOf(name), size, sha256 }, fields, notes, moment);
    }
  });
}

function begin(db: WriteDb, one: ReceivedPackage, fields: DossierFields, { at, by }: Moment): string {
  const office = currentOffice(db);
  const now = getPackage(db, one.id);
  if (now?.decision !== 'accepted' || now.dossier !== null) throw new Error('what is taken in was accepted, and is not held yet');
  return insertDossier(db, { office, plan: null, entry: null, line: null, fields: { ...fields, notation: freeNotation(db, office, fields) }, arriving: one.id, at, by });
}

/** The step by which it is there: closed, as what an archive took over is, and never opened again. */
function there(deps: HandoverDeps, receipt: ReceiptDetail, one: ReceivedPackage, { head }: Arriving): Answer {
  if (head === undefined) return fail('no-dossier', { code: one.name });
  const { dossier, endDate } = head;
  deps.store.write((db) => {
    const moment = { at: instantOf(deps.clock), by: actorOf(db).name };
    changeOne(
      db,
      sql`UPDATE dossier SET state = 'closed', closed_at = ${moment.at}, closed_by = ${moment.by}, end_date = ${endDate}, handed_over_at = ${moment.at}, arriving = NULL
          WHERE id = ${dossier} AND arriving = ${one.id}`,
    );
    setHeld(db, one.id, dossier);
    noteAct(db, { dossier }, 'received', { ...moment, reason: '' }, { receipt: receipt.id, sender: receipt.fields.sender.code, package: one.objectId, sha256: one.sha256, files: one.files });
    raiseReceipt(db, receipt.id);
    afterCommit(db, () => {
      deps.dossiersChanged([dossier]);
    });
  });
  return ok(null);
}

/** Why a package is not taken in, in the words of the contract. */
function refusal(failure: JobFailure, one: ReceivedPackage): Extract<Answer, { readonly ok: false }> {
  switch (failure.code) {
    case 'package-gone':
      return fail('package-gone', { path: failure.path });
    case 'package-changed':
      return fail('package-changed', { path: failure.path, file: failure.file });
    case 'no-dossier':
      return fail('no-dossier', { code: one.name });
    case 'cancelled':
      return fail('handover-cancelled');
    case 'store':
      return { ok: false, failure: { code: failure.fault } };
    case 'thread':
      return fail('handover-thread', { detail: failure.detail });
    case 'build':
    case 'file-damaged':
    case 'package-kind':
    case 'package-unfit':
    case 'packages-nothing':
      throw new Error(`storing and describing do not end so: ${failure.code}`);
  }
}

/** The code as it came; a second dossier under it, which a person let in by name, gets a number behind it. */
function freeNotation(db: WriteDb, office: string, { catalog, notation }: { readonly catalog: number; readonly notation: string }): string {
  for (let n = 1; ; n += 1) {
    const free = n === 1 ? notation : `${notation}(${String(n)})`;
    if (!isCodeTaken(db, office, { catalog, notation: free }, '')) return free;
  }
}

const mediaTypes: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  xml: 'text/xml',
  csv: 'text/csv',
  txt: 'text/plain',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  mp3: 'audio/mpeg',
  wav: 'audio/wav',
  mp4: 'video/mp4',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

function mediaTypeOf(name: string): string {
  return mediaTypes[name.slice(name.lastIndexOf('.') + 1).toLowerCase()] ?? 'application/octet-stream';
}
