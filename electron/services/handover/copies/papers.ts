import { fail, ok, type CodeOf, type Contract, type FileRef, type InputOf, type Outcome, type OutputOf, type SigningMissing, type StoredFile } from '#contract';
import { instantOf, vietnamDay } from '../../../foundation/clock.ts';
import { afterCommit, type ReadDb, type WriteDb } from '../../../store/index.ts';
import { currentAsker, mayRead, mayReadMember, noteAct } from '../../dossiers/index.ts';
import { isInUse } from '../../exchange/index.ts';
import { actorOf } from '../../people/index.ts';
import type { HandoverDeps } from '../ports.ts';
import { endFile, getCopy, knownFile, setSigned, type KnownFile } from './copies.store.ts';

type Methods = Contract['copies'];
type Deps = Pick<HandoverDeps, 'store' | 'clock' | 'dossiersChanged'>;

/** A paper that the agency has to sign, as the signing desk needs it. */
export type PaperToSign = {
  readonly id: string;
  readonly kind: 'copy';
  readonly dossier: string;
  readonly typeName: string;
  readonly code: string;
  readonly subject: string;
  readonly recipient: string;
  readonly file: FileRef;
  readonly mayBeSigned: boolean;
};

/** What waits for the agency under an id; undefined when no paper of the archive has it. */
export function paperToSign(db: ReadDb, id: string): PaperToSign | undefined {
  const found = knownFile(db, id);
  if (found === undefined) return undefined;
  const { dossier, typeName, code, subject, recipient, file, state } = found;
  return { id, kind: 'copy', dossier, typeName, code, subject, recipient, file, mayBeSigned: state === 'waiting' };
}

export type SignedPaper = {
  readonly id: string;
  /** hash of what was signed */
  readonly from: string;
  readonly file: StoredFile;
  readonly made: { readonly certificate: string; readonly by: string; readonly level: string; readonly missing: SigningMissing | null };
  /** who had it signed */
  readonly actor: string;
};

/** Notes that the agency signed a paper: the signed file stands in its place, and what waited goes. */
export async function notePaper(deps: Deps, { id, from, file, made, actor }: SignedPaper): Promise<Outcome<null, 'not-found' | 'wrong-step' | 'draft-changed'>> {
  const { store } = deps;
  const done = store.write((db): Outcome<null, 'not-found' | 'wrong-step' | 'draft-changed'> => {
    const found = knownFile(db, id);
    if (found === undefined) return fail('not-found');
    if (found.state !== 'waiting') return fail('wrong-step', { state: found.state });
    if (found.file.sha256 !== from) return fail('draft-changed');
    const at = instantOf(deps.clock);
    const { certificate, by, level, missing } = made;
    setSigned(db, id, file, { certificate, by, at, level });
    act(deps, db, found, 'document-copy-signed', { at, by: actor, reason: '' }, { certificate, by, level, missing: missing === null ? null : { ...missing }, sha256: file.sha256 });
    return ok(null);
  });
  if (done.ok) await forget(deps, from);
  return done;
}

/** Throws a copy away that nobody signed. */
export async function discardCopy(deps: Deps, { file: id, reason }: InputOf<Methods['discard']>): Promise<Outcome<OutputOf<Methods['discard']>, CodeOf<Methods['discard']>>> {
  const { store, clock } = deps;
  const done = store.write((db): Outcome<KnownFile, CodeOf<Methods['discard']>> => {
    const found = knownFile(db, id);
    if (found === undefined) return fail('not-found');
    if (!mayRead(db, currentAsker(db), found.dossier)) return fail('no-access');
    if (found.state !== 'waiting') return fail('copies-step');
    const moment = { at: instantOf(clock), by: actorOf(db).name, reason };
    endFile(db, id, 'discarded', moment);
    act(deps, db, found, 'document-copy-discarded', moment, { sha256: found.file.sha256 });
    return ok(found);
  });
  if (!done.ok) return done;
  await forget(deps, done.value.file.sha256);
  return shown(deps, done.value.copy);
}

/** Deletes the files of a copy whose days are over (TT 05/2025/TT-BNV art. 40.6); who got it and when stays on record. */
export async function removeCopy(deps: Deps, { copy: id }: InputOf<Methods['remove']>): Promise<Outcome<OutputOf<Methods['remove']>, CodeOf<Methods['remove']>>> {
  const { store, clock } = deps;
  const today = vietnamDay(clock.now());
  const done = store.write((db): Outcome<readonly KnownFile[], CodeOf<Methods['remove']>> => {
    const copy = getCopy(db, id, today);
    if (copy === undefined) return fail('not-found');
    if (!mayRead(db, currentAsker(db), copy.dossier)) return fail('no-access');
    const files = copy.files.flatMap((one) => (one.state === 'ready' ? (knownFile(db, one.id) ?? []) : []));
    const [first] = files;
    if (first === undefined) return fail('copies-step');
    if (copy.term === 'open') return fail('copies-not-over', { day: copy.downloadUntil });
    const moment = { at: instantOf(clock), by: actorOf(db).name, reason: '' };
    for (const file of files) endFile(db, file.id, 'removed', moment);
    act(deps, db, first, 'document-copy-removed', moment, { files: files.map(({ file }) => file.sha256) });
    return ok(files);
  });
  if (!done.ok) return done;
  for (const { file } of done.value) await forget(deps, file.sha256);
  return shown(deps, id);
}

function shown({ store, clock }: Deps, id: string): { readonly ok: true; readonly value: NonNullable<ReturnType<typeof getCopy>> } {
  const copy = getCopy(store.read, id, vietnamDay(clock.now()));
  if (copy === undefined) throw new Error('a copy stays on record');
  return ok(copy);
}

function act(deps: Deps, db: WriteDb, { copy, dossier, code, recipient, file }: KnownFile, name: string, moment: Parameters<typeof noteAct>[3], detail: Parameters<typeof noteAct>[4]): void {
  noteAct(db, { dossier }, name, moment, { copy, document: code, name: file.name, recipient, ...detail });
  afterCommit(db, () => {
    deps.dossiersChanged([dossier]);
  });
}

/** The bytes go unless something else that stands has the very same. */
async function forget({ store }: Deps, sha256: string): Promise<void> {
  if (store.blobs.has(sha256) && !isInUse(store.read, sha256)) await store.blobs.remove(sha256);
}

/**
 * The bytes of a copied file for whoever may read its dossier; of one that waits also for who keeps the agency's token, as nobody signs
 * what he may not see. Undefined for any other.
 */
export function copyFileOf(db: ReadDb, id: string): FileRef | undefined {
  const found = knownFile(db, id);
  if (found === undefined || (found.state !== 'waiting' && found.state !== 'ready')) return undefined;
  const asker = currentAsker(db);
  if (found.state === 'waiting' && asker.roles.includes('clerk')) return found.file;
  // A document that was taken out of the dossier since has its copies all the same.
  const isThere = mayRead(db, asker, found.dossier);
  // Whoever has the profile's key at a terminal is nobody by name.
  const isArchivist = asker.person === null || asker.roles.includes('archivist');
  return isThere && (isArchivist || (asker.roles.includes('administrator') && mayReadMember(db, asker, found.member))) ? found.file : undefined;
}
