import type { DossierCounts, DossierDetail, DossierFields, DossierState, DossierSummary, InputOf, Contract } from '#contract';
import { newId } from '../../foundation/ids.ts';
import { all, changeOne, one, sql, type ReadDb, type Sql, type WriteDb } from '../../store/index.ts';
import { readableBy, type Asker } from './access/readers.store.ts';
import { dossierActs } from './life.ts';
import { makerOf, type MakerRow } from './makers.store.ts';
import { spanOfMembers } from './members/span.store.ts';
import { retentionOf, type RetentionRow } from './retention.ts';
import { plainWords, wordQuestion } from './words.ts';

type SummaryRow = RetentionRow & MakerRow & Omit<DossierSummary, 'retention' | 'maker'>;

const summaryColumns = sql`d.id, d.state, d.catalog, d.notation, d.title, d.retention_kind, d.retention_years, d.retention_basis, d.schedule_row, d.unit, d.unit_name,
  d.person, d.person_name, d.start_date AS startDate, d.end_date AS endDate, d.keep_until AS keepUntil, d.member_total AS members, d.plan, d.entry, d.access,
  d.opened_at AS openedAt, d.closed_at AS closedAt, d.handed_over_at AS handedOverAt, d.disposal`;

function summaryOf<Row extends SummaryRow>({ retention_kind, retention_years, retention_basis, schedule_row, unit, unit_name, person, person_name, ...rest }: Row): DossierSummary {
  return { ...rest, retention: retentionOf({ retention_kind, retention_years, retention_basis, schedule_row }), maker: makerOf({ unit, unit_name, person, person_name }) };
}

export type DossierQuestion = InputOf<Contract['dossiers']['list']>;

/** Of fewer dossiers each is asked whether it has the words; of more, those with the words are gone through from the newest. */
const few = 3000;

/** One page of the dossiers that somebody may read, newest first. */
export function listDossiers(db: ReadDb, page: DossierQuestion, asker: Asker): DossierSummary[] {
  const words = wordQuestion(page.words);
  const heading = page.heading ?? null;
  const narrow = page.entry !== null || heading !== null || totalOf(db, page) < few;
  const where = [
    readableBy(asker),
    page.state === null ? undefined : sql`d.state = ${page.state}`,
    page.catalog === null ? undefined : sql`d.catalog = ${page.catalog}`,
    page.plan === null ? undefined : sql`d.plan = ${page.plan}`,
    page.entry === null ? undefined : sql`d.entry = ${page.entry}`,
    heading === null ? undefined : sql`d.entry IN (SELECT e.id FROM file_entry AS e JOIN file_heading AS h ON h.id = e.heading WHERE h.id = ${heading} OR h.parent = ${heading})`,
    page.unit === null ? undefined : sql`d.unit = ${page.unit}`,
    page.person === null ? undefined : sql`d.person = ${page.person}`,
    page.retention === null ? undefined : page.retention === 0 ? sql`d.retention_kind = 'permanent' AND d.retention_years IS NULL` : sql`d.retention_kind = 'years' AND d.retention_years = ${page.retention}`,
    words === undefined || !narrow ? undefined : sql`EXISTS (SELECT 1 FROM dossier_word_row AS r JOIN dossier_word AS w ON w.rowid = r.row WHERE r.dossier = d.id AND dossier_word MATCH ${words})`,
  ].filter((part) => part !== undefined);
  const all_ = where.reduce((sum, part) => sql`${sum} AND ${part}`);
  const rows =
    words === undefined || narrow
      ? sql`SELECT ${summaryColumns} FROM dossier AS d WHERE d.id < ${page.before ?? '~'} AND ${all_} ORDER BY d.id DESC LIMIT ${page.limit}`
      : // The index of words gives its rows in their order; it must not be turned into the inner loop.
        sql`SELECT ${summaryColumns} FROM dossier_word AS w CROSS JOIN dossier_word_row AS r ON r.row = w.rowid CROSS JOIN dossier AS d ON d.id = r.dossier
            WHERE dossier_word MATCH ${words} AND w.rowid < ${rowBefore(db, page.before)} AND ${all_} ORDER BY w.rowid DESC LIMIT ${page.limit}`;
  return all<SummaryRow>(db, rows).map(summaryOf);
}

/** Where the index of words goes on below a dossier. FTS5 takes a rowid only as an integer. */
function rowBefore(db: ReadDb, before: string | null): bigint {
  const row = before === null ? undefined : one<{ row: number }>(db, sql`SELECT row FROM dossier_word_row WHERE dossier = ${before}`);
  return BigInt(row?.row ?? Number.MAX_SAFE_INTEGER);
}

/** Dossiers of a question's year and state. */
function totalOf(db: ReadDb, { catalog, state }: Pick<DossierQuestion, 'catalog' | 'state'>): number {
  const counts = countDossiers(db, catalog);
  return state === null ? counts.open + counts.closed + counts.locked + counts.discarded : counts[state];
}

/** How many dossiers are in each state, of a year or of all. */
export function countDossiers(db: ReadDb, catalog: number | null): DossierCounts {
  const which = catalog === null ? sql`1 = 1` : sql`catalog = ${catalog}`;
  const counts: DossierCounts = { open: 0, closed: 0, locked: 0, discarded: 0 };
  for (const { state, n } of all<{ state: DossierState; n: number }>(db, sql`SELECT state, SUM(n) AS n FROM dossier_count WHERE ${which} GROUP BY state`)) counts[state] = n;
  return counts;
}

/** Years that have dossiers, newest first. */
export function catalogsOf(db: ReadDb): number[] {
  return all<{ catalog: number }>(db, sql`SELECT DISTINCT catalog FROM dossier_count WHERE n > 0 ORDER BY catalog DESC`).map(({ catalog }) => catalog);
}

type DetailRow = SummaryRow & {
  readonly version: number;
  readonly arranged: 'time' | 'hand';
  readonly use_mode: DossierFields['useMode'];
  readonly language: string;
  readonly keyword: string;
  readonly info_sign: string;
  readonly condition: DossierFields['condition'];
  readonly paper_code: string;
  readonly paper_sheets: number | null;
  readonly description: string;
  readonly opened_by: string;
  readonly changed_at: string;
  readonly changed_by: string;
  readonly closed_by: string;
  readonly locked_at: string | null;
  readonly locked_by: string;
  readonly locked_reason: string;
};

const detailColumns = sql`${summaryColumns}, d.version, d.arranged, d.use_mode, d.language, d.keyword, d.info_sign, d.condition, d.paper_code, d.paper_sheets,
  d.description, d.opened_by, d.changed_at, d.changed_by, d.closed_by, d.locked_at, d.locked_by, d.locked_reason`;

/** A dossier with what is known of its members as a whole; undefined when there is none. */
export function getDossier(db: ReadDb, id: string): DossierDetail | undefined {
  const row = one<DetailRow>(db, sql`SELECT ${detailColumns} FROM dossier AS d WHERE d.id = ${id}`);
  if (row === undefined) return undefined;
  const { version, arranged, use_mode, language, keyword, info_sign, condition, paper_code, paper_sheets, description, opened_by, changed_at, changed_by, closed_by, locked_at, locked_by, locked_reason, ...rest } = row;
  const summary = summaryOf(rest);
  const { catalog, notation, title, retention, maker, startDate, endDate } = summary;
  return {
    ...summary,
    fields: { catalog, notation, title, retention, maker, useMode: use_mode, language, keyword, infoSign: info_sign, condition, paperCode: paper_code, paperSheets: paper_sheets, description, startDate, endDate },
    version,
    arranged,
    ...spanOfMembers(db, id),
    openedBy: opened_by,
    changedAt: changed_at,
    changedBy: changed_by,
    closedBy: closed_by,
    lockedAt: locked_at,
    lockedBy: locked_by,
    lockedReason: locked_reason,
    may: dossierActs({ state: summary.state, members: summary.members, handedOver: summary.handedOverAt !== null, destroyed: summary.disposal === 'destroyed' }),
  };
}

/** What an act must know of a dossier before it changes something. */
export type DossierHead = {
  readonly id: string;
  readonly office: string;
  readonly state: DossierState;
  readonly version: number;
  readonly catalog: number;
  readonly notation: string;
  readonly title: string;
  readonly entry: string | null;
  readonly line: string;
  readonly arranged: 'time' | 'hand';
  readonly members: number;
  readonly startDate: string | null;
  readonly endDate: string | null;
  readonly lockedFrom: 'open' | 'closed' | null;
  readonly handedOverAt: string | null;
  readonly disposal: 'review' | 'destroyed' | null;
};

/** A dossier without its members; undefined when there is none. */
export function dossierHead(db: ReadDb, id: string): DossierHead | undefined {
  return one<DossierHead>(
    db,
    sql`SELECT id, office, state, version, catalog, notation, title, entry, line, arranged, member_total AS members, start_date AS startDate, end_date AS endDate,
          locked_from AS lockedFrom, handed_over_at AS handedOverAt, disposal FROM dossier WHERE id = ${id}`,
  );
}

/** Whether another dossier of the year has this code, also one that was given up. */
export function isCodeTaken(db: ReadDb, office: string, fields: Pick<DossierFields, 'catalog' | 'notation'>, except: string): boolean {
  return one(db, sql`SELECT 1 FROM dossier WHERE office = ${office} AND catalog = ${fields.catalog} AND notation = ${fields.notation} AND id <> ${except}`) !== undefined;
}

/** Whether it lies in packages, or is on its way to an archive that has not answered yet (migration 0290). */
export function isOnItsWay(db: ReadDb, id: string): boolean {
  return one(db, sql`SELECT 1 FROM handover_item AS i JOIN handover_batch AS b ON b.id = i.batch WHERE i.dossier = ${id} AND i.live = 1 AND b.state IN ('packaging', 'packaged', 'handed')`) !== undefined;
}

/** The words under which the list finds a dossier: of its code, title, maker, and of the headings that its entry stands in. */
function plainOf(db: ReadDb, { notation, title, maker }: DossierFields, entry: string | null): string {
  const headings = entry === null ? [] : all<{ title: string }>(
    db,
    sql`SELECT h.title FROM file_entry AS e JOIN file_heading AS s ON s.id = e.heading JOIN file_heading AS h ON h.id = s.id OR h.id = s.parent WHERE e.id = ${entry}`,
  );
  return plainWords(notation, title, maker.unitName, maker.personName, ...headings.map((heading) => heading.title));
}

/** Writes a new dossier; answers its id. `arriving`: the received package whose documents come in after it; nobody is shown it until then. */
export function insertDossier(
  db: WriteDb,
  { office, plan, entry, line, fields, arriving, at, by }: { readonly office: string; readonly plan: string | null; readonly entry: string | null; readonly line: string | null; readonly fields: DossierFields; readonly arriving?: string; readonly at: string; readonly by: string },
): string {
  const id = newId();
  const { retention, maker } = fields;
  changeOne(
    db,
    sql`INSERT INTO dossier (id, office, state, version, plan, entry, line, catalog, notation, title, retention_kind, retention_years, retention_basis, schedule_row,
          unit, unit_name, person, person_name, use_mode, language, keyword, info_sign, condition, paper_code, paper_sheets, description, start_date, end_date,
          opened_at, opened_by, changed_at, changed_by, plain, arriving)
        VALUES (${id}, ${office}, 'open', 1, ${plan}, ${entry}, ${line ?? id}, ${fields.catalog}, ${fields.notation}, ${fields.title}, ${retention.kind}, ${retention.years},
          ${retention.basis}, ${retention.scheduleRow}, ${maker.unit}, ${maker.unitName}, ${maker.person}, ${maker.personName}, ${fields.useMode}, ${fields.language},
          ${fields.keyword}, ${fields.infoSign}, ${fields.condition}, ${fields.paperCode}, ${fields.paperSheets}, ${fields.description}, ${fields.startDate}, ${fields.endDate},
          ${at}, ${by}, ${at}, ${by}, ${plainOf(db, fields, entry)}, ${arriving ?? null})`,
  );
  return id;
}

/** Writes what was changed of an open dossier. */
export function updateDossier(db: WriteDb, id: string, entry: string | null, fields: DossierFields): void {
  const { retention, maker } = fields;
  changeOne(
    db,
    sql`UPDATE dossier SET catalog = ${fields.catalog}, notation = ${fields.notation}, title = ${fields.title}, retention_kind = ${retention.kind},
          retention_years = ${retention.years}, retention_basis = ${retention.basis}, schedule_row = ${retention.scheduleRow}, unit = ${maker.unit},
          unit_name = ${maker.unitName}, person = ${maker.person}, person_name = ${maker.personName}, use_mode = ${fields.useMode}, language = ${fields.language},
          keyword = ${fields.keyword}, info_sign = ${fields.infoSign}, condition = ${fields.condition}, paper_code = ${fields.paperCode},
          paper_sheets = ${fields.paperSheets}, description = ${fields.description}, start_date = ${fields.startDate}, end_date = ${fields.endDate},
          plain = ${plainOf(db, fields, entry)} WHERE id = ${id}`,
  );
}

/** One more act was taken on it. */
export function raiseDossier(db: WriteDb, id: string, { at, by }: { readonly at: string; readonly by: string }): void {
  changeOne(db, sql`UPDATE dossier SET version = version + 1, changed_at = ${at}, changed_by = ${by} WHERE id = ${id}`);
}

/** Dossiers in which a document stands, newest first. */
export function dossiersWith(db: ReadDb, document: string, asker: Asker): DossierSummary[] {
  return all<SummaryRow>(db, sql`SELECT ${summaryColumns} FROM dossier AS d WHERE d.id IN (${holdersOf(document)}) AND ${readableBy(asker)} ORDER BY d.id DESC`).map(summaryOf);
}

/** Ids of the dossiers that a document of either register is a member of. */
function holdersOf(document: string): Sql {
  return sql`SELECT dossier FROM dossier_member WHERE incoming = ${document} AND ordinal IS NOT NULL
    UNION SELECT dossier FROM dossier_member WHERE outgoing = ${document} AND ordinal IS NOT NULL`;
}
