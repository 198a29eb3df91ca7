import type { LegacyField, LegacyHint, LegacyProblem, LegacyProblemCode, LegacyQuestion } from '#contract';
import { folded } from '../../foundation/pasted-table.ts';
import { arrivingKinds } from '../records/index.ts';
import { hasField } from './columns.ts';
import { letterOf, type Cell, type TableRow } from './read/table.ts';
import { isHeading, isPlain, leadingNumber, readCode, readDay, readNumber, repeatsAbove } from './values.ts';

/** What a row of an old register says; what its register has no column for is ''. */
export type EntryFields = {
  /** of arrival, or of issue */
  readonly number: number;
  readonly suffix: string;
  /** yyyy-MM-dd; '' of an issued document */
  readonly arrivedOn: string;
  readonly issuedDate: string | null;
  readonly issuerName: string;
  readonly codeNumber: string;
  readonly codeNotation: string;
  readonly typeName: string;
  readonly subject: string;
  readonly signerName: string;
  readonly holders: string;
  readonly toPlaces: readonly string[];
  readonly keepUnit: string;
  readonly unitName: string;
  readonly issuedAmount: number | null;
  readonly pageAmount: number | null;
  readonly transferred: string;
  readonly receivedBy: string;
  readonly description: string;
  /** as they will be written, for the preview */
  readonly shown: Partial<Record<LegacyField, string>>;
};

export type ReadEntry =
  | { readonly kind: 'entry'; readonly fields: EntryFields; readonly hints: readonly Omit<LegacyHint, 'row'>[] }
  | { readonly kind: 'bad'; readonly problems: readonly LegacyProblem[] }
  | { readonly kind: 'other-year'; readonly year: number }
  | { readonly kind: 'skipped'; readonly text: string };

/** Characters that a field of the register takes; longer ones are no register entry. */
const longest: Readonly<Partial<Record<LegacyField, number>>> = {
  codeNumber: 40, codeNotation: 100, code: 140, subject: 4000, issuerName: 1000, typeName: 200, signerName: 500, holders: 2000,
  toPlaces: 4000, keepUnit: 500, unitName: 500, transferred: 200, receivedBy: 500, description: 4000, note: 4000,
};

/** Reads rows one after another; marks that repeat what stands above are read by what the rows before said. */
export function entryReader(question: LegacyQuestion, heads: readonly string[], today: string): (row: TableRow) => ReadEntry {
  const { register, year } = question;
  const columns = question.columns.filter(({ field }) => field !== 'ignore' && hasField(register, field));
  const indexOf = (field: LegacyField): number | undefined => columns.find((column) => column.field === field)?.index;
  const kindNames = new Map(arrivingKinds.map(({ name }) => [folded(name), name]));
  const above = new Map<number, string>();

  return (row) => {
    const problems: LegacyProblem[] = [];
    const hints: Omit<LegacyHint, 'row'>[] = [];
    const tell = (code: LegacyProblemCode, field: LegacyField, params: LegacyProblem['params'] = {}): void => {
      const index = indexOf(field);
      problems.push({ code, field, column: index === undefined ? '' : letterOf(index), params });
    };
    const text = between(row, heads);
    if (text !== undefined) return { kind: 'skipped', text };

    /** A cell as it is meant: what repeats the one above is that one's. Tells what is wrong with it. */
    function cellAt({ index, field }: { readonly index: number; readonly field: LegacyField }): Cell | undefined {
      const cell = row.cells[index];
      const covered = row.covered.get(index);
      if (cell === undefined) {
        if (covered !== undefined) problems.push({ code: 'merged', field, column: letterOf(index), params: { row: covered.line, text: covered.text.slice(0, 80) } });
        return undefined;
      }
      if (cell.kind === 'error') problems.push({ code: 'cell-error', field, column: letterOf(index), params: { text: cell.text } });
      if (cell.kind === 'no-value') problems.push({ code: 'formula-without-value', field, column: letterOf(index), params: {} });
      if (cell.kind === 'text' && repeatsAbove(cell.text)) {
        const former = above.get(index);
        if (former === undefined) {
          problems.push({ code: 'nothing-above', field, column: letterOf(index), params: { text: cell.text } });
          return undefined;
        }
        if (!hints.some(({ code }) => code === 'repeated-above')) hints.push({ code: 'repeated-above', params: { text: cell.text } });
        return { kind: 'text', text: former };
      }
      const most = longest[field] ?? 100;
      if (cell.text.length > most) problems.push({ code: 'too-long', field, column: letterOf(index), params: { most } });
      above.set(index, cell.kind === 'date' ? shown(cell.text) : cell.text);
      return cell;
    }
    const cells = new Map(columns.map((column) => [column, cellAt(column)]));
    const cellOf = (field: LegacyField): Cell | undefined => {
      for (const [column, cell] of cells) if (column.field === field && cell !== undefined) return cell;
      return undefined;
    };
    const textOf = (field: LegacyField): string => {
      const cell = cellOf(field);
      return cell === undefined ? '' : cell.kind === 'date' ? shown(cell.text) : cell.text;
    };
    const dayOf = (field: LegacyField, needed: boolean, ofYear: number | null): string | null => {
      const cell = cellOf(field);
      if (cell === undefined || cell.kind === 'error' || cell.kind === 'no-value') {
        if (needed && !problems.some((one) => one.field === field)) tell('day-missing', field);
        return null;
      }
      const day = readDay(cell, ofYear);
      if (typeof day === 'string') return day;
      tell(day.problem, field, { text: cell.text.slice(0, 80) });
      return null;
    };

    if (!isPlain(textOf('secrecy'))) tell('secret', 'secrecy', { text: textOf('secrecy').slice(0, 40) });
    const subject = textOf('subject');
    if (subject === '' && !problems.some(({ field }) => field === 'subject')) tell('subject-missing', 'subject');
    const code = codeOf();
    const arrivedOn = register === 'incoming' ? dayOf('arrivedOn', true, year) : null;
    const issuedDate = dayOf('issuedDate', register === 'outgoing', register === 'outgoing' ? year : null);
    const main = register === 'incoming' ? arrivedOn : issuedDate;
    const number = numberOf();

    // Rows of other years are for another import, whatever else is wrong with them.
    if (main !== null && Number(main.slice(0, 4)) !== year) return { kind: 'other-year', year: Number(main.slice(0, 4)) };
    if (main !== null && main > today) tell('day-in-future', register === 'incoming' ? 'arrivedOn' : 'issuedDate', { text: shown(main) });
    if (arrivedOn !== null && issuedDate !== null && issuedDate > arrivedOn) hints.push({ code: 'issued-after-arrival', params: { issued: shown(issuedDate), arrived: shown(arrivedOn) } });
    if (problems.length > 0 || number === undefined) return { kind: 'bad', problems };
    return { kind: 'entry', fields: fieldsOf(number), hints };

    function codeOf(): { codeNumber: string; codeNotation: string } {
      for (const field of ['code', 'codeNumber', 'codeNotation'] as const) {
        if (cellOf(field)?.kind === 'date') tell('became-date', field, { text: textOf(field) });
      }
      const [whole, digits, notation] = [textOf('code'), textOf('codeNumber'), textOf('codeNotation')];
      if (whole !== '') return readCode(whole);
      if (digits === '' || notation === '') return readCode(notation === '' ? digits : notation);
      // The symbol's column may hold the number once more.
      const both = readCode(notation);
      return both.codeNumber === digits ? both : { codeNumber: digits, codeNotation: notation.replace(/^\//, '') };
    }

    function numberOf(): { number: number; suffix: string } | undefined {
      if (register === 'incoming') {
        const cell = cellOf('arrivalNumber');
        if (cell === undefined) {
          if (!problems.some(({ field }) => field === 'arrivalNumber')) tell('number-missing', 'arrivalNumber');
          return undefined;
        }
        const read = cell.kind === 'date' ? undefined : readNumber(cell.text);
        if (read === undefined && cell.kind !== 'error' && cell.kind !== 'no-value') tell('number-unreadable', 'arrivalNumber', { text: textOf('arrivalNumber').slice(0, 40) });
        return read;
      }
      const written = [code.codeNumber, code.codeNotation].filter((part) => part !== '').join('/');
      if (written === '') {
        if (!problems.some(({ field }) => field === 'code' || field === 'codeNumber')) tell('code-missing', 'code');
        return undefined;
      }
      const read = code.codeNotation === '' ? undefined : leadingNumber(code.codeNumber);
      if (read === undefined && !problems.some(({ code: one }) => one === 'became-date')) tell('code-unreadable', 'code', { text: written.slice(0, 60) });
      return read;
    }

    function fieldsOf(read: { number: number; suffix: string }): EntryFields {
      const remarks = [textOf('description')];
      for (const [column, cell] of cells) {
        if (column.field === 'note' && cell !== undefined) remarks.push(`${heads[column.index] ?? letterOf(column.index)}: ${cell.kind === 'date' ? shown(cell.text) : cell.text}`);
      }
      const count = (field: 'issuedAmount' | 'pageAmount', name: string): number | null => {
        const words = textOf(field);
        const [, digits] = /^0*(\d{1,6})(?:\s*(?:bản|tờ|trang))?$/i.exec(words) ?? [];
        // What is more than a count stays as words.
        if (words !== '' && digits === undefined) remarks.push(`${name}: ${words}`);
        return digits === undefined || Number(digits) === 0 ? null : Number(digits);
      };
      const issuedAmount = count('issuedAmount', 'Số lượng bản');
      const pageAmount = count('pageAmount', 'Số trang');
      const moved = cellOf('transferred');
      const day = moved === undefined ? '' : readDay(moved, year);
      const titled = /^([^:]{2,40}): (.+)$/.exec(subject);
      const kind = textOf('typeName') === '' ? kindNames.get(folded(titled?.[1] ?? '')) : undefined;
      const known = kind === titled?.[1] ? kind : undefined;
      const fields = {
        ...read,
        ...code,
        arrivedOn: arrivedOn ?? '',
        issuedDate,
        issuerName: textOf('issuerName'),
        typeName: known ?? textOf('typeName'),
        subject: known === undefined ? subject : (titled?.[2] ?? subject),
        signerName: textOf('signerName'),
        holders: textOf('holders'),
        toPlaces: textOf('toPlaces').split(/\s*;\s*/).filter((place) => place !== ''),
        keepUnit: textOf('keepUnit'),
        unitName: textOf('unitName'),
        issuedAmount,
        pageAmount,
        transferred: typeof day === 'string' ? day : textOf('transferred'),
        receivedBy: textOf('receivedBy'),
        description: remarks.filter((part) => part !== '').join('; '),
      };
      return { ...fields, shown: shownFields(fields) };
    }

    function shownFields(fields: Omit<EntryFields, 'shown'>): EntryFields['shown'] {
      const number = `${String(fields.number).padStart(2, '0')}${fields.suffix}`;
      const all: Partial<Record<LegacyField, string>> = {
        arrivalNumber: register === 'incoming' ? number : '',
        arrivedOn: shown(fields.arrivedOn),
        issuerName: fields.issuerName,
        code: [fields.codeNumber, fields.codeNotation].filter((part) => part !== '').join('/'),
        issuedDate: shown(fields.issuedDate ?? ''),
        typeName: fields.typeName,
        subject: fields.subject,
        signerName: fields.signerName,
        holders: fields.holders,
        toPlaces: fields.toPlaces.join('; '),
        keepUnit: fields.keepUnit,
        unitName: fields.unitName,
        issuedAmount: String(fields.issuedAmount ?? ''),
        pageAmount: String(fields.pageAmount ?? ''),
        transferred: shown(fields.transferred),
        receivedBy: fields.receivedBy,
        description: fields.description,
      };
      return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
    }
  };
}

/** `05/03/2024` of `2024-03-05`; anything else as it is. */
function shown(text: string): string {
  return /^\d{4}-\d\d-\d\d$/.test(text) ? text.split('-').toReversed().join('/') : text;
}

/** What a row says that is no entry: a heading over several rows, a sum, the columns' names or numbers once more; else undefined. */
function between(row: TableRow, heads: readonly string[]): string | undefined {
  const texts = row.cells.flatMap((cell) => (cell === undefined ? [] : [cell.text]));
  const [first = ''] = texts;
  // Notes on numbers without a document, as our own printed registers have them under remarks.
  if (texts.length === 1 && (row.widest >= 3 || isHeading(first) || /^(?:Số|Từ số) \d+.*lý do:/.test(first))) return first;
  if (texts.length <= 3 && isHeading(first) && !/\d+\s*\/\s*\p{L}/u.test(texts.join(' '))) return texts.join(' · ');
  const digits = texts.map((text) => Number(text.replaceAll(/[()]/g, '')));
  if (texts.length >= 3 && digits.every((digit, index) => digit === (digits[0] ?? 0) + index) && (digits[0] ?? 0) <= 1) return texts.join(' · ');
  const repeated = row.cells.filter((cell, index) => cell !== undefined && cell.text === heads[index]).length;
  return repeated >= 3 && repeated >= texts.length - 1 ? texts.join(' · ') : undefined;
}
