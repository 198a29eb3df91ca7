import { fail, ok, type CodeOf, type Contract, type Outcome, type OutputOf, type ParsedInputOf } from '#contract';
import { instantOf, vietnamDay } from '../../../foundation/clock.ts';
import type { WriteDb } from '../../../store/index.ts';
import { appendAudit } from '../../audit/index.ts';
import { actorOf } from '../../people/index.ts';
import { registerInto, type RegisterDeps } from '../register-incoming.ts';
import { filesToEnter, insertByHand } from './intake.store.ts';

type Method = Contract['intake']['addIncoming'];

/**
 * Writes down a document that came on paper or as a file (NĐ 30/2020 art. 22.2: one register for paper and electronic
 * documents), with the files that waited for it, and enters it in the register when asked: all of it or nothing.
 */
export function addIncoming(deps: RegisterDeps, input: ParsedInputOf<Method>): Outcome<OutputOf<Method>, CodeOf<Method>> {
  try {
    return deps.store.write((db) => {
      const added = putDocument(deps, db, input);
      if (!added.ok) return added;
      if (!input.register) return ok({ id: added.value, arrivalNumber: null, arrivalYear: null });
      const registered = registerInto(db, deps, { id: added.value, ...(input.book === undefined ? {} : { book: input.book }) });
      if (registered.ok) return ok({ id: added.value, arrivalNumber: registered.value.arrivalNumber, arrivalYear: registered.value.arrivalYear });
      const { code, params } = registered.failure;
      throw code === 'series-closed' || code === 'series-unknown' ? new NotRegistered(code, params) : new Error(`a document that was just written was not registered: ${code}`);
    });
  } catch (error) {
    if (error instanceof NotRegistered) return fail(error.code, error.params);
    throw error;
  }
}

/** Undoes the transaction: a document that shall be registered is not left behind without its number. */
class NotRegistered extends Error {
  readonly code: 'series-closed' | 'series-unknown';
  readonly params: Readonly<Record<string, string | number>> | undefined;
  constructor(code: NotRegistered['code'], params: Readonly<Record<string, string | number>> | undefined) {
    super(code);
    this.code = code;
    this.params = params;
  }
}

function putDocument(deps: RegisterDeps, db: WriteDb, input: ParsedInputOf<Method>): Outcome<string, CodeOf<Method>> {
  const { fields, source } = input;
  const now = deps.clock.now();
  const today = vietnamDay(now);
  if (fields.arrivedOn > today) return fail('arrival-in-future', { field: 'arrivedOn' });
  if (fields.issuedDate !== null && fields.issuedDate > fields.arrivedOn) return fail('issued-after-arrival', { field: 'issuedDate' });
  if (fields.dueDate !== null && fields.issuedDate !== null && fields.dueDate < fields.issuedDate) return fail('due-before-issue', { field: 'dueDate' });
  if (source === 'file' && input.files.length === 0) return fail('file-missing');
  const files = filesToEnter(db, input.files);
  if (files === undefined) return fail('file-not-waiting');
  const at = instantOf(deps.clock);
  // Of an earlier day the hour is not known: it is the day that the register shows.
  const arrivedAt = fields.arrivedOn === today ? at : new Date(`${fields.arrivedOn}T00:00:00.000+07:00`).toISOString();
  const id = insertByHand(db, fields, { source, arrivedAt, files });
  appendAudit(db, {
    at,
    actor: actorOf(db).name,
    action: 'document.entered',
    subjectKind: 'incoming-document',
    subjectId: id,
    detail: {
      source,
      code: `${fields.codeNumber}/${fields.codeNotation}`,
      issuer: fields.issuerName,
      subject: fields.subject,
      arrivedOn: fields.arrivedOn,
      files: files.map((file) => ({ name: file.name, sha256: file.sha256 })),
    },
  });
  return ok(id);
}
