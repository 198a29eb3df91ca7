import type { DeskDecision, DocumentVerdicts, FileVerdict } from '#contract';
import type { ReadDb } from '../../store/index.ts';
import { deskDecision, newestVerdict, reasonSentence } from '../verification/index.ts';
import { alarmOf, deskDocument, filesOf, queueStateOf, type DeskDocument } from './documents.store.ts';
import { readPolicies } from './policies.ts';
import type { Words } from './ports.ts';

const strictness = ['accept', 'ask', 'refuse'] as const;

/** The verdicts on the files of a document, and what the office's policy makes of each. Undefined when there is no such document. */
export function fileVerdicts(db: ReadDb, document: DeskDocument, practice: boolean): FileVerdict[] {
  const policy = readPolicies(db, practice)[document.source];
  return filesOf(db, document).map((file) => {
    const state = queueStateOf(db, file.sha256);
    const kept = state === undefined ? undefined : newestVerdict(db, file.sha256);
    if (kept === undefined) return { file, state: state === undefined ? 'other' : 'waiting', result: null, decision: null };
    const decision = document.direction === 'incoming' ? deskDecision(policy, kept.verdict) : null;
    return { file, state: state ?? 'other', result: kept, decision };
  });
}

/**
 * What the policy says of a document: of its files the one that is signed best stands for "no signature", as annexes are covered
 * by the letter that names them; anything that is wrong with one file is wrong with the document. Null while nothing is known.
 */
function decisionOf(files: readonly FileVerdict[]): DeskDecision | null {
  const signed = files.some(({ result }) => result?.verdict.state === 'signed');
  const counted = files.flatMap(({ decision }) => (decision === null || (signed && decision.why === 'no-signature') ? [] : [decision]));
  const [strictest] = counted.toSorted((a, b) => strictness.indexOf(b.decision) - strictness.indexOf(a.decision));
  return strictest ?? null;
}

/** The same by the document's id, for who registers it; null when nothing is known of it. */
export function decisionOn(db: ReadDb, id: string, practice: boolean): DeskDecision | null {
  const document = deskDocument(db, id);
  return document?.direction === 'incoming' ? decisionOf(fileVerdicts(db, document, practice)) : null;
}

/** What asks for attention in a list; null where nothing does, or somebody has seen to it. */
export function markOn(db: ReadDb, id: string, practice: boolean): DeskDecision | null {
  const document = deskDocument(db, id);
  if (document?.direction !== 'incoming' || document.standing === 'ended') return null;
  if (document.standing === 'registered') {
    const alarm = alarmOf(db, id);
    return alarm === null || alarm.settledAt !== null ? null : { decision: alarm.decision, why: alarm.why };
  }
  const decision = decisionOf(fileVerdicts(db, document, practice));
  return decision === null || decision.decision === 'accept' ? null : decision;
}

/** Everything that the desk knows of a document's signatures. */
export function verdictsOf(db: ReadDb, document: DeskDocument, practice: boolean, words: Words): DocumentVerdicts {
  const { id } = document;
  const files = fileVerdicts(db, document, practice);
  const decision = document.direction === 'incoming' ? decisionOf(files) : null;
  return {
    document: id,
    direction: document.direction,
    files,
    decision,
    pending: files.some(({ state, result }) => state === 'waiting' && result === null),
    alarm: alarmOf(db, id),
    returnReason: decision === null || decision.decision === 'accept' ? '' : returnReason(files, decision, words),
  };
}

/** As long as a reason of status 02 may be. */
const longest = 500;

/** What the sender reads with status 02: what is wrong, by file, and what is wanted. In Vietnamese, whatever the screen speaks. */
function returnReason(files: readonly FileVerdict[], { why }: DeskDecision, words: Words): string {
  const doubted = files.filter(({ decision }) => decision?.why === why);
  const details = doubted.map(({ file, result }) => {
    const verdict = result?.verdict;
    const reasons = verdict === undefined ? [] : [...verdict.reasons, ...verdict.signatures.flatMap((one) => [one.cryptography, one.coverage, one.trust].flatMap((part) => part.reasons))];
    const causes = [...new Set(reasons.slice(0, 2).map((one) => finding(reasonSentence(one, words))))];
    return `${file.name}: ${causes.length === 0 ? words(`verification.desk.${why}`, {}) : causes.join(' ')}`;
  });
  const text = [words(`verification.desk.${why}`, {}), ...details, words('verdict.return.wanted', {})].join(' ');
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}

/** The first sentence of a finding: what follows it tells the clerk, not the sender, what to do. */
function finding(sentence: string): string {
  return /^.*?\.(?=\s|$)/.exec(sentence)?.[0] ?? sentence;
}
