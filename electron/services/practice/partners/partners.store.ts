import { all, one, run, sql, type ReadDb, type WriteDb } from '../../../store/index.ts';

/** Something a partner will do. `action` is JSON of `PartnerAction`. */
export type StepRow = { readonly seq: number; readonly partner: string; readonly about: string; readonly action: string };

export function addStep(db: WriteDb, step: { partner: string; dueTick: number; about: string; action: string }): void {
  run(
    db,
    sql`INSERT INTO partner_step (partner, due_tick, about, action)
      VALUES (${step.partner}, ${step.dueTick}, ${step.about}, ${step.action})`,
  );
}

/** What is due at `tick`, in the order it was planned. */
export function dueSteps(db: ReadDb, tick: number): StepRow[] {
  return all<StepRow>(
    db,
    sql`SELECT seq, partner, about, action FROM partner_step WHERE due_tick <= ${tick} ORDER BY due_tick, seq`,
  );
}

/** True when it was still planned: a step struck out by a recall in between is not done any more. */
export function takeStep(db: WriteDb, seq: number): boolean {
  return run(db, sql`DELETE FROM partner_step WHERE seq = ${seq}`) === 1;
}

/** Strikes out what a partner still planned about a document. */
export function dropSteps(db: WriteDb, partner: string, about: string): void {
  run(db, sql`DELETE FROM partner_step WHERE partner = ${partner} AND about = ${about}`);
}

export function plannedSteps(db: ReadDb): number {
  return one<{ count: number }>(db, sql`SELECT COUNT(*) AS count FROM partner_step`)?.count ?? 0;
}

/** Remembers a document that reached a partner. */
export function rememberDocument(db: WriteDb, partner: string, documentId: string, notation: string): void {
  run(
    db,
    sql`INSERT INTO partner_document VALUES (${partner}, ${documentId}, ${notation}) ON CONFLICT DO NOTHING`,
  );
}

/** The id of a document that reached a partner, by that id or, where the message gives none, by its number. */
export function rememberedDocument(db: ReadDb, partner: string, documentId: string, notation: string): string | undefined {
  return one<{ id: string }>(
    db,
    sql`SELECT document_id AS id FROM partner_document WHERE partner = ${partner}
      AND (document_id = ${documentId} OR (${documentId} = '' AND notation = ${notation})) LIMIT 1`,
  )?.id;
}
