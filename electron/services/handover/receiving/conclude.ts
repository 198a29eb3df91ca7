import { fail, ok, type CodeOf, type Contract, type InputOf, type Outcome, type ReceiptDetail, type ReceivedFile, type ReceivedPackage } from '#contract';
import { vietnamDay } from '../../../foundation/clock.ts';
import { afterCommit, changeOne, sql, type WriteDb } from '../../../store/index.ts';
import { insertDossier, insertFile, isCodeTaken, noteAct } from '../../dossiers/index.ts';
import { currentOffice } from '../../settings/index.ts';
import { note, type Moment } from '../giving/on-batch.ts';
import type { HandoverDeps } from '../ports.ts';
import type { Running, Runs } from '../runs.ts';
import { dossierOf, membersOf } from './described.ts';
import { onReceipt } from './on-receipt.ts';
import { storeFiles } from './store-files.ts';
import { everyPackage, getReceipt, listFiles, packageSource, setConcluded, setHeld } from './receipts.store.ts';

type Method = Contract['handover']['conclude'];
type Answer = Outcome<ReceiptDetail, CodeOf<Method>>;

/**
 * Takes what was accepted into the holdings: all bytes of a package first, each compared with what was checked, then its dossier,
 * members and audit entry in one transaction. A package that is held is passed over, so a kill at any step costs nothing but time.
 * The receipt is concluded once all are held.
 */
export function conclude(deps: HandoverDeps, runs: Runs, input: InputOf<Method>, signal?: AbortSignal): Promise<Answer> {
  return runs.run('taking', input.id, (running) => concluded(deps, input, running), signal);
}

async function concluded(deps: HandoverDeps, input: InputOf<Method>, running: Running): Promise<Answer> {
  const { store } = deps;
  const receipt = getReceipt(store.read, input.id);
  if (receipt === undefined) return fail('not-found');
  if (receipt.version !== input.version) return fail('receipt-changed');
  if (receipt.state !== 'open') return fail('receipt-step', { state: receipt.state });
  if (receipt.packages === 0) return fail('no-packages', { folder: '' });
  if (receipt.undecided > 0) return fail('packages-undecided', { count: receipt.undecided });
  const accepted = everyPackage(store.read, receipt.id).filter(({ decision, dossier }) => decision === 'accepted' && dossier === null);
  const bytesOf = accepted.reduce((sum, { bytes }) => sum + bytes, 0);
  let bytesDone = 0;
  running.tell({ of: accepted.length, bytesOf });
  for (const [index, one] of accepted.entries()) {
    const { path } = packageSource(store.read, one.id);
    const files = listFiles(store.read, one.id, { after: '', limit: 1_000_000 }) ?? [];
    const stored = await storeFiles(store.blobs, path, files, running.signal, (bytes) => {
      bytesDone += bytes;
      running.tell({ bytesDone });
    });
    if (!stored.ok) return stored;
    const held = hold(deps, receipt, one, files);
    if (!held.ok) return held;
    running.tell({ done: index + 1 });
  }
  return onReceipt(deps, { id: receipt.id, version: null }, (db, now, moment): Outcome<null, 'packages-undecided'> => {
    if (now.undecided > 0) return fail('packages-undecided', { count: now.undecided });
    setConcluded(db, now.id, moment.at, moment.by, input.number);
    note(db, 'handover-receipt', now.id, 'concluded', moment, { number: input.number, totals: now.totals });
    return ok(null);
  });
}

/** A received package becomes a closed dossier of this station, with its documents as files of its own. */
function hold(deps: HandoverDeps, receipt: ReceiptDetail, one: ReceivedPackage, files: readonly ReceivedFile[]): Outcome<unknown, CodeOf<Method>> {
  return onReceipt(deps, { id: receipt.id, version: null }, (db, _, moment): Outcome<null, 'no-dossier' | 'receipt-changed'> => {
    const now = everyPackage(db, receipt.id).find(({ id }) => id === one.id);
    if (now?.decision !== 'accepted' || now.dossier !== null) return fail('receipt-changed');
    const { described } = packageSource(db, one.id);
    const found = dossierOf(described, receipt.fields.sender.name, vietnamDay(deps.clock.now()));
    if (found === undefined) return fail('no-dossier', { code: one.name });
    const office = currentOffice(db);
    const fields = { ...found.fields, notation: freeNotation(db, office, found.fields) };
    const dossier = insertDossier(db, { office, plan: null, entry: null, line: null, fields, at: moment.at, by: moment.by });
    const byPath = new Map(files.map((file) => [file.path, file]));
    for (const member of membersOf(described, files)) {
      const file = byPath.get(member.path);
      if (file === undefined) continue;
      const name = member.path.slice(member.path.lastIndexOf('/') + 1);
      insertFile(db, dossier, { name, mediaType: mediaTypeOf(name), size: file.size, sha256: file.sha256 }, member.fields, member.notes, moment);
    }
    close(db, dossier, found.endDate, moment);
    setHeld(db, one.id, dossier);
    noteAct(db, { dossier }, 'received', { ...moment, reason: '' }, { receipt: receipt.id, sender: receipt.fields.sender.code, package: one.objectId, sha256: one.sha256, files: files.length });
    afterCommit(db, () => {
      deps.dossiersChanged([dossier]);
    });
    return ok(null);
  });
}

/** What an archive took over is closed, and is not opened again. */
function close(db: WriteDb, dossier: string, endDate: string, { at, by }: Moment): void {
  changeOne(db, sql`UPDATE dossier SET state = 'closed', closed_at = ${at}, closed_by = ${by}, end_date = ${endDate}, handed_over_at = ${at} WHERE id = ${dossier}`);
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
