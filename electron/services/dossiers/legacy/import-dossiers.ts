import { setImmediate as nextTurn } from 'node:timers/promises';
import { fail, ok, type CodeOf, type Contract, type DossierTable, type DossierTablePreview, type InputOf, type Outcome, type OutputOf } from '#contract';
import { instantOf } from '../../../foundation/clock.ts';
import { appendAudit } from '../../audit/index.ts';
import { openTable, TableRefused, type TableRow } from '../../legacy/index.ts';
import { actorOf } from '../../people/index.ts';
import { currentOffice } from '../../settings/index.ts';
import { openDossier } from '../acts.ts';
import type { DossierDeps } from '../deps.ts';
import { addDocuments } from '../members/member-acts.ts';
import type { DocumentRef } from '../members/members.store.ts';
import { shownRetention } from '../retention.ts';
import { lookAtDossierSheet, missingColumns } from './table-columns.ts';
import { rowReader, type RowVerdict } from './table-rows.ts';

type Methods = Contract['dossiers'];
type Answer<M extends keyof Methods> = Promise<Outcome<OutputOf<Methods[M]>, CodeOf<Methods[M]>>>;

/** Rows of each kind that are shown. */
const most = { good: 100, bad: 500 };

/** The sheets of a table with dossiers or their documents, and what their columns seem to hold. */
export async function lookAtDossierTable({ store }: DossierDeps, { file }: InputOf<Methods['lookAtDossierTable']>): Answer<'lookAtDossierTable'> {
  return refusing(async () => {
    const sheets = [];
    for (const sheet of (await openTable(store.blobs, file)).sheets) sheets.push(await lookAtDossierSheet(sheet));
    return ok({ sheets });
  });
}

async function refusing<T>(work: () => Promise<T>): Promise<T | ReturnType<typeof fail<TableRefused['code']>>> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof TableRefused) return fail(error.code, error.params);
    throw error;
  }
}

type Judged = (row: TableRow, verdict: RowVerdict) => void | Promise<void>;

/** Goes over all rows, each judged by what is here at that moment. */
async function walk(deps: DossierDeps, table: DossierTable, judged: Judged): Promise<'columns-missing' | undefined> {
  const missing = missingColumns(table.kind, table.columns.map(({ field }) => field));
  if (missing.length > 0) return 'columns-missing';
  const sheet = (await openTable(deps.store.blobs, table.file)).sheets.find(({ name }) => name === table.sheet);
  if (sheet === undefined) throw new TableRefused('sheet-unknown', { sheet: table.sheet });
  const read = rowReader(deps.store.read, currentOffice(deps.store.read), table);
  for await (const slice of sheet.rows()) {
    for (const row of slice) if (row.line > table.header) await judged(row, read(row));
  }
  return undefined;
}

/** What would become of each row; writes nothing. */
export async function previewDossierTable(deps: DossierDeps, table: DossierTable): Answer<'previewDossierTable'> {
  return refusing(async () => {
    const preview: DossierTablePreview = { counts: { good: 0, known: 0, bad: 0, skipped: 0 }, good: [], bad: [] };
    const wrong = await walk(deps, table, (row, verdict) => { note(preview, row, verdict); });
    return wrong === undefined ? ok(preview) : fail(wrong, missingParams(table));
  });
}

function missingParams({ kind, columns }: DossierTable): Readonly<Record<string, string>> {
  return { field: 'columns', fields: missingColumns(kind, columns.map(({ field }) => field)).join(' ') };
}

function note(preview: DossierTablePreview, row: TableRow, verdict: RowVerdict): void {
  switch (verdict.kind) {
    case 'dossier': {
      preview.counts.good += 1;
      const { notation, catalog, title, retention, startDate, endDate } = verdict.fields;
      if (preview.good.length < most.good) preview.good.push({ row: row.line, code: `${notation} (${String(catalog)})`, title, told: [shownRetention(retention), startDate ?? '', endDate ?? ''].filter((part) => part !== '').join(' · ') });
      break;
    }
    case 'document':
      preview.counts.good += 1;
      if (preview.good.length < most.good) preview.good.push({ row: row.line, code: verdict.code, title: verdict.title, told: '' });
      break;
    case 'bad':
      preview.counts.bad += 1;
      if (preview.bad.length < most.bad) preview.bad.push({ row: row.line, cells: Array.from(row.cells, (cell) => cell?.text ?? ''), problems: [...verdict.problems] });
      break;
    case 'known':
    case 'skipped':
      preview.counts[verdict.kind] += 1;
  }
}

/** Documents of one dossier that are put into it together. */
const together = 100;

/**
 * Opens the dossiers of a table, or puts documents of the registers into those that are open, each as a person would: with
 * history and audit entry. What breaks off is completed by the same import again, as what is here is left alone. Dossiers stay
 * open, so that their documents can follow and closing looks them over.
 */
export async function importDossierTable(deps: DossierDeps, table: DossierTable): Answer<'importDossierTable'> {
  return refusing(async () => {
    const preview: DossierTablePreview = { counts: { good: 0, known: 0, bad: 0, skipped: 0 }, good: [], bad: [] };
    const waiting = new Map<string, DocumentRef[]>();
    const put = async (dossier: string): Promise<void> => {
      const documents = waiting.get(dossier) ?? [];
      waiting.delete(dossier);
      // Somebody may have closed it since its rows were judged: then none of these went in.
      if (documents.length > 0 && !addDocuments(deps, { dossier, documents }).ok) {
        preview.counts.good -= documents.length;
        preview.counts.bad += documents.length;
      }
      await nextTurn();
    };
    const wrong = await walk(deps, table, async (row, verdict) => {
      note(preview, row, verdict);
      if (verdict.kind === 'dossier') {
        const opened = openDossier(deps, { entry: null, fields: verdict.fields, documents: [] });
        // Nothing comes between judging a row and writing it.
        if (!opened.ok) throw new Error(`a row that was judged good was refused: ${opened.failure.code}`);
        await nextTurn();
      } else if (verdict.kind === 'document') {
        const documents = waiting.get(verdict.dossier) ?? [];
        documents.push(verdict.document);
        waiting.set(verdict.dossier, documents);
        if (documents.length >= together) await put(verdict.dossier);
      }
    });
    if (wrong !== undefined) return fail(wrong, missingParams(table));
    for (const dossier of waiting.keys()) await put(dossier);
    deps.store.write((db) => {
      appendAudit(db, { at: instantOf(deps.clock), actor: actorOf(db).name, action: 'dossier.table-imported', subjectKind: 'dossier-import', subjectId: table.file.sha256, detail: { file: table.file.name, sheet: table.sheet, kind: table.kind, ...preview.counts } });
    });
    return ok(preview);
  });
}
