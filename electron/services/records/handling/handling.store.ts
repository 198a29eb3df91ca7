import type { Assignment, Direction, HandlingAct, HandlingResult, HandlingStep, IncomingState, Party } from '#contract';
import { newId } from '../../../foundation/ids.ts';
import { all, changeOne, one, run, sql, type ReadDb, type WriteDb } from '../../../store/index.ts';
import type { Actor } from './actor.ts';

/** What a document itself keeps of its handling. */
export type HandlingFacts = {
  readonly source: 'axis' | 'file' | 'paper';
  readonly typeName: string;
  readonly urgency: number;
  readonly issuerOrganId: string;
  readonly issuerName: string;
  readonly leader: string | null;
  readonly leaderName: string;
  readonly dueDate: string | null;
  readonly deadline: string | null;
  readonly deadlineBasis: '' | 'directed' | 'rule';
  readonly result: HandlingResult | null;
  readonly doneAt: string | null;
};

/** Those facts of a document; undefined when there is none. */
export function handlingFactsOf(db: ReadDb, document: string): HandlingFacts | undefined {
  return one<HandlingFacts>(
    db,
    sql`SELECT source, type_name AS typeName, urgency, issuer_organ_id AS issuerOrganId, issuer_name AS issuerName, leader,
          leader_name AS leaderName, due_date AS dueDate, deadline, deadline_basis AS deadlineBasis, result, done_at AS doneAt
        FROM incoming_document WHERE id = ${document}`,
  );
}

/** From where a document came; undefined when there is none. */
export function sourceOf(db: ReadDb, document: string): HandlingFacts['source'] | undefined {
  return one<{ source: HandlingFacts['source'] }>(db, sql`SELECT source FROM incoming_document WHERE id = ${document}`)?.source;
}

/** Writes a step down; it stays for good. */
export function insertStep(
  db: WriteDb,
  step: {
    readonly document: string;
    readonly act: HandlingAct;
    readonly from: IncomingState;
    readonly to: IncomingState;
    readonly at: string;
    readonly by: Actor;
    readonly note: string;
    readonly party: string;
    readonly statusCode: string;
  },
): void {
  changeOne(
    db,
    sql`INSERT INTO handling_step (id, document, act, from_standing, to_standing, at, by_person, by_name, note, party, status_code)
        VALUES (${newId()}, ${step.document}, ${step.act}, ${step.from}, ${step.to}, ${step.at}, ${step.by.person}, ${step.by.name},
          ${step.note}, ${step.party}, ${step.statusCode})`,
  );
}

/** Whether the sender was told a status about a document before. */
export function wasTold(db: ReadDb, document: string, statusCode: string): boolean {
  return one(db, sql`SELECT 1 FROM handling_step WHERE document = ${document} AND status_code = ${statusCode}`) !== undefined;
}

/** Every step of a document, oldest first. */
export function stepsOf(db: ReadDb, document: string): HandlingStep[] {
  return all<HandlingStep>(
    db,
    sql`SELECT act, from_standing AS "from", to_standing AS "to", at, by_name AS "by", note, party, status_code AS statusCode
        FROM handling_step WHERE document = ${document} ORDER BY id`,
  );
}

/** Notes before whom a document lies; nobody when it was taken back. */
export function putLeader(db: WriteDb, document: string, leader: string | null, name: string): void {
  changeOne(db, sql`UPDATE incoming_document SET leader = ${leader}, leader_name = ${name} WHERE id = ${document}`);
}

/** Sets the day by which the work must be done; null lets the sender's day hold. */
export function putDeadline(db: WriteDb, document: string, deadline: string | null, basis: '' | 'directed' | 'rule'): void {
  changeOne(db, sql`UPDATE incoming_document SET deadline = ${deadline}, deadline_basis = ${basis} WHERE id = ${document}`);
}

/** Notes with what the work ended, or that it goes on. */
export function putResult(db: WriteDb, document: string, result: HandlingResult | null, at: string | null): void {
  changeOne(db, sql`UPDATE incoming_document SET result = ${result}, done_at = ${at} WHERE id = ${document}`);
}

/** Writes a direction; answers its id. */
export function insertDirection(db: WriteDb, document: string, direction: Omit<Direction, 'id'>): string {
  const id = newId();
  changeOne(
    db,
    sql`INSERT INTO direction (id, document, text, leader, leader_name, delegated_as, given_on, from_paper, recorded_at, recorded_by)
        VALUES (${id}, ${document}, ${direction.text}, ${direction.leader}, ${direction.leaderName}, ${direction.delegatedAs},
          ${direction.givenOn}, ${direction.fromPaper ? 1 : 0}, ${direction.recordedAt}, ${direction.recordedBy})`,
  );
  return id;
}

/** Every direction about a document, oldest first. */
export function directionsOf(db: ReadDb, document: string): Direction[] {
  type Row = Omit<Direction, 'fromPaper'> & { fromPaper: number };
  return all<Row>(
    db,
    sql`SELECT id, text, leader, leader_name AS leaderName, delegated_as AS delegatedAs, given_on AS givenOn,
          from_paper AS fromPaper, recorded_at AS recordedAt, recorded_by AS recordedBy
        FROM direction WHERE document = ${document} ORDER BY id`,
  ).map((row) => ({ ...row, fromPaper: row.fromPaper === 1 }));
}

/** An assignment as it is stored; working days are the reader's matter. */
export type StoredAssignment = Omit<Assignment, 'dueDays'>;

const assignmentColumns = sql`id, direction, part, unit, unit_name AS unitName, person, person_name AS personName, deadline, due, state,
  transferred_on AS transferredOn, received_at AS receivedAt, received_by AS receivedBy, ended_at AS endedAt, ended_note AS endedNote`;

/** Every assignment of a document, oldest first. */
export function assignmentsOf(db: ReadDb, document: string): StoredAssignment[] {
  return all<StoredAssignment>(db, sql`SELECT ${assignmentColumns} FROM assignment WHERE document = ${document} ORDER BY id`);
}

/** One assignment with its document; undefined when there is none. */
export function findAssignment(db: ReadDb, id: string): (StoredAssignment & { readonly document: string }) | undefined {
  return one(db, sql`SELECT ${assignmentColumns}, document FROM assignment WHERE id = ${id}`);
}

/** Gives work to somebody. */
export function insertAssignment(
  db: WriteDb,
  row: Party & Pick<Assignment, 'direction' | 'part' | 'deadline' | 'transferredOn'> & { readonly document: string },
): void {
  changeOne(
    db,
    sql`INSERT INTO assignment (id, document, direction, part, unit, unit_name, person, person_name, deadline, state, transferred_on)
        VALUES (${newId()}, ${row.document}, ${row.direction}, ${row.part}, ${row.unit}, ${row.unitName}, ${row.person}, ${row.personName},
          ${row.deadline}, 'given', ${row.transferredOn})`,
  );
}

/** Notes who signed for it and when. */
export function noteTransfer(db: WriteDb, id: string, transferredOn: string, receivedBy: string, at: string): void {
  changeOne(
    db,
    sql`UPDATE assignment SET transferred_on = ${transferredOn}, received_by = ${receivedBy}, received_at = ${at},
          state = CASE state WHEN 'given' THEN 'received' ELSE state END WHERE id = ${id}`,
  );
}

/** Sets a day of its own for an assignment; null lets the document's hold. */
export function putOwnDeadline(db: WriteDb, id: string, deadline: string | null): void {
  changeOne(db, sql`UPDATE assignment SET deadline = ${deadline} WHERE id = ${id}`);
}

/** Whoever leads is at work. */
export function markWorking(db: WriteDb, document: string): void {
  run(
    db,
    sql`UPDATE assignment SET state = 'working' WHERE document = ${document} AND ended_at IS NULL AND part = 'lead' AND state <> 'working'`,
  );
}

/** Ends one assignment. */
export function endAssignment(db: WriteDb, id: string, at: string, note: string): void {
  changeOne(db, sql`UPDATE assignment SET state = 'done', ended_at = ${at}, ended_note = ${note} WHERE id = ${id}`);
}

/** Ends all that are open of a document. */
export function endOpenAssignments(db: WriteDb, document: string, state: 'done' | 'withdrawn', at: string, note: string): void {
  run(
    db,
    sql`UPDATE assignment SET state = ${state}, ended_at = ${at}, ended_note = ${note} WHERE document = ${document} AND ended_at IS NULL`,
  );
}

/** Gives the work back to whoever led it when it was ended at an instant. */
export function reopenLead(db: WriteDb, document: string, endedAt: string): void {
  run(
    db,
    sql`UPDATE assignment SET state = 'working', ended_at = NULL, ended_note = ''
        WHERE document = ${document} AND part = 'lead' AND state = 'done' AND ended_at = ${endedAt}`,
  );
}

/** Puts the words of column 7 of the register: who has the document now, or had it when the work was done. */
export function putHolders(db: WriteDb, document: string, words: string): void {
  changeOne(db, sql`UPDATE incoming_document SET holders = ${words} WHERE id = ${document}`);
}
