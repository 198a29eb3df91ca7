import { fail, ok, type CodeOf, type Contract, type InputOf, type Outcome, type OutputOf } from '#contract';
import { instantOf } from '../../../foundation/clock.ts';
import type { ReadDb } from '../../../store/index.ts';
import { isInUse } from '../../exchange/index.ts';
import { actorOf } from '../../people/index.ts';
import type { HandoverDeps } from '../ports.ts';
import { endCertification, getCertification, openCertifications, setCertificationSigned, type KeptCertification } from './certifications.store.ts';
import { act, copyOrder, shownCertification, signedCertification, withoutPlace } from './certify.ts';
import { readablePackage } from './of-package.ts';

type Methods = Contract['holdings'];
type Answer<M extends 'bringCertification' | 'discardCertification'> = Outcome<OutputOf<Methods[M]>, CodeOf<Methods[M]>>;

/** Texts of a package that wait for their signature or for their copy. */
export function listCertifications(db: ReadDb, id: string): OutputOf<Methods['certifications']> {
  return openCertifications(db, id).map(withoutPlace);
}

function readable(db: ReadDb, id: string): Outcome<KeptCertification, 'not-found' | 'no-access'> {
  const found = getCertification(db, id);
  if (found === undefined) return fail('not-found');
  const allowed = readablePackage(db, found.package);
  return allowed.ok ? ok(found) : allowed;
}

/** Takes a text back that the agency signed outside: it must be this very text, with a signature of an agency that is not invalid. */
export async function bringCertification(deps: HandoverDeps, { id, signed: file }: InputOf<Methods['bringCertification']>): Promise<Answer<'bringCertification'>> {
  const { store } = deps;
  const found = readable(store.read, id);
  if (!found.ok) return found;
  const { wish, package: of, file: before } = found.value;
  if (found.value.state !== 'waiting') return fail('certification-ended');
  const asked = { package: of, ...wish };
  const order = copyOrder(store.read, asked, true);
  if (!order.ok) return order;
  const judged = await signedCertification(deps, asked, found.value, file);
  if (!judged.ok) return judged;
  const done = store.write((db): Answer<'bringCertification'> => {
    const now = getCertification(db, id);
    if (now?.state !== 'waiting') return fail('certification-ended');
    const moment = { at: instantOf(deps.clock), by: actorOf(db).name, reason: '' };
    const { signer, indication } = judged.value.certified;
    setCertificationSigned(db, id, file, { by: signer, at: moment.at, level: '', way: 'outside' });
    act(deps, db, now.dossier, 'certification-signed', moment, { certification: id, code: now.code, by: signer, indication, way: 'outside', sha256: file.sha256 });
    return ok(shownCertification(db, id));
  });
  if (done.ok) await forget(deps, before.sha256);
  return done;
}

/** Throws a text away that has not gone along with a copy; that it was made, and perhaps signed, stays on record. */
export async function discardCertification(deps: HandoverDeps, { id, reason }: InputOf<Methods['discardCertification']>): Promise<Answer<'discardCertification'>> {
  const { store } = deps;
  const done = store.write((db): Answer<'discardCertification'> => {
    const found = readable(db, id);
    if (!found.ok) return found;
    const { state, dossier, code, file } = found.value;
    if (state !== 'waiting' && state !== 'signed') return fail('certification-ended');
    const moment = { at: instantOf(deps.clock), by: actorOf(db).name, reason };
    endCertification(db, id, 'discarded', moment);
    act(deps, db, dossier, 'certification-discarded', moment, { certification: id, code, state, sha256: file.sha256 });
    return ok(shownCertification(db, id));
  });
  if (done.ok) await forget(deps, done.value.file.sha256);
  return done;
}

/** The bytes go unless something else that stands has the very same. */
export async function forget({ store }: Pick<HandoverDeps, 'store'>, sha256: string): Promise<void> {
  if (store.blobs.has(sha256) && !isInUse(store.read, sha256)) await store.blobs.remove(sha256);
}
