import { fail, ok, type CodeOf, type Contract, type Outcome, type OutputOf } from '#contract';
import { instantOf } from '../../../foundation/clock.ts';
import { appendAudit } from '../../audit/index.ts';
import { actorOf } from '../../people/index.ts';
import { enterMessage, firstDamaged, insertArrival, waitingMessage } from '../../records/index.ts';
import { readAgency } from '../../settings/index.ts';
import { arrivalOf } from '../arrival-of.ts';
import { missingIn, obstacleOf, readWaiting, type MessageFileDeps } from './message.ts';

type Method = Contract['messageFiles']['enter'];

/**
 * Writes a document that came as a message in a file into the register of arrivals (NĐ 30/2020 art. 22.2: one register,
 * however a document came), its fields as the sender wrote them. It is no arrival over the axis: no status leaves, and what
 * it may replace is left to a person, as nobody vouches for who made the file.
 */
export async function enterMessageFile(deps: MessageFileDeps, id: string): Promise<Outcome<OutputOf<Method>, CodeOf<Method>>> {
  const { store, clock } = deps;
  const waiting = await readWaiting(store, id);
  if (!waiting.ok) return waiting;
  const { file, message, files } = waiting.value;
  const obstacle = obstacleOf(message);
  if (message.kind === 'status' || obstacle !== null) {
    return fail(obstacle ?? 'message-no-document', { file: message.kind === 'status' ? '' : missingIn(message).join(', ') });
  }
  const damaged = await firstDamaged(store.blobs, files);
  if (damaged !== undefined) return fail('file-damaged', { file: damaged });
  for (const part of files) if (await deps.isSecret(part)) return fail('secret-refused');
  const entered = store.write((db) => {
    // Somebody else may have entered it or put it away meanwhile.
    if (waitingMessage(db, id) === undefined) return fail('file-not-waiting');
    const at = instantOf(clock);
    const arrival = arrivalOf(message, files, at, readAgency(db).organId);
    const document = insertArrival(db, arrival, 'file');
    enterMessage(db, id, document);
    appendAudit(db, {
      at,
      actor: actorOf(db).name,
      action: 'document.entered',
      subjectKind: 'incoming-document',
      subjectId: document,
      detail: {
        source: 'file',
        message: { name: file.name, sha256: file.sha256 },
        documentId: arrival.documentId,
        issuer: arrival.issuer.organId,
        code: `${arrival.codeNumber}/${arrival.codeNotation}`,
        subject: arrival.subject,
        files: files.map(({ name, sha256 }) => ({ name, sha256 })),
      },
    });
    return ok({ document });
  });
  if (entered.ok) deps.changed([entered.value.document]);
  return entered;
}
