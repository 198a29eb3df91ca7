import { basename } from 'node:path';
import { fail, ok, type CodeOf, type Contract, type InputOf, type MadePackage, type Outcome } from '#contract';
import { instantOf } from '../../../foundation/clock.ts';
import { newId } from '../../../foundation/ids.ts';
import { appendAudit } from '../../audit/index.ts';
import { actorOf } from '../../people/index.ts';
import { refusalOf, sizeOf } from '../giving/package-batch.ts';
import type { HandoverDeps } from '../ports.ts';
import type { Running, Runs } from '../runs.ts';
import { verdictOf } from './judge-given.ts';
import { lookAtOrder } from './look.ts';
import type { Ordered } from './ordered.ts';
import { clearUnfinished, placeForPackages, type PackagePlace } from './place.ts';

type Method = Contract['packages']['make'];
type Answer = Outcome<MadePackage[], CodeOf<Method>>;

/**
 * Makes the packages of an order in a folder of this station's own, reads each again and has the validator judge it. Nothing is kept
 * of them but the entry in the audit log: what was begun and not finished is taken away, here or at the next making.
 */
export function makePackages(deps: HandoverDeps, runs: Runs, input: InputOf<Method>): Promise<Answer> {
  return runs.run('making', newId(), (running) => made(deps, input, running));
}

async function made(deps: HandoverDeps, { order, output, drive }: InputOf<Method>, running: Running): Promise<Answer> {
  const { ordered, stopping } = await lookAtOrder(deps, order);
  if (ordered.length === 0) return fail('packages-nothing');
  if (stopping > 0) return fail('packages-remarks-stop', { count: stopping });
  const bytesOf = ordered.reduce((sum, { content }) => sum + sizeOf(content), 0);
  const place = await placeForPackages(deps, drive, bytesOf);
  if (!place.ok) return place;
  const results: MadePackage[] = [];
  let bytesDone = 0;
  const started = performance.now();
  running.tell({ done: 0, of: ordered.length, bytesDone, bytesOf });
  for (const one of ordered) {
    const result = await makeOne(deps, one, { ...place.value, output }, running, (bytes) => {
      const at = bytesDone + bytes;
      const spent = performance.now() - started;
      running.tell({ bytesDone: at, secondsLeft: at === 0 || spent < 1000 ? null : Math.ceil(((bytesOf - at) * spent) / at / 1000) });
    });
    if (!result.ok) {
      await clearUnfinished(place.value.into);
      return result;
    }
    results.push(result.value);
    bytesDone += sizeOf(one.content);
    running.tell({ done: results.length, bytesDone });
  }
  deps.store.write((db) => {
    appendAudit(db, {
      at: instantOf(deps.clock),
      actor: actorOf(db).name,
      action: 'packages.made',
      subjectKind: 'packages',
      subjectId: results[0]?.objectId ?? '',
      detail: { form: order.form, dossiers: [...order.dossiers], documents: order.documents.map(({ id }) => id), packages: results.map(({ objectId, code, sha256 }) => ({ objectId, code, sha256 })) },
    });
  });
  return ok(results);
}

type Target = PackagePlace & { readonly output: 'zip' | 'folder' };

async function makeOne(deps: HandoverDeps, { code, title, content }: Ordered, { into, nameOf, output }: Target, running: Running, progress: (bytes: number) => void): Promise<Outcome<MadePackage, CodeOf<Method>>> {
  const built = await deps.build({ content, schemas: deps.schemas(content.form), into, output }, { signal: running.signal, progress: ({ bytesDone }) => { progress(bytesDone); } });
  if (!built.ok) return refusalOf(built.failure, { fileCode: code });
  const { path, objectId, files, bytes, sha256 } = built.value;
  const checked = await deps.check(path, { onProgress: () => undefined, signal: running.signal });
  if (running.signal.aborted) return fail('packages-cancelled');
  if (!checked.ok) return fail('handover-thread', { detail: checked.failure.detail });
  const { fit, broken } = verdictOf(basename(path), checked.value);
  return ok({ path: nameOf(path), folder: into, objectId, code, title, documents: content.documents.length, files, bytes, sha256, fit, broken });
}
