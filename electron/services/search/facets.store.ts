import type { Contract, FacetCount, OutputOf } from '#contract';
import { one, sql, type ReadDb } from '../../store/index.ts';
import { findPage, type Search } from './find.ts';

/** So many of the newest are looked at: enough to choose by, and soon done. */
const looked = 500;
const mostValues = 12;

type Facts = { register: string; kind: string; standing: string; issuer: string; issued: string | null };

/** What the newest of the found documents are. */
export function facetsOf(db: ReadDb, search: Search): OutputOf<Contract['search']['facets']> {
  const { docs, next } = findPage(db, search, 'date', null, looked);
  const counts = { registers: counter(), kinds: counter(), standings: counter(), issuers: counter(), years: counter() };
  for (const doc of docs) {
    const facts = factsAt(db, doc);
    if (facts === undefined) continue;
    counts.registers.add(facts.register);
    counts.kinds.add(facts.kind);
    counts.standings.add(facts.standing);
    counts.issuers.add(facts.issuer);
    counts.years.add(facts.issued?.slice(0, 4) ?? '');
  }
  return {
    counted: docs.length,
    more: next !== null,
    registers: counts.registers.top(),
    kinds: counts.kinds.top(),
    standings: counts.standings.top(),
    issuers: counts.issuers.top(),
    years: counts.years.top(),
  };
}

function factsAt(db: ReadDb, doc: number): Facts | undefined {
  return one<Facts>(
    db,
    sql`SELECT d.register, COALESCE(i.type_name, o.type_name, '') AS kind, COALESCE(i.standing, o.state, '') AS standing,
          COALESCE(i.issuer_name, '') AS issuer, d.issued
        FROM search_doc AS d LEFT JOIN incoming_document AS i ON i.id = d.id
        LEFT JOIN outgoing_document AS o ON i.id IS NULL AND o.id = d.id WHERE d.doc = ${doc}`,
  );
}

function counter(): { readonly add: (value: string) => void; readonly top: () => FacetCount[] } {
  const counts = new Map<string, number>();
  return {
    add: (value) => {
      if (value !== '') counts.set(value, (counts.get(value) ?? 0) + 1);
    },
    top: () =>
      Array.from(counts, ([value, count]) => ({ value, count }))
        .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
        .slice(0, mostValues),
  };
}
