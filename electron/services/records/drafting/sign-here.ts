import { fail, ok, type DraftFile, type FileRef, type LifeState, type OutgoingDetail, type Outcome, type SigningMissing, type StoredFile } from '#contract';
import type { Json } from '../../../foundation/canonical-json.ts';
import { instantOf } from '../../../foundation/clock.ts';
import { afterCommit, type ReadDb, type WriteDb } from '../../../store/index.ts';
import { appendAudit } from '../../audit/index.ts';
import { documentsOfDraft, noteSealed } from '../numbered.store.ts';
import { getOutgoing, putOutgoingFiles } from '../outgoing.store.ts';
import { onDraft, writeTrace, type DraftingDeps } from './deps.ts';
import { contentOf, draftRow, insertAct, putVersion, setDraftState } from './draft.store.ts';
import { stateAfter } from './life.ts';
import { signedFacts } from './pdf-bytes.ts';

type Deps = Pick<DraftingDeps, 'store' | 'clock' | 'changed'>;

/** A draft or a row of the register as whoever signs it here needs it. */
export type ToSign = Pick<OutgoingDetail, 'id' | 'typeName' | 'subject' | 'urgency' | 'signerName' | 'signerPosition' | 'unitName'> & {
  readonly state: LifeState;
  /** whether the life of a document lets it be signed (a draft) or sealed (a row of the register) now */
  readonly mayBeSigned: boolean;
  /** whether its signatures may still be completed: they are there, and nobody has the file yet */
  readonly mayBeCompleted: boolean;
  /** version of a draft; 0 for a row of the register, whose files change by its steps alone */
  readonly version: number;
  /** number and symbol; '' for a draft */
  readonly code: string;
  readonly issuedDate: string | null;
  readonly main: FileRef | undefined;
  readonly attachments: readonly FileRef[];
  /** of a row of the register: the draft that it was */
  readonly draft: string | null;
  /** given to the outbox, or handed over on paper */
  readonly isSent: boolean;
};

/** A draft that the competent person may sign; undefined when there is none of this id. */
export function draftToSign(db: ReadDb, id: string): ToSign | undefined {
  const row = draftRow(db, id);
  if (row === undefined) return undefined;
  const { fields, files } = contentOf(db, id, row.version);
  const { typeName, subject, urgency, signerName, signerPosition, unitName } = fields;
  const ofRole = (role: DraftFile['role']): FileRef[] => files.filter((file) => file.role === role).map(({ role: _, ...file }) => file);
  return {
    ...{ id, typeName, subject, urgency, signerName, signerPosition, unitName },
    state: row.state,
    mayBeSigned: stateAfter(row.state, 'sign') !== undefined,
    mayBeCompleted: row.state === 'signed',
    version: row.version,
    code: '',
    issuedDate: null,
    main: ofRole('main')[0],
    attachments: ofRole('attachment'),
    draft: null,
    isSent: false,
  };
}

/** What may be completed under an id: a draft, or its row of the register once it has a number, or such a row. */
export function toComplete(db: ReadDb, id: string): ToSign | undefined {
  const draft = draftToSign(db, id);
  const document = draft?.state === 'numbered' ? documentsOfDraft(db, id).at(-1)?.id : undefined;
  return draft === undefined || document !== undefined ? documentToSeal(db, document ?? id) : draft;
}

const completable: readonly LifeState[] = ['numbered', 'sealed', 'issued'];

/** A row of the register that the agency may seal; undefined when there is none of this id. */
export function documentToSeal(db: ReadDb, id: string): ToSign | undefined {
  const found = getOutgoing(db, id);
  if (found === undefined) return undefined;
  const { state, typeName, subject, urgency, signerName, signerPosition, unitName, issuedDate, files } = found;
  const [main, ...attachments] = files;
  return {
    ...{ id, state, typeName, subject, urgency, signerName, signerPosition, unitName, issuedDate, main, attachments },
    mayBeSigned: stateAfter(state, 'seal') !== undefined,
    mayBeCompleted: completable.includes(state) && found.sentAt === null,
    version: 0,
    code: `${found.codeNumber}/${found.codeNotation}`,
    draft: found.draft,
    isSent: found.sentAt !== null,
  };
}

/** What is told of a signature that was made here, for the trace: certificate, level and what the level lacks. */
export type MadeSignature = {
  /** SHA-256 of the certificate */
  readonly certificate: string;
  /** name in the certificate */
  readonly by: string;
  readonly level: string;
  readonly missing: SigningMissing | null;
  /** found finished when the station started, after a run that had ended before it could note it */
  readonly recovered: boolean;
};

/** A file that takes the place of the one with the hash `from`. */
export type Replaced = { readonly from: string; readonly file: StoredFile };

export type SignedHere = {
  readonly id: string;
  readonly version: number;
  readonly files: readonly Replaced[];
  readonly made: MadeSignature;
  /** who asked for it */
  readonly actor: string;
};

/**
 * Notes that the competent person signed a draft here: the signed file is its new version, by the same step as one that came
 * back from elsewhere. A draft that is another by now refuses, and keeps what it has.
 */
export async function signDraftHere(deps: Deps, { id, version, files: replaced, made, actor }: SignedHere): Promise<Outcome<null, 'not-found' | 'wrong-step' | 'draft-changed'>> {
  const before = draftToSign(deps.store.read, id)?.main;
  const [main] = replaced;
  if (main === undefined || before?.sha256 !== main.from) return fail('draft-changed');
  const facts = await signedFacts(deps.store.blobs, before, main.file, 'program');
  const done = onDraft(deps, { id, version, actor }, 'sign', 'draft.signed', (db, { row, next, at }) => {
    const { fields, files } = contentOf(db, id, row.version);
    insertAct(db, id, { act: 'sign', at, person: fields.signerName, actor, comment: '', signed: facts });
    putVersion(db, id, { fields, files: inPlace(files, replaced) }, at, actor);
    setDraftState(db, id, { state: next, at, by: actor, signedAt: at });
    return ok({ signer: fields.signerName, ...facts, ...traceOf(made, replaced) });
  });
  return done.ok ? ok(null) : done;
}

/** Notes that the agency sealed a numbered document here, with the files that it signed. */
export async function sealHere(deps: Deps, { id, files: replaced, made, actor }: SignedHere): Promise<Outcome<null, 'not-found' | 'wrong-step' | 'draft-changed'>> {
  const before = documentToSeal(deps.store.read, id)?.main;
  const main = replaced.find(({ from }) => from === before?.sha256);
  if (before === undefined || main === undefined) return fail('draft-changed');
  const facts = await signedFacts(deps.store.blobs, before, main.file, 'program');
  return deps.store.write((db) => {
    const found = getOutgoing(db, id);
    if (found === undefined) return fail('not-found');
    if (stateAfter(found.state, 'seal') === undefined) return fail('wrong-step', { state: found.state });
    if (!areAll(found.files, replaced)) return fail('draft-changed');
    const at = instantOf(deps.clock);
    putOutgoingFiles(db, id, inPlace(found.files, replaced), at);
    noteSealed(db, id, at, actor);
    appendAudit(db, { at, actor, action: 'document.sealed', subjectKind: 'outgoing-document', subjectId: id, detail: { ...facts, ...traceOf(made, replaced) } });
    tell(deps, db, id);
    return ok(null);
  });
}

/**
 * Puts files with completed signatures in place. The state stays; who answers for the signature does too. What was sent
 * meanwhile, or has other files by now, refuses.
 */
export function completeHere(deps: Deps, { id, version, files: replaced, actor, ...reached }: Omit<SignedHere, 'made'> & Pick<MadeSignature, 'level' | 'missing'>): Outcome<null, 'not-found' | 'wrong-step' | 'draft-changed'> {
  return deps.store.write((db) => {
    const at = instantOf(deps.clock);
    const completedTrace = { ...reachedTrace(reached), files: filesTrace(replaced) };
    const draft = draftToSign(db, id);
    const found = draft ?? documentToSeal(db, id);
    if (found === undefined) return fail('not-found');
    if (!found.mayBeCompleted) return fail('wrong-step', { state: found.state });
    if (draft !== undefined) {
      const { fields, files } = contentOf(db, id, draft.version);
      if (draft.version !== version || !areAll(files, replaced)) return fail('draft-changed');
      putVersion(db, id, { fields, files: inPlace(files, replaced) }, at, actor);
      writeTrace(db, { at, actor }, { action: 'draft.signature-completed', draft: id, detail: completedTrace });
    } else {
      const { files } = getOutgoing(db, id) ?? { files: [] };
      if (!areAll(files, replaced)) return fail('draft-changed');
      putOutgoingFiles(db, id, inPlace(files, replaced), at);
      appendAudit(db, { at, actor, action: 'document.signature-completed', subjectKind: 'outgoing-document', subjectId: id, detail: completedTrace });
    }
    tell(deps, db, id);
    return ok(null);
  });
}

function areAll(files: readonly Pick<FileRef, 'sha256'>[], replaced: readonly Replaced[]): boolean {
  return replaced.every(({ from }) => files.some(({ sha256 }) => sha256 === from));
}

function inPlace<F extends FileRef>(files: readonly F[], replaced: readonly Replaced[]): Omit<F, 'id'>[] {
  return files.map(({ id: _, ...file }) => ({ ...file, ...replaced.find(({ from }) => from === file.sha256)?.file }));
}

function traceOf({ certificate, by, recovered, ...reached }: MadeSignature, replaced: readonly Replaced[]): { readonly [key: string]: Json } {
  return { certificate, by, ...reachedTrace(reached), files: filesTrace(replaced), ...(recovered ? { recovered } : {}) };
}

function reachedTrace({ level, missing }: Pick<MadeSignature, 'level' | 'missing'>): { readonly [key: string]: Json } {
  return { level, missing: missing === null ? null : { ...missing } };
}

function filesTrace(replaced: readonly Replaced[]): { name: string; before: string; sha256: string }[] {
  return replaced.map(({ from, file }) => ({ name: file.name, before: from, sha256: file.sha256 }));
}

function tell(deps: Deps, db: WriteDb, id: string): void {
  afterCommit(db, () => {
    deps.changed([id]);
  });
}
