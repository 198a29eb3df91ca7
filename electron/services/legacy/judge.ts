import type { LegacyField, LegacyHint, LegacyProblem, LegacyProblemCode, LegacyQuestion } from '#contract';
import { folded } from '../../foundation/pasted-table.ts';
import type { ReadDb } from '../../store/index.ts';
import { holderOfCode, holderOfNumber, sameReceived, type Holder, type OldArrival, type OldIssue, type Scope, type Shelf } from '../records/index.ts';
import { entryReader, type EntryFields } from './entry.ts';
import type { TableRow } from './read/table.ts';

export type Verdict =
  | { readonly kind: 'good'; readonly arrival: OldArrival; readonly hints: readonly Hint[]; readonly fields: EntryFields['shown'] }
  | { readonly kind: 'good'; readonly issue: OldIssue; readonly hints: readonly Hint[]; readonly fields: EntryFields['shown'] }
  | { readonly kind: 'bad'; readonly problems: readonly LegacyProblem[] }
  | { readonly kind: 'known' }
  | { readonly kind: 'other-year'; readonly year: number }
  | { readonly kind: 'skipped'; readonly text: string };
type Hint = Omit<LegacyHint, 'row'>;

export type JudgeFrame = {
  readonly question: LegacyQuestion;
  /** of the columns of the sheet */
  readonly heads: readonly string[];
  readonly shelf: Shelf;
  /** yyyy-MM-dd in Vietnam */
  readonly today: string;
};

export type Judge = {
  /** What becomes of a row; rows are judged once each, in their order. */
  readonly judge: (db: ReadDb, row: TableRow) => Verdict;
  /** so many numbers stand on documents of different symbols */
  readonly sharedNumbers: () => number;
};

/** What another row of the file, or the store, has under a number or a symbol. */
type Identity = { readonly line: number; readonly key: string };

/**
 * Judges the rows of an old register one after another: whether they can be read, whether their numbers are free in the file
 * and in the store, whether they are here already. Never writes.
 */
export function judgeOf({ question, heads, shelf, today }: JudgeFrame): Judge {
  const read = entryReader(question, heads, today);
  const numbers = new Map<string, Identity>();
  const codes = new Map<string, Identity>();
  let shared = 0;

  function judge(db: ReadDb, row: TableRow): Verdict {
    const found = read(row);
    if (found.kind !== 'entry') return found;
    const { fields, hints } = found;
    return question.register === 'incoming' ? judgeArrival(db, row.line, fields, hints) : judgeIssue(db, row.line, fields, hints);
  }

  function judgeArrival(db: ReadDb, line: number, fields: EntryFields, hints: readonly Hint[]): Verdict {
    const scope = shelf.scopeOf('');
    const key = keyOf(fields);
    const word = numberWord(fields);
    const former = numbers.get(word);
    if (former !== undefined) return former.key === key ? { kind: 'known' } : bad('number-twice', 'arrivalNumber', { number: word, row: former.line });
    numbers.set(word, { line, key });
    const standing = standingIn(db, scope, fields);
    if (standing === 'closed') return bad('series-closed', 'arrivalNumber', { year: question.year });
    if (standing === 'not-free') return bad('number-not-free', 'arrivalNumber', { number: word });
    if (standing !== 'free') return sameEntry(standing, fields) ? { kind: 'known' } : bad('number-taken', 'arrivalNumber', { number: word, code: standing.code, subject: shortly(standing.subject) });
    const twin = twinOf(db, line, fields);
    const { arrivedOn, holders, issuerName, issuedDate } = fields;
    return {
      kind: 'good',
      arrival: { ...common(line, scope, fields), arrivedOn, holders, issuerName, issuedDate },
      hints: twin === undefined ? hints : [...hints, { code: 'same-document', params: { other: twin } }],
      fields: fields.shown,
    };
  }

  /** Where the same document stands a second time, under another number: on paper that is two entries. */
  function twinOf(db: ReadDb, line: number, fields: EntryFields): string | undefined {
    if (fields.codeNumber === '' || fields.issuedDate === null) return undefined;
    const key = keyOf({ ...fields, subject: '' });
    const former = codes.get(key);
    if (former !== undefined) return String(former.line);
    codes.set(key, { line, key });
    const stored = sameReceived(db, fields.codeNumber, fields.codeNotation, fields.issuedDate).find(({ issuerName }) => folded(issuerName) === folded(fields.issuerName));
    return stored === undefined ? undefined : `số đến ${String(stored.arrivalNumber ?? '')}`;
  }

  function judgeIssue(db: ReadDb, line: number, fields: EntryFields, hints: readonly Hint[]): Verdict {
    const key = keyOf(fields);
    const code = `${fields.codeNumber.replace(/^0+/, '')}/${fields.codeNotation}`;
    const written = `${fields.codeNumber}/${fields.codeNotation}`;
    const former = codes.get(code);
    if (former !== undefined) return former.key === key ? { kind: 'known' } : bad('code-twice', 'code', { code: written, row: former.line });
    codes.set(code, { line, key });
    const holder = holderOfCode(db, shelf, fields.codeNumber, fields.codeNotation);
    if (holder !== undefined) {
      return holder !== null && holder.issuedDate === fields.issuedDate ? { kind: 'known' } : bad('code-taken', 'code', { code: written, subject: shortly(holder?.subject ?? '') });
    }
    const own = shelf.scopeOf(fields.codeNotation);
    const inOwn = numberIn(db, own, line, key, fields);
    if (inOwn === 'closed') return bad('series-closed', 'code', { year: question.year });
    if (inOwn !== undefined) shared += 1;
    const apart = inOwn === undefined ? undefined : shelf.apartOf(fields.codeNotation);
    const scope = inOwn === undefined ? own : apart;
    if (scope === undefined || (apart !== undefined && numberIn(db, apart, line, key, fields) !== undefined)) {
      return bad('number-taken', 'code', { number: numberWord(fields), ...(inOwn ?? { code: '', subject: '' }) });
    }
    const { issuedDate, toPlaces, keepUnit, unitName, issuedAmount } = fields;
    if (issuedDate === null) throw new Error('an issued document without its day was read as an entry');
    return { kind: 'good', issue: { ...common(line, scope, fields), issuedDate, toPlaces, keepUnit, unitName, issuedAmount }, hints, fields: fields.shown };
  }

  /** What has a number in a series already; undefined when nothing has, and it is now this row's. */
  function numberIn(db: ReadDb, scope: Scope, line: number, key: string, fields: EntryFields): 'closed' | { code: string; subject: string } | undefined {
    const word = `${scope.scope}\n${numberWord(fields)}`;
    const former = numbers.get(word);
    if (former !== undefined) return { code: '', subject: `dòng ${String(former.line)}` };
    const standing = standingIn(db, scope, fields);
    if (standing === 'closed') return 'closed';
    if (standing === 'not-free') return { code: '', subject: '' };
    if (standing !== 'free') return { code: standing.code, subject: shortly(standing.subject) };
    numbers.set(word, { line, key });
    return undefined;
  }

  function standingIn(db: ReadDb, scope: Scope, { number, suffix }: EntryFields): ReturnType<typeof holderOfNumber> | 'closed' {
    const series = shelf.seriesOf(db, scope.scope);
    if (series === undefined) return 'free';
    const standing = holderOfNumber(db, series, number, suffix);
    // A closed register gives no number any more; one that it has left out may still be filled in.
    return standing === 'free' && series.imported === 0 && series.closed_at !== null && number > series.last ? 'closed' : standing;
  }

  return { judge, sharedNumbers: () => shared };
}

function common(line: number, scope: Scope, fields: EntryFields): Omit<OldArrival, 'arrivedOn' | 'issuedDate' | 'issuerName' | 'holders'> {
  const { number, suffix, codeNumber, codeNotation, typeName, subject, signerName, description, pageAmount, transferred, receivedBy } = fields;
  return { line, scope, number, suffix, codeNumber, codeNotation, typeName, subject, signerName, description, pageAmount, transferred, receivedBy };
}

/** The same number, symbol, issuer and day, and the same subject: in one file two rows that differ in it are two documents. */
function keyOf(fields: Pick<EntryFields, 'codeNumber' | 'codeNotation' | 'issuerName' | 'issuedDate' | 'subject'>): string {
  return [`${fields.codeNumber.replace(/^0+/, '')}/${fields.codeNotation}`, folded(fields.issuerName), fields.issuedDate ?? '', folded(fields.subject)].join('\n');
}

/** Whether what the store has is the entry itself: number, symbol, issuer and day; without a symbol its subject tells. */
function sameEntry(holder: Holder, fields: EntryFields): boolean {
  const code = `${fields.codeNumber}/${fields.codeNotation}`;
  return (
    holder.code === code &&
    folded(holder.issuerName) === folded(fields.issuerName) &&
    holder.issuedDate === fields.issuedDate &&
    (code !== '/' || folded(holder.subject) === folded(fields.subject))
  );
}

function numberWord({ number, suffix }: Pick<EntryFields, 'number' | 'suffix'>): string {
  return `${String(number)}${suffix}`;
}

function bad(code: LegacyProblemCode, field: LegacyField, params: LegacyProblem['params']): Verdict {
  return { kind: 'bad', problems: [{ code, field, column: '', params }] };
}

function shortly(text: string): string {
  return text.length <= 80 ? text : `${text.slice(0, 79)}…`;
}
