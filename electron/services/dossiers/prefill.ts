import { fail, ok, type CodeOf, type Contract, type DossierFields, type InputOf, type Outcome, type OutputOf } from '#contract';
import { vietnamYear, type Clock } from '../../foundation/clock.ts';
import { all, one, sql, type ReadDb } from '../../store/index.ts';
import { actorOf } from '../people/index.ts';
import { currentOffice } from '../settings/index.ts';
import { knownDocument, type DocumentRef } from './members/members.store.ts';
import { getPlan, planHead } from './plan/plan.store.ts';
import { threadOf } from './suggest/suggest.store.ts';

type Method = Contract['dossiers']['prefill'];

/** What a new dossier begins with: what its entry says, and the documents of the work that it is opened from. */
export function prefill(db: ReadDb, clock: Clock, input: InputOf<Method>): Outcome<OutputOf<Method>, CodeOf<Method>> {
  const year = vietnamYear(clock.now());
  if (input.as === 'new') return ok({ fields: blank(db, input.catalog), entry: null, documents: [] });
  const entryId = input.entry;
  const fromEntry = entryId === null ? undefined : fieldsOfEntry(db, entryId);
  if (entryId !== null && fromEntry === undefined) return fail('not-found');
  if (fromEntry?.ok === false) return fromEntry;
  if (input.as === 'entry') return fromEntry === undefined ? fail('not-found') : ok({ fields: fromEntry.value, entry: entryId, documents: [] });
  const document = knownDocument(db, input.document);
  if (document === undefined) return fail('not-found');
  const documents = [document.id, ...threadOf(db, document.id)].map((id) => knownDocument(db, id)).filter((one) => one?.registered === true);
  const fields = fromEntry?.value ?? { ...blank(db, document.year), title: `Hồ sơ ${document.subject}`.slice(0, 500) };
  const start = documents.map((one) => (one === undefined ? null : dayOf(db, one))).filter((day) => day !== null).toSorted()[0];
  return ok({
    fields: { ...fields, catalog: fromEntry === undefined ? (document.year === 0 ? year : document.year) : fields.catalog, startDate: start ?? null },
    entry: entryId,
    documents: documents.flatMap((one): DocumentRef[] => (one === undefined ? [] : [{ kind: one.kind, id: one.id }])),
  });
}

function dayOf(db: ReadDb, { kind, id }: DocumentRef): string | null {
  return one<{ day: string | null }>(db, kind === 'incoming' ? sql`SELECT issued_date AS day FROM incoming_document WHERE id = ${id}` : sql`SELECT issued_date AS day FROM outgoing_document WHERE id = ${id}`)?.day ?? null;
}

/** The fields of an entry of an issued plan; the code is the entry's, or the next one that begins with it when it is taken. */
function fieldsOfEntry(db: ReadDb, id: string): Outcome<DossierFields, 'plan-step'> | undefined {
  const plan = one<{ plan: string }>(db, sql`SELECT plan FROM file_entry WHERE id = ${id}`)?.plan;
  const head = plan === undefined ? undefined : planHead(db, plan);
  const entry = plan === undefined ? undefined : getPlan(db, plan)?.entries.find((one) => one.id === id);
  if (head === undefined || entry === undefined) return undefined;
  if (head.state !== 'approved') return fail('plan-step', { state: head.state });
  return ok({
    ...blank(db, head.year),
    notation: freeCode(db, head.office, head.year, entry.notation),
    title: entry.title,
    retention: entry.retention,
    maker: entry.maker.unit === null && entry.maker.person === null && entry.maker.unitName === '' && entry.maker.personName === '' ? ownMaker(db) : entry.maker,
  });
}

/** The code itself, or with `-2`, `-3` after its number where an entry has several dossiers: `01-2.TCCB`. */
function freeCode(db: ReadDb, office: string, catalog: number, notation: string): string {
  const taken = new Set(all<{ notation: string }>(db, sql`SELECT notation FROM dossier WHERE office = ${office} AND catalog = ${catalog}`).map((row) => row.notation));
  if (!taken.has(notation)) return notation;
  const [number = notation, ...symbol] = notation.split('.');
  for (let at = 2; ; at += 1) {
    const code = [`${number}-${String(at)}`, ...symbol].join('.');
    if (!taken.has(code)) return code;
  }
}

function ownMaker(db: ReadDb): DossierFields['maker'] {
  const { person } = actorOf(db);
  const row = person === null ? undefined : one<{ name: string; unit: string | null; unitName: string | null }>(db, sql`SELECT name, unit, (SELECT name FROM unit WHERE id = person.unit) AS unitName FROM person WHERE id = ${person}`);
  return { unit: row?.unit ?? null, unitName: row?.unitName ?? '', person, personName: row?.name ?? '' };
}

function blank(db: ReadDb, catalog: number): DossierFields {
  const codes = all<{ notation: string }>(db, sql`SELECT notation FROM dossier WHERE office = ${currentOffice(db)} AND catalog = ${catalog}`);
  const highest = codes.reduce((most, { notation }) => Math.max(most, Number(/^\d+/.exec(notation)?.[0] ?? 0)), 0);
  return {
    catalog,
    notation: String(highest + 1).padStart(2, '0'),
    title: '',
    retention: { kind: 'years', years: 10, basis: '', scheduleRow: null },
    maker: ownMaker(db),
    useMode: 'public',
    language: '01',
    keyword: '',
    infoSign: '',
    condition: '01',
    paperCode: '',
    paperSheets: null,
    description: '',
    startDate: null,
    endDate: null,
  };
}
