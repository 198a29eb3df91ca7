import { appendAudit, type AuditFact } from '../audit/index.ts';
import type { WriteDb } from '../../store/index.ts';
import { actorOf } from './session.ts';

/** Writes what was done to offices, persons and accounts into the log, under the name of who does it. */
export function note(db: WriteDb, at: string, action: string, subject: readonly [kind: string, id: string], detail: AuditFact['detail']): void {
  appendAudit(db, { at, actor: actorOf(db).name, action: `people.${action}`, subjectKind: subject[0], subjectId: subject[1], detail });
}
