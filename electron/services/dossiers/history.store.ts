import type { Json } from '../../foundation/canonical-json.ts';
import { newId } from '../../foundation/ids.ts';
import { all, changeOne, sql, type ReadDb, type WriteDb } from '../../store/index.ts';
import { appendAudit } from '../audit/index.ts';

/** Who does something when and why. */
export type Moment = { readonly at: string; readonly by: string; readonly reason: string };

type Detail = { readonly [key: string]: Json };

/** Writes down what was done to a plan or dossier, in its history and in the audit log, in the caller's transaction. */
export function noteAct(db: WriteDb, subject: { readonly plan: string } | { readonly dossier: string }, act: string, { at, by, reason }: Moment, detail: Detail = {}): void {
  const plan = 'plan' in subject ? subject.plan : null;
  const dossier = 'dossier' in subject ? subject.dossier : null;
  changeOne(
    db,
    sql`INSERT INTO dossier_act (id, plan, dossier, act, at, by, reason, detail)
        VALUES (${newId()}, ${plan}, ${dossier}, ${act}, ${at}, ${by}, ${reason}, ${JSON.stringify(detail)})`,
  );
  appendAudit(db, {
    at,
    actor: by,
    action: `${plan === null ? 'dossier' : 'file-plan'}.${act}`,
    subjectKind: plan === null ? 'dossier' : 'file-plan',
    subjectId: plan ?? dossier ?? '',
    detail: { ...detail, ...(reason === '' ? {} : { reason }) },
  });
}

export type NotedAct = { readonly id: string; readonly act: string; readonly at: string; readonly by: string; readonly reason: string; readonly detail: Record<string, unknown> };

/** Everything that was done to a plan or a dossier, oldest first. */
export function actsOn(db: ReadDb, subject: { readonly plan: string } | { readonly dossier: string }): NotedAct[] {
  const of = 'plan' in subject ? sql`plan = ${subject.plan}` : sql`dossier = ${subject.dossier}`;
  return all<Omit<NotedAct, 'detail'> & { detail: string }>(db, sql`SELECT id, act, at, by, reason, detail FROM dossier_act WHERE ${of} ORDER BY id`).map((row) => ({
    ...row,
    detail: JSON.parse(row.detail) as Record<string, unknown>,
  }));
}
