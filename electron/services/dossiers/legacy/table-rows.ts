import type { DossierColumn, DossierFields, DossierRowProblem, DossierTable, DossierTablePreview } from '#contract';
import { all, one, sql, type ReadDb } from '../../../store/index.ts';
import { cleaned, letterOf, readCode, readDay, type TableRow } from '../../legacy/index.ts';
import { codeOfValue, codesOfValues } from '../../packages/index.ts';
import { unmarked, wordsOf } from '../../search/index.ts';
import { currentAsker, mayRead } from '../access/readers.store.ts';
import type { DocumentRef } from '../members/members.store.ts';
import { readRetention } from '../retention.ts';

type Problem = DossierTablePreview['bad'][number]['problems'][number];
type Bad = { readonly kind: 'bad'; readonly problems: readonly Problem[] };

/** A row as it is judged before anything is written. */
export type RowVerdict =
  | { readonly kind: 'dossier'; readonly fields: DossierFields }
  | { readonly kind: 'document'; readonly dossier: string; readonly document: DocumentRef; readonly code: string; readonly title: string }
  | { readonly kind: 'known' | 'skipped' }
  | Bad;

/** Reads rows one after another; a code that comes twice is told at its second row. */
export function rowReader(db: ReadDb, office: string, table: DossierTable): (row: TableRow) => RowVerdict {
  const columnOf = new Map<DossierColumn, number>(table.columns.map(({ field, index }) => [field, index]));
  const seen = new Set<string>();
  return (row) => {
    const problems: Problem[] = [];
    const text = (field: DossierColumn): string => {
      const index = columnOf.get(field);
      return index === undefined ? '' : cleaned(row.cells[index]?.text ?? '');
    };
    const say = (code: DossierRowProblem, field: DossierColumn, params: Problem['params'] = {}): void => {
      const index = columnOf.get(field);
      problems.push({ code, column: index === undefined ? '' : letterOf(index), params });
    };
    if (table.columns.every(({ index, field }) => field === 'ignore' || cleaned(row.cells[index]?.text ?? '') === '')) return { kind: 'skipped' };
    const wrong = table.columns.find(({ index, field }) => field !== 'ignore' && ['error', 'no-value'].includes(row.cells[index]?.kind ?? ''));
    if (wrong !== undefined) say('cell-error', wrong.field, { text: row.cells[wrong.index]?.text ?? '' });
    const code = codeOf(text('fileCode'), text('catalog'), text('notation'));
    if (code === undefined) {
      const written = [text('fileCode'), text('catalog'), text('notation')].filter((part) => part !== '').join(' ');
      say(written === '' ? 'code-missing' : 'code-unreadable', columnOf.has('fileCode') ? 'fileCode' : 'notation', { text: written.slice(0, 60) });
      return { kind: 'bad', problems };
    }
    const found = one<{ id: string; state: string }>(db, sql`SELECT id, state FROM dossier WHERE office = ${office} AND catalog = ${code.catalog} AND notation = ${code.notation}`);
    return table.kind === 'dossiers' ? dossierOf() : documentOf();

    function dayOf(field: 'startDate' | 'endDate' | 'issuedDate'): string | null {
      const index = columnOf.get(field);
      const cell = index === undefined ? undefined : row.cells[index];
      if (cell === undefined || cleaned(cell.text) === '') return null;
      const day = readDay(cell, code?.catalog ?? null);
      if (typeof day === 'string') return day;
      say('day-unreadable', field, { text: cell.text.slice(0, 40) });
      return null;
    }

    function dossierOf(): RowVerdict {
      if (found !== undefined) return { kind: 'known' };
      const { catalog, notation } = code ?? { catalog: 0, notation: '' };
      const key = `${String(catalog)} ${notation}`;
      if (seen.has(key)) say('code-twice', columnOf.has('fileCode') ? 'fileCode' : 'notation', { code: `${notation} (${String(catalog)})` });
      const title = text('title');
      if (title === '') say('title-missing', 'title');
      if (title.length > 500) say('title-too-long', 'title', { limit: 500 });
      const retention = retentionOf(text('retention'));
      if (retention === undefined) say(text('retention') === '' ? 'retention-missing' : 'retention-unreadable', 'retention', { text: text('retention').slice(0, 60) });
      const mode = text('useMode') === '' ? '01' : codeOfValue('mode', text('useMode'));
      if (mode === undefined) say('mode-unknown', 'useMode', { text: text('useMode').slice(0, 60) });
      // Secrets are not kept on a machine with a network.
      if (mode === '03') say('secret', 'useMode');
      const languages = text('language') === '' ? ['01'] : codesOfValues('language', text('language'));
      if (languages === undefined) say('language-unknown', 'language', { text: text('language').slice(0, 60) });
      const condition = text('condition') === '' ? '01' : codeOfValue('format', text('condition'));
      if (condition === undefined) say('condition-unknown', 'condition', { text: text('condition').slice(0, 60) });
      const sheets = text('paperSheets');
      if (sheets !== '' && !/^\d{1,6}$/.test(sheets)) say('sheets-unreadable', 'paperSheets', { text: sheets.slice(0, 40) });
      const [startDate, endDate] = [dayOf('startDate'), dayOf('endDate')];
      if (startDate !== null && endDate !== null && endDate < startDate) say('end-before-start', 'endDate');
      if (problems.length > 0 || retention === undefined || languages === undefined) return { kind: 'bad', problems };
      seen.add(key);
      return {
        kind: 'dossier',
        fields: {
          catalog,
          notation,
          title,
          retention: { ...retention, basis: text('basis').slice(0, 300), scheduleRow: null },
          maker: { unit: null, unitName: text('unit').slice(0, 200), person: null, personName: text('person').slice(0, 200) },
          useMode: mode === '02' ? 'conditional' : 'public',
          language: languages.join(';'),
          keyword: text('keyword').slice(0, 100),
          infoSign: text('infoSign').slice(0, 30),
          condition: condition === '02' || condition === '03' ? condition : '01',
          paperCode: text('paperCode').slice(0, 100),
          paperSheets: sheets === '' ? null : Number(sheets),
          description: text('description').slice(0, 2000),
          startDate,
          endDate,
        },
      };
    }

    function documentOf(): RowVerdict {
      const whole = text('code') === '' ? undefined : readCode(text('code'));
      const codeNumber = whole?.codeNumber ?? text('codeNumber').replace(/^0+(?=\d)/, '');
      const codeNotation = whole?.codeNotation ?? text('codeNotation');
      const field = columnOf.has('code') ? 'code' : 'codeNumber';
      const written = [codeNumber, codeNotation].filter((part) => part !== '').join('/');
      const issued = dayOf('issuedDate');
      // Whoever may not read a dossier is not told that it is there.
      if (found === undefined || !mayRead(db, currentAsker(db), found.id)) say('dossier-unknown', columnOf.has('fileCode') ? 'fileCode' : 'notation', { code: code?.notation ?? '' });
      else if (found.state !== 'open') say('dossier-not-open', columnOf.has('fileCode') ? 'fileCode' : 'notation', { code: code?.notation ?? '' });
      if (written === '') say('document-missing', field);
      const documents = written === '' ? [] : documentsWith(db, codeNumber, codeNotation, issued, text('issuerName'));
      const [document] = documents;
      if (written !== '' && document === undefined) say('document-unknown', field, { code: written.slice(0, 80) });
      if (documents.length > 1) say('document-unsure', field, { code: written.slice(0, 80), count: documents.length });
      if (document?.registered === 0) say('document-not-registered', field, { code: written.slice(0, 80) });
      if (problems.length > 0 || found === undefined || document === undefined) return { kind: 'bad', problems };
      const key = `${found.id} ${document.id}`;
      const isMember = one(db, document.kind === 'incoming' ? sql`SELECT 1 FROM dossier_member WHERE incoming = ${document.id} AND dossier = ${found.id} AND ordinal IS NOT NULL` : sql`SELECT 1 FROM dossier_member WHERE outgoing = ${document.id} AND dossier = ${found.id} AND ordinal IS NOT NULL`);
      if (isMember !== undefined || seen.has(key)) return { kind: 'known' };
      seen.add(key);
      return { kind: 'document', dossier: found.id, document: { kind: document.kind, id: document.id }, code: code?.notation ?? '', title: `${written} ${document.subject}` };
    }
  };
}

/** Year and code: each in its column, or both in `G09.2018.01.TCCB` behind the body's code (NĐ 30/2020 annex VI III.1). */
function codeOf(fileCode: string, catalog: string, notation: string): { readonly catalog: number; readonly notation: string } | undefined {
  const whole = /^(?:.*\.)?((?:19|20|21)\d{2})\.([^\s/\\]{1,40})$/u.exec(fileCode.replaceAll(/\s+/g, ''));
  const year = /^\d{4}$/.test(catalog) ? Number(catalog) : Number(whole?.[1] ?? 0);
  // Numbers and symbols are parted by a dot here; a stroke or a space cannot stand in a code.
  const symbol = notation === '' ? (whole?.[2] ?? '') : notation.replaceAll(/\s*[/\\\s]\s*/g, '.');
  return year < 1900 || year > 2199 || symbol === '' || symbol.length > 40 ? undefined : { catalog: year, notation: symbol };
}

function retentionOf(text: string): { readonly kind: 'permanent' | 'years'; readonly years: number | null } | undefined {
  const read = readRetention(text);
  if (read !== undefined && !/^0\d$/.test(text)) return read;
  // A code of the circular: 01 vĩnh viễn, 02 70 năm, … 06 10 năm; 07 says no number.
  const code = codeOfValue('maintenance', text);
  const years = { '02': 70, '03': 50, '04': 30, '05': 20, '06': 10 }[code ?? ''];
  return code === '01' ? { kind: 'permanent', years: null } : years === undefined ? undefined : { kind: 'years', years };
}

type Found = DocumentRef & { readonly subject: string; readonly registered: number; readonly issuer: string };

/** Documents of the registers with a number and symbol; by their day and issuer where the table tells them. */
function documentsWith(db: ReadDb, codeNumber: string, codeNotation: string, issued: string | null, issuer: string): readonly Found[] {
  const day = issued === null ? sql`1 = 1` : sql`issued_date = ${issued}`;
  const found = all<Found>(
    db,
    sql`SELECT 'incoming' AS kind, id, subject, state = 'registered' AS registered, issuer_name AS issuer FROM incoming_document WHERE code_number = ${codeNumber} AND code_notation = ${codeNotation} AND ${day}
        UNION ALL SELECT 'outgoing', o.id, o.subject, 1, COALESCE((SELECT name FROM office WHERE id = o.office), '') FROM outgoing_document AS o WHERE o.code_number || '/' || o.code_notation = ${`${codeNumber}/${codeNotation}`} AND ${day} LIMIT 20`,
  );
  if (issuer === '' || found.length < 2) return found;
  const plain = (text: string): string => wordsOf(text).map(unmarked).join(' ');
  const of = found.filter((document) => plain(document.issuer) === plain(issuer));
  return of.length === 0 ? found : of;
}
