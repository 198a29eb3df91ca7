import { fail, type Outcome, type SigningMissing, type SigningRole } from '#contract';
import { instantOf } from '../../foundation/clock.ts';
import { getPaper } from './paper.ts';
import { sealHere, signDraftHere, toComplete, type MadeSignature, type Replaced } from '../records/index.ts';
import { lackingSubjects, noteLack } from './lack.store.ts';
import type { DeskDeps } from './ports.ts';

/** A document whose files are all signed, waiting to be put into the register. */
export type ToNote = {
  readonly role: SigningRole;
  readonly id: string;
  readonly version: number;
  readonly files: readonly Replaced[];
  readonly made: MadeSignature;
  readonly actor: string;
};

type Deps = Pick<DeskDeps, 'store' | 'clock' | 'changed' | 'lackingChanged' | 'papers'>;

/** Puts signed files into the register, by the step of their role, and onto the list of work what they lack. */
export async function note(deps: Deps, signed: ToNote): Promise<Outcome<null, 'not-found' | 'wrong-step' | 'draft-changed'>> {
  const paper = getPaper(deps, signed.role, signed.id);
  if (paper !== undefined) {
    const [main] = signed.files;
    return main === undefined ? fail('draft-changed') : deps.papers.note({ id: paper.id, ...main, made: signed.made, actor: signed.actor });
  }
  const done = await (signed.role === 'person' ? signDraftHere(deps, signed) : sealHere(deps, signed));
  if (done.ok) lack(deps, [{ id: signed.id, missing: signed.made.missing }]);
  return done;
}

/** Notes what some documents lack now. */
export function lack(deps: Pick<DeskDeps, 'store' | 'clock' | 'lackingChanged'>, all: readonly { readonly id: string; readonly missing: SigningMissing | null }[]): void {
  deps.store.write((db) => {
    for (const { id, missing } of all) noteLack(db, id, missing, instantOf(deps.clock));
  });
  deps.lackingChanged(lacking(deps));
}

/** Documents that lack something and that nobody has yet: those can still be completed. */
export function lacking({ store }: Pick<DeskDeps, 'store'>): { ids: string[] } {
  const subjects = lackingSubjects(store.read).map((id) => toComplete(store.read, id));
  return { ids: [...new Set(subjects.flatMap((one) => (one?.mayBeCompleted === true ? [one.id] : [])))] };
}
