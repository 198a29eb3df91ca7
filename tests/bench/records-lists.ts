import type { Contract, OutputOf } from '#contract';
import { startCore, type Core } from '../../electron/hosts/compose.ts';
import { driverOf } from '../../electron/store/db.ts';
import type { Store } from '../../electron/store/index.ts';
import { quietCore } from '../fakes/station/day.ts';
import { median, type Figure } from './figures.ts';
import { limit } from './records-search.ts';

const pageRows = 100;
const deepest = 60;
/** Of the made documents some are due before it, some after. */
const lastMadeDay = { now: () => new Date('2026-12-30T02:00:00.000Z') };

/**
 * What an office has done with made documents: books of numbers, directions and who has the work, drafts on their way, and to
 * whom documents of ours went.
 */
export function putWork(store: Store): void {
  store.write((db) => {
    driverOf(db).exec(`
      WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 11)
        INSERT INTO unit (id, office, name, ordinal) SELECT 'unit-' || i, (SELECT id FROM office LIMIT 1), 'Phòng số ' || i, i FROM n;
      INSERT INTO direction (id, document, text, leader_name, delegated_as, given_on, from_paper, recorded_at, recorded_by)
        SELECT 'd-' || id, id, 'Chuyển phòng tham mưu trả lời đúng hạn', 'Trần Văn Chủ Tịch', '', substr(arrived_at, 1, 10), 0, arrived_at, 'Trần Thị Văn Thư'
        FROM incoming_document WHERE stage IN ('assigned', 'in-progress', 'done');
      INSERT INTO assignment (id, document, direction, part, unit, unit_name, person_name, state, ended_at)
        SELECT substr(d.id, 1, 19) || CASE part WHEN 'lead' THEN 'a' ELSE 'b' END || substr(d.id, 21), d.id, 'd-' || d.id, part, u.id, u.name, 'Người xử lý ' || (d.rowid % 60),
          CASE d.stage WHEN 'done' THEN 'done' WHEN 'assigned' THEN 'given' ELSE 'working' END, CASE d.stage WHEN 'done' THEN d.arrived_at END
        FROM incoming_document AS d JOIN (SELECT 'lead' AS part, 0 AS more UNION ALL SELECT 'joint', 5) AS p
          JOIN unit AS u ON u.id = 'unit-' || ((d.rowid + more) % 12)
        WHERE d.stage IN ('assigned', 'in-progress', 'done') AND (part = 'lead' OR d.rowid % 3 = 0);
      INSERT INTO number_entry (series, number, state, day)
        SELECT arrival_series, arrival_number, 'taken', substr(registered_at, 1, 10) FROM incoming_document WHERE arrival_series IS NOT NULL;
      INSERT INTO number_entry (series, number, state, day) SELECT series, number, 'taken', issued_date FROM outgoing_document;
      INSERT INTO outbox (id, state, payload, incoming, status_code, occasion, created_at, attempts, delivered_at)
        SELECT 'o-' || id, 'delivered', '', id, '01', '', arrived_at, 1, arrived_at FROM incoming_document WHERE source = 'axis';
      UPDATE incoming_document SET done_at = arrived_at WHERE stage = 'done';
      WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 1999)
        INSERT INTO draft (id, state, version, created_at, created_by, type_name, subject, urgency, signer_name, unit_name, changed_at, changed_by, signed_at)
        SELECT printf('%08x-0000-7000-8000-000000000000', i),
          CASE i % 6 WHEN 0 THEN 'draft' WHEN 1 THEN 'submitted' WHEN 2 THEN 'content-checked' WHEN 3 THEN 'form-checked' WHEN 4 THEN 'signed' ELSE 'discarded' END,
          1, '2026-11-20T01:00:00.000Z', 'Trần Thị Văn Thư', 'Công văn', 'V/v báo cáo công tác văn thư số ' || i, i % 4, 'Trần Văn Chủ Tịch', 'Văn phòng',
          '2026-11-20T01:00:00.000Z', 'Trần Thị Văn Thư', CASE i % 6 WHEN 4 THEN '2026-11-20T01:00:00.000Z' END FROM n;
      INSERT INTO dispatch (id, document, kind, reason, created_at, created_by, sender, receivers, sha256, size)
        SELECT 's-' || id, id, 'new', '', issued_at, issued_by, 'H29.99', '[]', '', 1000 FROM outgoing_document;
      INSERT INTO recipient (id, document, dispatch, organ_id, name, added_at, sent_at, heard_at)
        SELECT 'r-' || d.id || '-' || n.i, d.id, 's-' || d.id, 'H29.' || n.i, 'Ủy ban nhân dân xã số ' || n.i, d.issued_at, d.issued_at,
          CASE WHEN d.rowid % 500 = 0 THEN NULL ELSE d.issued_at END
        FROM outgoing_document AS d JOIN (SELECT 1 AS i UNION ALL SELECT 2 UNION ALL SELECT 3) AS n ON n.i <= 1 + d.rowid % 3;
      -- One in fifty was signed two days before it left.
      UPDATE outgoing_document SET sent_at = issued_at, signed_at = CASE WHEN rowid % 50 = 0 THEN strftime('%Y-%m-%dT%H:%M:%fZ', issued_at, '-2 days') ELSE issued_at END;
    `);
  });
}

type Ask = (domain: string, method: string, input: unknown) => Promise<unknown>;

/** A list as a window shows it: its first page and pages far down. */
type List = { readonly name: string; readonly pages: (ask: Ask) => Promise<readonly (() => Promise<unknown>)[]> };

function paged<K extends string>(name: string, domain: string, method: string, input: object, cursor: K, idsOf: (answer: never) => readonly string[]): List {
  return {
    name,
    async pages(ask) {
      const page = (from: string | null) => async () => ask(domain, method, { ...input, [cursor]: from, limit: pageRows });
      const asked = [page(null)];
      let last: string | null = null;
      for (let n = 0; n < deepest; n += 1) {
        const ids = idsOf((await page(last)()) as never);
        if (n === 0 && ids.length === 0) throw new Error(`${name}: empty`);
        if (ids.length < pageRows) break;
        last = ids.at(-1) ?? null;
        asked.push(page(last));
      }
      return asked;
    },
  };
}

type Handling = Contract['handling'];
type Records = Contract['records'];

const sentIds = (page: OutputOf<Contract['exchange']['deliveryLines']>): readonly string[] => page.items.map(({ document }) => document);

function lists(): List[] {
  const incoming = (name: string, input: object): List =>
    paged(`incoming, ${name}`, 'records', 'incomingList', { state: null, openChange: false, due: null, ...input }, 'before', (page: OutputOf<Records['incomingList']>) => page.items.map(({ id }) => id));
  const board = (by: 'unit' | 'person', which: string, key: string | null): List =>
    paged(`board by ${by}, ${which}`, 'handling', 'boardList', { by, key, which }, 'after', (page: OutputOf<Handling['boardList']>) => page.map(({ id }) => id));
  const life = (tab: string): List =>
    paged(`outgoing, ${tab}`, 'drafting', 'list', { tab }, 'before', (page: OutputOf<Contract['drafting']['list']>) => page.items.map(({ id }) => id));
  const once = (name: string, domain: string, method: string, input: object): List => ({
    name,
    pages: (ask) => Promise.resolve([() => ask(domain, method, input)]),
  });
  return [
    incoming('all', {}),
    ...['arrived', 'registered', 'presented', 'assigned', 'in-progress', 'done'].map((state) => incoming(state, { state })),
    incoming('overdue', { due: 'overdue' }),
    ...['draft', 'checking', 'signing', 'numbering', 'issued'].map(life),
    paged('sent documents', 'exchange', 'deliveryLines', { alarms: false, documents: null }, 'before', sentIds),
    paged('sent documents that ask for attention', 'exchange', 'deliveryLines', { alarms: true, documents: null }, 'before', sentIds),
    board('unit', 'overdue', null),
    board('unit', 'overdue', 'unit-3'),
    board('person', 'undated', null),
    once('board by unit, counts', 'handling', 'board', { by: 'unit' }),
    once('board by person, counts', 'handling', 'board', { by: 'person' }),
    once('books to print', 'printing', 'books', {}),
    once('what is owed and by when', 'duties', 'list', {}),
  ];
}

/** p95 of a page of each list, first pages and pages far down, asked through the door of the core. */
export async function listFigures(profile: { readonly folder: string; readonly key: Buffer; readonly size: number }): Promise<Figure[]> {
  const from = performance.now();
  const core = await startCore({ ...quietCore({ folder: profile.folder, keyHex: profile.key.toString('hex') }), clock: lastMadeDay });
  try {
    const figures = [limit(`${String(profile.size)} documents: start of the core`, performance.now() - from, 'ms', 'limit', 1000)];
    for (const { name, pages } of lists()) figures.push(await listFigure(`${String(profile.size)} documents: ${name}`, await pages(asker(core))));
    return figures;
  } finally {
    await core.close();
  }
}

/** Asks a core as its own window would. */
export function asker(core: Core): Ask {
  return async (domain, method, input) => {
    const outcome = await core.dispatcher.answer(domain, method, input, 'own-window');
    if (!outcome.ok) throw new Error(`${domain}.${method}: ${JSON.stringify(outcome.failure)}`);
    return outcome.value;
  };
}

async function listFigure(name: string, pages: readonly (() => Promise<unknown>)[]): Promise<Figure> {
  const taken: number[] = [];
  const processor: number[] = [];
  for (let n = 0; n < 110; n += 1) {
    const from = performance.now();
    const before = process.cpuUsage();
    await pages[n % pages.length]?.();
    const { user, system } = process.cpuUsage(before);
    // The first ones warm it up.
    if (n < 10) continue;
    taken.push(performance.now() - from);
    processor.push((user + system) / 1000);
  }
  for (const list of [taken, processor]) list.sort((a, b) => a - b);
  const p95 = taken[94] ?? Number.NaN;
  // What a machine that does nothing else would take at most.
  const alone = processor[94] ?? Number.NaN;
  return limit(`${name}, p95`, p95, 'ms', `limit (p50 ${median(taken).toFixed(1)}, max ${(taken.at(-1) ?? 0).toFixed(0)}, p95 of processor time ${alone.toFixed(1)}, ${String(pages.length)} pages)`, 20);
}
