import { fail, ok, type CodeOf, type Contract, type InputOf, type Outcome, type OutputOf, type StoredFile } from '#contract';
import { instantOf } from '../../foundation/clock.ts';
import { BlobDamaged, BlobMissing, type Blobs } from '../../store/index.ts';
import { appendAudit } from '../audit/index.ts';
import { actorOf } from '../people/index.ts';
import { currentOffice, readSettings } from '../settings/index.ts';
import { linkReply } from './handling/answers.store.ts';
import { stateOf } from './incoming.store.ts';
import { codeTaken } from './numbers/series.store.ts';
import { getOutgoing, insertOutgoing, putOutgoingFiles } from './outgoing.store.ts';
import type { RegisterDeps } from './register-incoming.ts';

type Method = Contract['records']['recordOutgoing'];

/**
 * Writes down a document that was signed, numbered and dated, with its files, in one transaction. Its DocumentId has the
 * form that is seen on the axis, `<OrganId>,<yyyy/MM/dd>,<number>/<notation>` (axis.md §2.2, 1.14).
 */
export async function recordOutgoing(
  deps: RegisterDeps,
  input: InputOf<Method>,
): Promise<Outcome<OutputOf<Method>, CodeOf<Method>>> {
  const operator = actorOf(deps.store.read).name;
  const damaged = await firstDamaged(deps.store.blobs, input.files);
  if (damaged !== undefined) return fail('file-damaged', { file: damaged });
  return deps.store.write((db) => {
    const { agency } = readSettings(db);
    if (agency.organId === '') return fail('agency-missing');
    if (input.repliesTo !== null && stateOf(db, input.repliesTo) === undefined) return fail('not-found');
    const { codeNumber, codeNotation, issuedDate } = input;
    if (codeTaken(db, currentOffice(db), Number(issuedDate.slice(0, 4)), codeNumber, codeNotation)) {
      return fail('number-taken', { field: 'codeNumber', code: `${codeNumber}/${codeNotation}` });
    }
    const at = instantOf(deps.clock);
    const documentId = `${agency.organId},${issuedDate.replaceAll('-', '/')},${codeNumber}/${codeNotation}`;
    const { files, ...fields } = input;
    const id = insertOutgoing(db, { ...fields, documentId, issuedAt: at, issuedBy: operator });
    putOutgoingFiles(db, id, files, at);
    if (input.repliesTo !== null) linkReply(db, input.repliesTo, id);
    appendAudit(db, {
      at,
      actor: operator,
      action: 'document.issued',
      subjectKind: 'outgoing-document',
      subjectId: id,
      detail: {
        documentId,
        code: `${codeNumber}/${codeNotation}`,
        subject: input.subject,
        repliesTo: input.repliesTo,
        files: files.map((file) => ({ name: file.name, sha256: file.sha256 })),
      },
    });
    const detail = getOutgoing(db, id);
    if (detail === undefined) throw new Error('a document that was just written is gone');
    return ok(detail);
  });
}

/** The name of the first file whose bytes are not whole in the store; undefined when all are. */
export async function firstDamaged(blobs: Blobs, files: readonly StoredFile[]): Promise<string | undefined> {
  for (const file of files) {
    try {
      const { size } = await blobs.verify(file.sha256);
      if (size !== file.size) return file.name;
    } catch (error) {
      if (error instanceof BlobMissing || error instanceof BlobDamaged) return file.name;
      throw error;
    }
  }
  return undefined;
}
