import { z } from 'zod';
import { legacyFileCodes } from './legacy.ts';
import { StoredFile } from './records.ts';

/** What the rows of a table are: dossiers, or documents that stand in dossiers. */
export const DossierTableKind = z.enum(['dossiers', 'documents']);
export type DossierTableKind = z.infer<typeof DossierTableKind>;

/** What a column holds, by the names of NĐ 30/2020 annex VI, TT 02/2019/TT-BNV and TT 05/2025/TT-BNV alike. */
export const DossierColumn = z.enum([
  'fileCode', 'catalog', 'notation', 'title', 'retention', 'basis', 'useMode', 'language', 'startDate', 'endDate', 'unit', 'person', 'keyword', 'infoSign',
  'condition', 'paperCode', 'paperSheets', 'description', 'code', 'codeNumber', 'codeNotation', 'issuedDate', 'issuerName', 'subject', 'ignore',
]);
export type DossierColumn = z.infer<typeof DossierColumn>;

const common = ['fileCode', 'catalog', 'notation'] as const;
/** The columns that each kind of table can have. */
export const dossierColumns: Readonly<Record<DossierTableKind, readonly DossierColumn[]>> = {
  dossiers: [
    ...common, 'title', 'retention', 'basis', 'useMode', 'language', 'startDate', 'endDate', 'unit', 'person', 'keyword', 'infoSign', 'condition', 'paperCode',
    'paperSheets', 'description', 'ignore',
  ],
  documents: [...common, 'code', 'codeNumber', 'codeNotation', 'issuedDate', 'issuerName', 'subject', 'ignore'],
};

export const DossierSheet = z.strictObject({
  name: z.string(),
  hidden: z.boolean(),
  /** the row with the names of the columns, from 1; null when none was found */
  header: z.number().int().nullable(),
  kind: DossierTableKind,
  columns: z.array(z.strictObject({ index: z.number().int(), letter: z.string(), head: z.string(), dossiers: DossierColumn, documents: DossierColumn })),
  first: z.array(z.strictObject({ row: z.number().int(), cells: z.array(z.string()) })),
});
export type DossierSheet = z.infer<typeof DossierSheet>;

export const DossierTable = z.strictObject({
  file: StoredFile,
  sheet: z.string().max(100),
  header: z.number().int().min(1).max(1_048_576),
  kind: DossierTableKind,
  columns: z.array(z.strictObject({ index: z.number().int().min(0).max(255), field: DossierColumn })).min(1).max(256),
});
export type DossierTable = z.infer<typeof DossierTable>;

/** Why a row cannot be taken over; each has a sentence `dossiers.rowProblem.<code>`. */
export const DossierRowProblem = z.enum([
  'code-missing', 'code-unreadable', 'code-twice', 'title-missing', 'title-too-long', 'retention-missing', 'retention-unreadable', 'mode-unknown', 'secret',
  'language-unknown', 'condition-unknown', 'day-unreadable', 'end-before-start', 'sheets-unreadable', 'cell-error', 'dossier-unknown', 'dossier-not-open',
  'document-missing', 'document-unknown', 'document-unsure', 'document-not-registered',
]);
export type DossierRowProblem = z.infer<typeof DossierRowProblem>;

const Params = z.record(z.string(), z.union([z.string(), z.number()]));
export const DossierTablePreview = z.strictObject({
  /** `known`: is here already, and is left as it is */
  counts: z.strictObject({ good: z.number().int(), known: z.number().int(), bad: z.number().int(), skipped: z.number().int() }),
  /** the first of them, as they would be written */
  good: z.array(z.strictObject({ row: z.number().int(), code: z.string(), title: z.string(), told: z.string() })),
  bad: z.array(z.strictObject({ row: z.number().int(), cells: z.array(z.string()), problems: z.array(z.strictObject({ code: DossierRowProblem, column: z.string(), params: Params })) })),
});
export type DossierTablePreview = z.infer<typeof DossierTablePreview>;

export const dossierTableCodes = [...legacyFileCodes, 'columns-missing'] as const;
