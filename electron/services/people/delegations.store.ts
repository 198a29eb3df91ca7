import type { Delegation, DelegationKind } from '#contract';
import { newId } from '../../foundation/ids.ts';
import { all, changeOne, one, sql, type ReadDb, type WriteDb } from '../../store/index.ts';

type Row = {
  id: string;
  kind: DelegationKind;
  giver: string;
  taker: string;
  valid_from: string;
  valid_to: string | null;
  acts: string;
  types: string;
  content: string;
  basis: string;
  ended_reason: string;
  giver_name: string;
  taker_name: string;
};

const columns = sql`d.*, g.name AS giver_name, t.name AS taker_name FROM delegation AS d
  JOIN person AS g ON g.id = d.giver JOIN person AS t ON t.id = d.taker`;

/** Delegations that reach to a day or beyond, newest first; all of them from the day ''. */
export function listDelegations(db: ReadDb, since: string): Delegation[] {
  return all<Row>(
    db,
    sql`SELECT ${columns} WHERE d.valid_to IS NULL OR d.valid_to >= ${since} ORDER BY d.valid_from DESC, d.id DESC`,
  ).map(delegationOfRow);
}

/** One delegation; undefined when there is none of this id. */
export function delegationOf(db: ReadDb, id: string): Delegation | undefined {
  const row = one<Row>(db, sql`SELECT ${columns} WHERE d.id = ${id}`);
  return row === undefined ? undefined : delegationOfRow(row);
}

/** Writes a delegation; answers its id. */
export function insertDelegation(db: WriteDb, one_: Omit<Delegation, 'id' | 'giverName' | 'takerName' | 'endedReason'>): string {
  const id = newId();
  changeOne(
    db,
    sql`INSERT INTO delegation (id, kind, giver, taker, valid_from, valid_to, acts, types, content, basis)
        VALUES (${id}, ${one_.kind}, ${one_.giver}, ${one_.taker}, ${one_.validFrom}, ${one_.validTo},
          ${JSON.stringify(one_.acts)}, ${JSON.stringify(one_.types)}, ${one_.content}, ${one_.basis})`,
  );
  return id;
}

/** Ends a delegation after a day. */
export function setDelegationEnd(db: WriteDb, id: string, lastDay: string, reason: string): void {
  changeOne(db, sql`UPDATE delegation SET valid_to = ${lastDay}, ended_reason = ${reason} WHERE id = ${id}`);
}

function delegationOfRow(row: Row): Delegation {
  return {
    id: row.id,
    kind: row.kind,
    giver: row.giver,
    taker: row.taker,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    acts: JSON.parse(row.acts) as Delegation['acts'],
    types: JSON.parse(row.types) as string[],
    content: row.content,
    basis: row.basis,
    giverName: row.giver_name,
    takerName: row.taker_name,
    endedReason: row.ended_reason,
  };
}
