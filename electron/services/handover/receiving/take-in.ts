import { basename, join } from 'node:path';
import { fail, ok, type CodeOf, type Contract, type HandoverReason, type Outcome, type ReceiptDetail } from '#contract';
import type { PackageReport } from '../../packages/index.ts';
import { note } from '../giving/on-batch.ts';
import { arrivals, arrivalsOn, newcomers, packagesIn } from '../making/lying.ts';
import type { HandoverDeps } from '../ports.ts';
import type { Runs } from '../runs.ts';
import { judged } from './judge.ts';
import { onReceipt, receiptNow } from './on-receipt.ts';
import { getReceipt, heldFiles, insertPackage, isTakenIn, sameHeld } from './receipts.store.ts';

type Answer = Outcome<ReceiptDetail, CodeOf<Contract['handover']['takeIn']>>;

/**
 * Checks every package that lies there and was not checked in this receipt yet, each beside the core, and writes down what was
 * found of it and of each file before the next: what a kill leaves is whole, and called again it goes on.
 */
export function takeIn(deps: HandoverDeps, runs: Runs, id: string, places: readonly string[] | null, signal?: AbortSignal, drive: string | null = null): Promise<Answer> {
  return runs.run('taking', id, async (running): Promise<Answer> => {
    const { store } = deps;
    const receipt = getReceipt(store.read, id);
    if (receipt === undefined) return fail('not-found');
    if (receipt.state !== 'open') return fail('receipt-step', { state: receipt.state });
    if (drive !== null && !(await deps.drives()).includes(drive)) return fail('handover-place-gone', { folder: drive });
    const where = places ?? (drive !== null ? await arrivalsOn(drive) : deps.place === null ? null : [join(deps.place, arrivals)]);
    if (where === null) return fail('handover-no-place');
    const all = await packagesIn(where);
    if (all === undefined) return fail('handover-place-gone', { folder: where.join(', ') });
    // Of the host's folder only what is new: packages of earlier receipts lie there too. What the host names itself is looked at again.
    const paths = (places === null ? await newcomers(deps, all) : all).filter((path) => !isTakenIn(store.read, id, path));
    if (all.length === 0) return fail('no-packages', { folder: where.join(', ') });
    running.tell({ of: paths.length });
    const started = performance.now();
    let crashed: string | undefined;
    for (const [index, path] of paths.entries()) {
      const checked = await deps.check(path, {
        signal: running.signal,
        onProgress: ({ bytes, total }) => {
          // Packages of one hand-over are of a size.
          const share = (index + bytes / Math.max(1, total)) / paths.length;
          const spent = performance.now() - started;
          running.tell({ bytesDone: bytes, bytesOf: total, secondsLeft: share === 0 || spent < 1000 ? null : Math.ceil((spent * (1 - share)) / share / 1000) });
        },
      });
      if (running.signal.aborted) return fail('handover-cancelled');
      if (!checked.ok) {
        // Those behind it have nothing to do with it.
        crashed ??= `${basename(path)}: ${checked.failure.detail}`;
        continue;
      }
      const kept = keep(deps, receipt, path, checked.value);
      if (!kept.ok) return kept;
      running.tell({ done: index + 1 });
    }
    return crashed === undefined ? ok(receiptNow(store.read, id)) : fail('handover-thread', { detail: crashed });
  }, signal);
}

/** The fields of the package as a whole. */
function headOf(report: PackageReport): Readonly<Record<string, string>> {
  return report.described.find(({ kind }) => kind === 'package')?.fields ?? {};
}

function keep(deps: HandoverDeps, { id, fields }: ReceiptDetail, path: string, report: PackageReport): Answer {
  const head = headOf(report);
  const { files, reasons, ...verdict } = judged(report);
  const found = {
    objectId: report.objectId,
    // Of a package of another profile nobody has judged how long its fields are.
    fileCode: (head['fileCode'] ?? head['arcFileCode'] ?? '').slice(0, 100),
    sha256: report.files.find((file) => file.path === 'METS.xml')?.sha256 ?? '',
  };
  const documents = report.described.filter(({ kind }) => kind !== 'package').length;
  return onReceipt(deps, { id, version: null }, (db, _, moment) => {
    const same = sameHeld(db, id, found);
    const hashes = report.files.filter((file) => file.path.includes('/data/') && file.sha256 !== '').map(({ sha256 }) => sha256);
    const held = heldFiles(db, hashes);
    const more: HandoverReason[] = [];
    const say = (code: HandoverReason['code'], params: HandoverReason['params'] = {}): void => {
      more.push({ code, file: '', params });
    };
    if (same.inReceipt) say('in-same-receipt', { code: found.fileCode });
    if (same.content) say('held-content', { code: found.fileCode });
    else if (same.package) say('held-package', { object: found.objectId });
    else if (same.code) say('held-code', { code: found.fileCode });
    if (held > 0 && held === hashes.length && !same.content) say('held-files', { count: held });
    if (found.fileCode !== '' && !found.fileCode.startsWith(fields.sender.code)) say('code-other-office', { code: found.fileCode, sender: fields.sender.code });
    if (found.fileCode === '' || documents === 0) say('no-dossier');
    const duplicate = same.inReceipt ? 'same-receipt' : same.package || same.code || (held > 0 && held === hashes.length) ? 'held' : 'none';
    const isDossier = found.fileCode !== '' && documents > 0;
    const isSenders = !more.some(({ code }) => code === 'code-other-office');
    insertPackage(
      db,
      id,
      {
        name: basename(path),
        path,
        ...found,
        ...verdict,
        authenticity: isSenders || verdict.authenticity === 'failed' ? verdict.authenticity : 'unsure',
        passed: verdict.passed && isDossier,
        title: (head['title'] ?? '').slice(0, 1000),
        permanent: head['maintenance'] === '01',
        documents,
        files: report.files.length,
        bytes: report.bytes,
        duplicate,
        reasons: [...more, ...reasons],
        described: report.described,
      },
      files,
      moment.at,
    );
    note(db, 'handover-receipt', id, 'package-checked', moment, { ...found, passed: verdict.passed && isDossier, duplicate, name: basename(path), broken: report.broken });
    return ok(null);
  });
}
