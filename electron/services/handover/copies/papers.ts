import { fail, ok, type CodeOf, type Contract, type FileRef, type InputOf, type Outcome, type OutputOf, type SigningMissing, type StoredFile } from '#contract';
import { instantOf, vietnamDay } from '../../../foundation/clock.ts';
import { afterCommit, type ReadDb, type WriteDb } from '../../../store/index.ts';
import { currentAsker, mayRead, mayReadMember, noteAct } from '../../dossiers/index.ts';
import { actorOf } from '../../people/index.ts';
import { getCertification, setCertificationSigned, type SealPlace } from '../holdings/certifications.store.ts';
import { act as noteCertification } from '../holdings/certify.ts';
import { readablePackage } from '../holdings/of-package.ts';
import { forget } from '../holdings/waiting-certification.ts';
import type { HandoverDeps } from '../ports.ts';
import { endFile, getCopy, knownFile, setSigned, type KnownFile } from './copies.store.ts';

type Methods = Contract['copies'];
type Deps = Pick<HandoverDeps, 'store' | 'clock' | 'dossiersChanged'>;

/** A paper that the agency has to sign, as the signing desk needs it. */
export type PaperToSign = {
  readonly id: string;
  readonly kind: 'copy' | 'certification';
  /** what the signature shows: the words of a copy (art. 41.2), or the seal with its middle at a place */
  readonly shows: { readonly kind: 'copy-words' } | { readonly kind: 'seal'; readonly place: SealPlace };
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
  if (found === undefined) return certificationToSign(db, id);
  const { dossier, typeName, code, subject, recipient, file, state } = found;
  return { id, kind: 'copy', shows: { kind: 'copy-words' }, dossier, typeName, code, subject, recipient, file, mayBeSigned: state === 'waiting' };
}

function certificationToSign(db: ReadDb, id: string): PaperToSign | undefined {
  const found = getCertification(db, id);
  if (found === undefined) return undefined;
  const { dossier, code, wish, file, place, state } = found;
  return { id, kind: 'certification', shows: { kind: 'seal', place }, dossier, typeName: '', code, subject: wish.request.content, recipient: wish.recipient.name, file, mayBeSigned: state === 'waiting' };
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
    const copy = knownFile(db, id);
    const found = copy ?? getCertification(db, id);
    if (found === undefined) return fail('not-found');
    if (found.state !== 'waiting') return fail('wrong-step', { state: found.state });
    if (found.file.sha256 !== from) return fail('draft-changed');
    const moment = { at: instantOf(deps.clock), by: actor, reason: '' };
    const { certificate, by, level, missing } = made;
    const detail = { certificate, by, level, missing: missing === null ? null : { ...missing }, sha256: file.sha256 };
    if (copy === undefined) {
      setCertificationSigned(db, id, file, { by, at: moment.at, level, way: 'here' });
      noteCertification(deps, db, found.dossier, 'certification-signed', moment, { certification: id, code: found.code, way: 'here', ...detail });
    } else {
      setSigned(db, id, file, { certificate, by, at: moment.at, level });
      act(deps, db, copy, 'document-copy-signed', moment, detail);
    }
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

/**
 * The bytes of a copy or of a text that certifies one, for whoever may read its dossier; while it waits also for who keeps the agency's
 * token, as nobody signs what he may not see. Undefined for any other.
 */
export function archivePaperOf(db: ReadDb, id: string): FileRef | undefined {
  const copy = knownFile(db, id);
  const found = copy ?? getCertification(db, id);
  if (found === undefined || found.state === 'discarded' || found.state === 'removed') return undefined;
  const asker = currentAsker(db);
  if (found.state === 'waiting' && asker.roles.includes('clerk')) return found.file;
  if (copy === undefined) return readablePackage(db, 'package' in found ? found.package : '').ok ? found.file : undefined;
  // Whoever has the profile's key at a terminal is nobody by name. A document that was taken out of the dossier since has its copies all the same.
  const isArchivist = asker.person === null || asker.roles.includes('archivist');
  const mayRest = asker.roles.includes('administrator') && mayReadMember(db, asker, copy.member);
  return mayRead(db, asker, copy.dossier) && (isArchivist || mayRest) ? copy.file : undefined;
}
