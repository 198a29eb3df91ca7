import type { NumberKey, NumberRules, SeriesKey } from '#contract';
import { instantOf, vietnamDay, type Clock } from '../../../electron/foundation/clock.ts';
import { newId } from '../../../electron/foundation/ids.ts';
import { verifyChain } from '../../../electron/services/audit/index.ts';
import { insertOutgoing } from '../../../electron/services/records/outgoing.store.ts';
import { recordArrival, recordsHandlers } from '../../../electron/services/records/index.ts';
import {
  allowLate, closeSeries, insertNumber, release, reopenSeries, reserve, setBack, startAfter, voidNumber, type Moment,
} from '../../../electron/services/records/numbers/acts.ts';
import { checkSeries, seriesToCheck } from '../../../electron/services/records/numbers/check.store.ts';
import { numbersHandlers } from '../../../electron/services/records/numbers/handlers.ts';
import { codeTaken } from '../../../electron/services/records/numbers/series.store.ts';
import { takeArrivalNumber, takeHeldNumber, takeOutgoingNumber } from '../../../electron/services/records/numbers/take.ts';
import { addRules } from '../../../electron/services/records/numbers/rules.store.ts';
import { currentOffice } from '../../../electron/services/settings/index.ts';
import { all, changeOne, run, sql, type Store, type WriteDb } from '../../../electron/store/index.ts';
import { arrival } from '../../bench/profile.ts';

/** What an office may do with its numbers, and what may happen to it. */
export const moveKinds = {
  arrive: 20, issue: 30, use: 10, reserve: 9, release: 4, void: 5, insert: 5, record: 3, hours: 7, days: 3, back: 2,
  startAfter: 2, setBack: 3, rules: 2, warn: 1, late: 1, closeSeries: 1, reopenSeries: 1, closeYear: 1, reopenYear: 2, officeEnds: 1,
  newYear: 1, register: 2,
} as const;
export type MoveKind = keyof typeof moveKinds;

/** One move; the figures choose what it is done with. */
export type Move = { readonly kind: MoveKind; readonly a: number; readonly b: number };

/** Moves that are written together, and whether they are written at all. */
export type Group = { readonly moves: readonly Move[]; readonly undone: boolean };

const typeNames = ['Công văn', 'Quyết định', 'Thông báo', 'Báo cáo', 'Tờ trình', 'Giấy mời', 'Quyết định quy phạm pháp luật', 'Bản sao y', 'Bản trích sao'];
const decisions: readonly NumberRules[] = [
  { administrative: 'common', groups: [], books: [], timeOrder: 'refuse' },
  { administrative: 'per-kind', groups: [], books: [{ id: 'don', name: 'Đơn thư' }], timeOrder: 'refuse' },
  { administrative: 'groups', groups: [{ id: 'a', name: 'Quyết định, thông báo', kinds: ['QĐ', 'TB'] }], books: [], timeOrder: 'refuse' },
];

export type Office = {
  /** does the moves of a group in one transaction; told before each, so that a caller may cut there */
  readonly play: (group: Group, before?: () => void) => void;
  /** what was given and stands: `office year number/notation` or `series number suffix`; and how often what was done or refused */
  readonly given: ReadonlySet<string>;
  readonly outcomes: ReadonlyMap<string, number>;
};

/**
 * An office on a store, at a clock of its own. Throws when a number is given twice or a voided one again.
 * @param lenient its rules may let dates stand out of order
 */
export function officeOn(store: Store, lenient: boolean, start = '2026-03-02T01:00:00.000Z'): Office {
  let now = Date.parse(start);
  const clock: Clock = { now: () => new Date(now) };
  const moment = (): Moment => ({ at: instantOf(clock), today: vietnamDay(clock.now()) });
  const given = new Set<string>();
  const outcomes = new Map<string, number>();
  let fresh: string[] = [];
  let serial = Math.floor(Math.random() * 1e9);
  const handlers = numbersHandlers({ store, clock });
  const books = recordsHandlers({ store, clock, queueStatus: nobody, changed: nobody, outgoingChanged: nobody, recalled: nobody });

  function note(kind: string, outcome: { readonly ok: boolean; readonly failure?: { readonly code: string } }): void {
    const key = outcome.ok ? kind : `${kind}: ${outcome.failure?.code ?? ''}`;
    outcomes.set(key, (outcomes.get(key) ?? 0) + 1);
  }
  function give(...keys: string[]): void {
    for (const key of keys) {
      if (given.has(key) || fresh.includes(key)) throw new Error(`given twice: ${key}`);
      fresh.push(key);
    }
  }
  /** Some series of this or last year of the office. */
  function someSeries(db: WriteDb, a: number): SeriesKey {
    const rows = all<SeriesKey>(
      db,
      sql`SELECT register, scope, year FROM number_series WHERE office = ${currentOffice(db)} ORDER BY year DESC, id LIMIT 12`,
    );
    return rows[a % Math.max(1, rows.length)] ?? { register: 'outgoing', scope: '', year: Number(moment().today.slice(0, 4)) };
  }
  function someEntry(db: WriteDb, states: string, a: number): NumberKey {
    const rows = all<NumberKey>(
      db,
      sql`SELECT s.register, s.scope, s.year, e.number, e.suffix FROM number_entry AS e JOIN number_series AS s ON s.id = e.series
          WHERE s.office = ${currentOffice(db)} AND instr(${states}, e.state) > 0 ORDER BY s.year DESC, e.number DESC LIMIT 9`,
    );
    return rows[a % Math.max(1, rows.length)] ?? { ...someSeries(db, a), number: 1 + (a % 50), suffix: '' };
  }
  function dayNear(a: number): string {
    return vietnamDay(new Date(now - (a % 5 === 0 ? (a % 11) * 86_400_000 : 0)));
  }
  /** A day on which a number that was kept may be used. */
  function dayOfNeighbour(db: WriteDb, { register, scope, year, number }: NumberKey): string {
    const [row] = all<{ day: string }>(
      db,
      sql`SELECT e.day FROM number_entry AS e JOIN number_series AS s ON s.id = e.series
          WHERE s.office = ${currentOffice(db)} AND s.register = ${register} AND s.scope = ${scope} AND s.year = ${year}
            AND e.state = 'taken' AND e.number <= ${number} ORDER BY e.number DESC LIMIT 1`,
    );
    return row?.day ?? moment().today;
  }
  function issue(db: WriteDb, { a, b }: Move, held: NumberKey | null): void {
    const typeName = held === null || b % 9 === 0 ? (typeNames[a % typeNames.length] ?? '') : typeIn(held);
    const inBody = held === null ? a % 13 === 0 : held.scope.startsWith('body');
    const day = held === null ? dayNear(b) : b % 3 === 0 ? dayNear(a * 5) : dayOfNeighbour(db, held);
    const request = { at: moment().at, day, typeName, unit: 'NC', body: inBody ? 'HĐTĐ' : null, signerAuthority: '' };
    const outcome = held === null ? takeOutgoingNumber(db, request) : takeHeldNumber(db, held, request);
    note(held === null ? 'issue' : 'use', outcome);
    if (!outcome.ok) return;
    const { series, number, suffix, codeNumber, codeNotation } = outcome.value;
    give(`${series} ${String(number)}${suffix}`, `${currentOffice(db)} ${day.slice(0, 4)} ${asRead(codeNumber)}/${codeNotation}`);
    // One in seven is numbered and not issued yet.
    if (b % 7 > 0) putOutgoing(db, { codeNumber, codeNotation, issuedDate: day, typeName });
  }
  function putOutgoing(db: WriteDb, fields: { codeNumber: string; codeNotation: string; issuedDate: string; typeName: string }): void {
    serial += 1;
    insertOutgoing(db, {
      ...fields, place: '', subject: 'V/v', urgency: 0, dueDate: null, signerName: 'A', signerPosition: '', signerCompetence: '',
      toPlaces: [], pageAmount: 1, paper: false, repliesTo: null, documentId: `d${String(serial)}`, issuedAt: moment().at, issuedBy: 'A',
    });
  }
  function arrive(db: WriteDb, { a, b }: Move, held: NumberKey | null): void {
    const book = held === null ? (a % 6 === 0 ? 'don' : null) : held.scope === '' ? null : held.scope.slice(5);
    const outcome = takeArrivalNumber(db, { at: moment().at, book, held });
    note(held === null ? 'arrive' : 'use', outcome);
    if (!outcome.ok) return;
    const { series, number, suffix, year } = outcome.value;
    give(`${series} ${String(number)}${suffix}`);
    changeOne(
      db,
      sql`INSERT INTO incoming_document (id, state, arrived_at, arrival_series, arrival_number, arrival_suffix, arrival_year, document_id,
            issuer_organ_id, issuer_name, addressed_organ_id, code_number, code_notation, place, type_name, subject, urgency,
            signer_name, signer_position, signer_competence, to_places)
          VALUES (${newId()}, 'registered', ${moment().at}, ${series}, ${number}, ${suffix}, ${year}, 'd', 'G', 'Bộ', 'H', ${String(b)}, 'B', '',
            'Công văn', 's', 0, '', '', '', '[]')`,
    );
  }
  function endOffice(db: WriteDb): void {
    const today = moment().today;
    const next = newId();
    run(db, sql`UPDATE office SET valid_to = ${today} WHERE valid_to IS NULL`);
    run(db, sql`INSERT INTO office (id, organ_id, name, abbreviation, valid_from) VALUES (${next}, ${next}, 'UBND xã', 'UBND', ${today})`);
    run(db, sql`INSERT INTO abbreviation (id, office, category, name, abbreviation) VALUES (${newId()}, ${next}, 'body', 'Hội đồng', 'HĐTĐ'), (${newId()}, ${next}, 'field', 'Nội chính', 'NC')`);
  }
  function playOne(db: WriteDb, move: Move): void {
    const { kind, a, b } = move;
    const reason = `lý do ${String(a)}`;
    const day = 86_400_000;
    if (kind === 'arrive') arrive(db, move, null);
    else if (kind === 'issue') issue(db, move, null);
    else if (kind === 'use') {
      const held = someEntry(db, b % 10 === 0 ? 'reserved released void taken' : 'reserved', a);
      if (held.register === 'incoming') arrive(db, move, held);
      else issue(db, move, held);
    } else if (kind === 'reserve') {
      const released = b % 3 === 0 ? someEntry(db, 'released', a) : null;
      note(kind, reserve(db, { ...(released ?? { ...someSeries(db, a), number: null, suffix: '' }), forWhom: 'A', until: null, reason }, moment()));
    } else if (kind === 'release') note(kind, release(db, { ...someEntry(db, 'reserved', a), reason }, moment()));
    else if (kind === 'void') {
      const wanted = b % 3 === 0 ? { ...someSeries(db, a), number: null, suffix: '' } : someEntry(db, 'reserved released taken void', a);
      note(kind, voidNumber(db, { ...wanted, reason }, moment()));
    } else if (kind === 'insert') {
      const key = someSeries(db, a);
      note(kind, insertNumber(db, { ...key, after: 1 + (b % 40), day: dayNear(b), forWhom: 'A', until: null, reason }, moment()));
    } else if (kind === 'record') {
      // As hands write it: with or without the zero, and the year of a legal-normative one on either side.
      const thisYear = moment().today.slice(0, 4);
      const codeNumber = b % 3 === 0 ? `${String(1 + (a % 30))}/${thisYear}` : `${b % 3 === 1 ? '0' : ''}${String(1 + (a % 90))}`;
      const code = { codeNumber, codeNotation: 'QĐ-UBND', issuedDate: moment().today, typeName: 'Quyết định' };
      const free = !codeTaken(db, currentOffice(db), Number(code.issuedDate.slice(0, 4)), code.codeNumber, code.codeNotation);
      note(kind, { ok: free, failure: { code: 'number-taken' } });
      if (free) give(`${currentOffice(db)} ${thisYear} ${asRead(code.codeNumber)}/${code.codeNotation}`);
      if (free) putOutgoing(db, code);
    } else if (kind === 'hours') now += (a % 20) * 3_600_000;
    else if (kind === 'days') now += (a % 12) * day;
    else if (kind === 'back') now -= (a % 6) * day;
    else if (kind === 'newYear') now = Date.parse(`${String(Number(moment().today.slice(0, 4)) + (a % 4 === 0 ? 1 : 0))}-01-02T02:00:00.000Z`) + (a % 4 === 0 ? 0 : 180 * day);
    else if (kind === 'startAfter') {
      const key = someSeries(db, a);
      note(kind, startAfter(db, { ...key, last: 1 + (b % 60), reason }, moment()));
    } else if (kind === 'setBack') {
      const key = someSeries(db, a);
      // Often right after a number was told too high, as somebody does who sees his own slip.
      if (b % 2 === 0) note('startAfter', startAfter(db, { ...key, last: 60 + (b % 90), reason }, moment()));
      note(kind, setBack(db, { ...key, last: b % 110, reason }, moment()));
    } else if (kind === 'rules' || kind === 'warn') {
      const rules = decisions[a % decisions.length] ?? decisions[0];
      if (rules !== undefined) {
        addRules(db, currentOffice(db), { validFrom: moment().today, rules: kind === 'warn' && lenient ? { ...rules, timeOrder: 'warn' } : rules, reason, madeBy: 'A', madeAt: moment().at });
      }
    } else if (kind === 'late') {
      note(kind, allowLate(db, { ...someSeries(db, a), year: Number(moment().today.slice(0, 4)) - 1, until: moment().today, reason }, moment()));
    } else if (kind === 'closeSeries') note(kind, closeSeries(db, { ...someSeries(db, a), reason }, moment()));
    else if (kind === 'reopenSeries') note(kind, reopenSeries(db, { ...someSeries(db, a), reason }, moment()));
    else if (kind === 'officeEnds') {
      if (a % 3 === 0) endOffice(db);
    }
  }
  /** Moves that open a transaction of their own, as the handlers do. */
  function playAlone({ kind, a }: Move): boolean {
    const thisYear = Number(moment().today.slice(0, 4));
    const reason = 'hết năm';
    if (kind === 'closeYear') {
      note(kind, handlers.closeYear({ year: thisYear - (a % 4 === 0 ? 0 : 1), officeEnds: a % 4 === 0, reason }) as never);
    } else if (kind === 'reopenYear') note(kind, handlers.reopenYear({ year: thisYear, reason }) as never);
    else if (kind === 'register') {
      const id = store.write((db) => recordArrival(db, arrival(a), nobody, 'UBND'));
      note(kind, books.registerIncoming({ id }) as never);
    } else return false;
    return true;
  }
  return {
    given,
    outcomes,
    play({ moves, undone }, before) {
      const clockBefore = now;
      fresh = [];
      try {
        store.write((db) => {
          for (const move of moves) {
            before?.();
            playOne(db, move);
          }
          if (undone) throw new Undone();
        });
        for (const key of fresh) given.add(key);
      } catch (error) {
        if (!(error instanceof Undone)) throw error;
        now = clockBefore;
      }
      for (const move of moves) playAlone(move);
    },
  };
}

/** `05` and `5` are one number. */
function asRead(codeNumber: string): string {
  return codeNumber.replace(/^0+/, '');
}

/** A kind of document that falls into a series under one of the decisions. */
function typeIn({ register, scope }: SeriesKey): string {
  if (register === 'copy') return 'Bản sao y';
  if (scope.startsWith('legal')) return 'Quyết định quy phạm pháp luật';
  if (scope === 'kind:BC') return 'Báo cáo';
  return scope === '' || scope.includes('cong-van') ? 'Công văn' : 'Quyết định';
}

class Undone extends Error {}

const nobody = (): undefined => undefined;

/** Sets the office up: its abbreviation, a council and a field. */
export function foundOffice(store: Store): void {
  store.write((db) => {
    run(db, sql`UPDATE office SET abbreviation = 'UBND', name = 'UBND phường'`);
    run(db, sql`INSERT INTO abbreviation (id, office, category, name, abbreviation) VALUES (${newId()}, ${currentOffice(db)}, 'body', 'Hội đồng', 'HĐTĐ'), (${newId()}, ${currentOffice(db)}, 'field', 'Nội chính', 'NC')`);
  });
}

/**
 * What is wrong with the numbers of a store, asked twice over: by the program's own proof, and by questions of SQL that
 * share nothing with it. Empty when each number is there once and each gap explained.
 * @param lenient dates may be out of order, as the rules let them pass
 */
export function faultsIn(store: Store, lenient: boolean): string[] {
  const db = store.read;
  const faults: string[] = [];
  for (const id of seriesToCheck(db, null)) {
    for (const { kind, number } of checkSeries(db, id).problems) if (kind !== 'out-of-order' || !lenient) faults.push(`${id} ${number}: ${kind}`);
  }
  const questions = {
    'a gap without explanation': sql`
      WITH RECURSIVE n (series, number) AS (
        SELECT id, 1 FROM number_series WHERE last > 0
        UNION ALL SELECT n.series, number + 1 FROM n JOIN number_series AS s ON s.id = n.series WHERE number < s.last)
      SELECT n.series || ' ' || n.number AS what FROM n
      WHERE NOT EXISTS (SELECT 1 FROM number_entry AS e WHERE e.series = n.series AND e.number = n.number AND e.suffix = '' AND (e.state = 'taken' OR trim(e.reason) <> ''))
        AND NOT EXISTS (SELECT 1 FROM number_gap AS g WHERE g.series = n.series AND n.number BETWEEN g.first AND g.last)`,
    'a number and symbol twice': sql`
      SELECT office || ' ' || substr(issued_date, 1, 4) || ' ' || ltrim(code_number, '0') || '/' || code_notation AS what FROM outgoing_document GROUP BY 1 HAVING COUNT(*) > 1`,
    'an arrival number twice': sql`
      SELECT arrival_series || ' ' || arrival_number || arrival_suffix AS what FROM incoming_document
      WHERE arrival_number IS NOT NULL GROUP BY 1 HAVING COUNT(*) > 1`,
    'a voided number on a document': sql`
      SELECT d.id AS what FROM incoming_document AS d JOIN number_entry AS e ON e.series = d.arrival_series AND e.number = d.arrival_number
        AND e.suffix = d.arrival_suffix WHERE e.state <> 'taken'`,
    'a register row that the book does not know': sql`
      SELECT id AS what FROM incoming_document WHERE arrival_number IS NOT NULL
        AND (arrival_series, arrival_number, arrival_suffix) NOT IN (SELECT series, number, suffix FROM number_entry)`,
    'two series in one place': sql`
      SELECT office || register || scope || year AS what FROM number_series GROUP BY 1 HAVING COUNT(*) > 1`,
  };
  for (const [name, question] of Object.entries(questions)) {
    for (const { what } of all<{ what: string }>(db, question)) faults.push(`${name}: ${what}`);
  }
  const { brokenAt } = verifyChain(db);
  if (brokenAt !== null) faults.push(`the audit log is broken at ${String(brokenAt)}`);
  return faults;
}
