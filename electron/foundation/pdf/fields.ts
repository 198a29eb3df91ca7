import type { Result } from '../outcome.ts';
import { PdfStop, type PdfFault } from './faults.ts';
import { asked, found, followed, type PdfView } from './file.ts';
import { entry, integerIn, integerOf, nameIn, textOf, type Found, type PdfDictionary, type PdfObject } from './object.ts';
import { catalogIn, dictionaryAt, itemsAt } from './pages.ts';

/** A field of the form that has a value of its own (ISO 32000-1 12.7.3). */
export type FormField = {
  /** fully qualified, parts joined by full stops */
  readonly name: string;
  readonly number: number;
  readonly field: Found<PdfDictionary>;
  /** Tx, Btn, Ch or Sig, its own or a parent's; undefined when none says it */
  readonly type: string | undefined;
  readonly flags: number;
  /** /V, its own or a parent's, followed */
  readonly value: Found | undefined;
  /** objects that show it on pages: the field itself, or its kids without names */
  readonly widgets: readonly number[];
};

export type PdfForm = {
  readonly form: Found<PdfDictionary>;
  /** 1 signatures exist, 2 the file may only be appended to (12.7.2, table 219) */
  readonly sigFlags: number;
  readonly fields: readonly FormField[];
};

type Node = {
  readonly number: number;
  readonly depth: number;
  readonly name: string;
  readonly type: string | undefined;
  readonly flags: number;
  readonly value: Found | undefined;
};

/** The form of a view, undefined when it has none. Fails on a field that is met twice, on direct fields, and beyond the limits. */
export function formOf(view: PdfView): Result<PdfForm | undefined, PdfFault> {
  return asked(view.file, () => formIn(view));
}

/** For this folder: `formOf` that stops by throwing. */
export function formIn(view: PdfView): PdfForm | undefined {
  const form = dictionaryAt(view, catalogIn(view), 'AcroForm');
  if (form === undefined) return undefined;
  const { limits } = view.file.reader.budget;
  const seen = new Set<number>();
  const fields: FormField[] = [];
  const top = { depth: 0, name: '', type: undefined, flags: 0, value: undefined };
  const waiting: Node[] = references(itemsAt(view, form, 'Fields')).map((number) => ({ ...top, number })).reverse();
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const { number, depth } = node;
    if (seen.has(number)) throw new PdfStop('field-tree-cycle', form.holder.from, number);
    if (depth > limits.depth) throw new PdfStop('too-deep', form.holder.from, number);
    if (seen.size + waiting.length > limits.treeNodes) throw new PdfStop('too-many', form.holder.from, number);
    seen.add(number);
    const one = found(view, number);
    // A field that was freed is gone; the tree of a file in order does not name it, and readers pass it over.
    if (one === undefined || one.value.kind === 'null') continue;
    if (one.value.kind !== 'dictionary') throw new PdfStop('wrong-type', one.holder.from, number);
    const field = { value: one.value, holder: one.holder };
    const own = withParent(view, node, field);
    const { named, widgets } = kidsOf(view, field, seen);
    for (const kid of named.toReversed()) waiting.push({ ...own, number: kid, depth: depth + 1 });
    if (named.length === 0) fields.push({ name: own.name, number, field, type: own.type, flags: own.flags, value: own.value, widgets });
  }
  return { form, sigFlags: integerIn(form.value, 'SigFlags') ?? 0, fields };
}

function withParent(view: PdfView, parent: Omit<Node, 'number' | 'depth'>, field: Found<PdfDictionary>): Omit<Node, 'number' | 'depth'> {
  const { value: dictionary, holder } = field;
  const partial = followed(view, holder, dictionary.entries.get('T'))?.value;
  const own = partial?.kind === 'string' ? textOf(partial.bytes) : '';
  const joined = parent.name !== '' && own !== '' ? `${parent.name}.${own}` : parent.name + own;
  const type = followed(view, holder, dictionary.entries.get('FT'))?.value;
  const flags = followed(view, holder, dictionary.entries.get('Ff'))?.value;
  return {
    name: joined,
    type: type?.kind === 'name' ? type.name : parent.type,
    flags: integerOf(flags) ?? parent.flags,
    value: followed(view, holder, dictionary.entries.get('V')) ?? parent.value,
  };
}

/** Kids with a name are fields, those without are where the field is shown (12.7.3.1, 12.5.6.19). */
function kidsOf(view: PdfView, field: Found<PdfDictionary>, seen: Set<number>): { named: readonly number[]; widgets: readonly number[] } {
  const kids = references(itemsAt(view, field, 'Kids'));
  if (kids.length === 0) return { named: [], widgets: nameIn(field.value, 'Subtype') === 'Widget' ? [field.holder.number] : [] };
  if (kids.length > view.file.reader.budget.limits.treeNodes) throw new PdfStop('too-many', field.holder.from, field.holder.number);
  const named: number[] = [];
  const widgets: number[] = [];
  for (const number of kids) {
    const kid = found(view, number)?.value;
    const isField = kid?.kind === 'dictionary' && (entry(kid, 'T') !== undefined || entry(kid, 'Kids') !== undefined);
    if (isField) named.push(number);
    else if (seen.has(number)) throw new PdfStop('field-tree-cycle', field.holder.from, number);
    else {
      seen.add(number);
      widgets.push(number);
    }
  }
  return { named, widgets };
}

function references(items: readonly Found[]): readonly number[] {
  return items.map(({ value, holder }) => {
    if (value.kind !== 'reference') throw new PdfStop('wrong-type', holder.from, holder.number);
    return value.number;
  });
}

/** Which fields a rule is about (12.8.2.4, 12.7.4.5). */
export type FieldRule = {
  /** All, Include (the named ones), Exclude (all but the named ones); what else stands there is passed on */
  readonly action: string;
  readonly fields: readonly string[];
  /** /P of a lock: 1 no change at all, 2 form filling and signing, 3 annotations too (ISO 32000-2 table 236) */
  readonly level: number | undefined;
};

/** Reads a SigFieldLock or the parameters of FieldMDP. */
export function fieldRule(view: PdfView, rule: Found<PdfDictionary>): FieldRule {
  const fields = itemsAt(view, rule, 'Fields').map(({ value, holder }) => stringOf(followed(view, holder, value)?.value));
  return { action: nameIn(rule.value, 'Action') ?? '', fields, level: levelAt(view, rule) };
}

/** /P of a lock or of DocMDP, wherever it stands; 0, which is no level, for what is no integer: it counts as the strictest. */
export function levelAt(view: PdfView, { value, holder }: Found<PdfDictionary>): number | undefined {
  const level = followed(view, holder, value.entries.get('P'));
  return level && (integerOf(level.value) ?? 0);
}

function stringOf(value: PdfObject | undefined): string {
  return value?.kind === 'string' ? textOf(value.bytes) : '';
}
