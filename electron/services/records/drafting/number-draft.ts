import { fail, ok, type CodeOf, type Contract, type DraftFields, type NumberKey, type NumberOutcome, type Outcome, type OutputOf, type ParsedInputOf } from '#contract';
import { instantOf, vietnamDay } from '../../../foundation/clock.ts';
import { afterCommit, type WriteDb } from '../../../store/index.ts';
import { appendAudit } from '../../audit/index.ts';
import { readSettings } from '../../settings/index.ts';
import { linkReply } from '../handling/answers.store.ts';
import { insertNumbered, noteVoided, numberOf } from '../numbered.store.ts';
import { changeEntry, findEntry } from '../numbers/series.store.ts';
import { takeHeldNumber, takeOutgoingNumber, type NumberRequest } from '../numbers/take.ts';
import { getOutgoing, putOutgoingFiles } from '../outgoing.store.ts';
import { actorOf } from './actor.ts';
import { afterStep, writeTrace, type DraftingDeps } from './deps.ts';
import { contentOf, draftRow, insertAct, setDraftState, voidApprovals } from './draft.store.ts';
import { stateAfter } from './life.ts';

type Methods = Contract['drafting'];
type Answer<M extends keyof Methods> = Outcome<OutputOf<Methods[M]>, CodeOf<Methods[M]>>;

/** Undoes the transaction of a draft that cannot have a number: then its number is not taken either. */
class NotNumbered extends Error {
  readonly failure: NonNullable<NumberOutcome['failure']>;
  constructor(code: string, params: NonNullable<NumberOutcome['failure']>['params'] = {}) {
    super(code);
    this.failure = { code, params };
  }
}

/**
 * Gives each draft its number and the date (NĐ 30/2020 art. 15): number, register row, files and trace are one transaction
 * per draft. The day may not lie ahead, nor before the day of the number before it: numbers run on with time. A draft for
 * which one was kept takes that one, between whose neighbours its day must lie.
 */
export function numberDrafts(deps: DraftingDeps, { drafts, day, kept = [] }: ParsedInputOf<Methods['number']>): Answer<'number'> {
  if (day > vietnamDay(deps.clock.now())) return fail('date-ahead', { field: 'day' });
  return ok(
    drafts.map((draft): NumberOutcome => {
      try {
        return { draft, document: deps.store.write((db) => numberOne(deps, db, { draft, day, held: kept.find((one) => one.draft === draft)?.number })), failure: null };
      } catch (error) {
        if (error instanceof NotNumbered) return { draft, document: null, failure: error.failure };
        throw error;
      }
    }),
  );
}

type Numbering = { readonly draft: string; readonly day: string; readonly held: NumberKey | undefined };

function numberOne(deps: DraftingDeps, db: WriteDb, { draft, day, held }: Numbering): NonNullable<NumberOutcome['document']> {
  const row = draftRow(db, draft);
  if (row === undefined) throw new NotNumbered('not-found');
  const next = stateAfter(row.state, 'number');
  if (next === undefined) throw new NotNumbered('wrong-step', { state: row.state });
  const { agency } = readSettings(db);
  if (agency.organId === '') throw new NotNumbered('agency-missing');
  const { fields, files } = contentOf(db, draft, row.version);
  const [at, actor] = [instantOf(deps.clock), actorOf(db)];
  const request = requestOf(fields, day, at);
  const taking = held === undefined ? takeOutgoingNumber(db, request) : takeHeldNumber(db, held, request);
  if (!taking.ok) throw new NotNumbered(taking.failure.code, { ...taking.failure.params });
  const taken = taking.value;
  const code = `${taken.codeNumber}/${taken.codeNotation}`;
  const documentId = `${agency.organId},${day.replaceAll('-', '/')},${code}`;
  const id = insertNumbered(db, { draft, drafter: row.created_by, fields, taken, documentId, day, signedAt: row.signed_at, at, by: actor });
  const sent = files.filter((file) => file.role !== 'source');
  putOutgoingFiles(db, id, sent, at);
  if (fields.repliesTo !== null) linkReply(db, fields.repliesTo, id);
  setDraftState(db, draft, { state: 'numbered', at, by: actor, signedAt: row.signed_at });
  writeTrace(db, { at, actor }, { action: 'draft.numbered', draft, detail: { number: code, document: id, ...(held === undefined ? {} : { kept: true }) } });
  appendAudit(db, {
    at,
    actor,
    action: 'document.numbered',
    subjectKind: 'outgoing-document',
    subjectId: id,
    detail: {
      documentId,
      number: code,
      series: taken.series,
      day,
      draft,
      ...(held === undefined ? {} : { kept: true }),
      subject: fields.subject,
      files: sent.map((file) => ({ name: file.name, sha256: file.sha256 })),
    },
  });
  afterCommit(db, () => {
    deps.changed([draft, id]);
  });
  return { id, codeNumber: taken.codeNumber, codeNotation: taken.codeNotation };
}

/** What a draft tells of itself to those who give numbers. */
export function requestOf(fields: DraftFields, day: string, at: string): NumberRequest {
  const { typeName, signerAuthority } = fields;
  const unit = fields.unit ?? (fields.unitName === '' ? null : fields.unitName);
  return { day, at, typeName, unit, body: fields.body === '' ? null : fields.body, signerAuthority };
}

/**
 * Gives up a number that has not gone out. The row stays in the register with its reason, its number is never given again,
 * and the draft is a draft again, its signature and checks void.
 */
export function voidNumber(deps: DraftingDeps, { document, reason }: ParsedInputOf<Methods['voidNumber']>): Answer<'voidNumber'> {
  return deps.store.write((db) => {
    const found = getOutgoing(db, document);
    if (found?.draft === undefined || found.draft === null) return fail('not-found');
    if (stateAfter(found.state, 'void') === undefined) return fail('wrong-step', { state: found.state });
    const [at, actor] = [instantOf(deps.clock), actorOf(db)];
    const code = `${found.codeNumber}/${found.codeNotation}`;
    noteVoided(db, document, at, reason);
    voidEntry(db, document, { reason, at, by: actor });
    const voided = voidApprovals(db, found.draft, at, reason);
    insertAct(db, found.draft, { act: 'reopen', at, person: actor, actor, comment: reason });
    setDraftState(db, found.draft, { state: 'draft', at, by: actor, returnedReason: reason });
    writeTrace(db, { at, actor }, { action: 'draft.reopened', draft: found.draft, detail: { number: code, document, reason, voided } });
    appendAudit(db, {
      at,
      actor,
      action: 'document.voided',
      subjectKind: 'outgoing-document',
      subjectId: document,
      detail: { number: code, reason, draft: found.draft },
    });
    afterCommit(db, () => {
      deps.changed([document]);
    });
    return ok(afterStep(deps, db, found.draft));
  });
}

/** The book of numbers says that the number is given up, and why. */
function voidEntry(db: WriteDb, document: string, said: { readonly reason: string; readonly at: string; readonly by: string }): void {
  const place = numberOf(db, document);
  const entry = place === undefined ? undefined : findEntry(db, place.series, place.number, place.suffix);
  if (entry !== undefined) changeEntry(db, { ...entry, state: 'void', ...said });
}
