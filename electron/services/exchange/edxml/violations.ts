import { documentTree, statusTree } from './build.ts';
import { relationsOf, type Finding } from './relations.ts';
import type { AttachmentLabel, DocumentToWrite, EdxmlMessage, StatusToWrite } from './model.ts';
import type { OutElement } from './out-tree.ts';
import {
  documentRules,
  statusRules,
  type ElementRule,
  type RuleSource,
  type Sureness,
  type ValueType,
  type ViolationRule,
} from './rules.ts';
import { stepsOf } from './path.ts';
import { countFromWire, dayFromWire, instantFromWire } from './values.ts';

/** One deviation from the format. It never stops a message that comes in. */
export type Violation = {
  /** e.g. `To[2]/OrganId`, counted from `MessageHeader` or `TraceHeaderList`; `[1]` is left out */
  readonly element: string;
  readonly rule: ViolationRule;
  /** what stands there, cut to 100 code points for showing */
  readonly value: string;
  /** with `too-long`: the limit in code points; with `not-in-list`: the list; with `future`: today */
  readonly limit?: number | string;
  readonly source: RuleSource;
  readonly sure: Sureness;
  /** a message of ours is not sent with it; the rest is for people to know */
  readonly hard: boolean;
};

const shownLength = 100;

/**
 * Everything in a message that deviates from the format as it is known (axis.md §2.2–2.8), in document order (VNPT's).
 * @param options.today contract day `yyyy-MM-dd` in Vietnam, against which the date of issue is held
 */
export function violationsOf(message: EdxmlMessage, options: { readonly today: string }): readonly Violation[] {
  const relations = relationsOf(message, options.today);
  const repeated = repetitions(message);
  if (message.kind === 'status') {
    // What stood on the wire is judged, not what was made of it.
    const tree = statusTree({ ...message, statusCode: message.statusCodeOnWire });
    return inOrder([...judged(tree, statusRules), ...relations, ...repeated], statusRules);
  }
  return inOrder([...judged(documentTree(message, []), documentRules), ...relations, ...repeated], documentRules);
}

/** What keeps a document of ours from being sent. */
export function hardOfDocument(
  document: DocumentToWrite,
  tree: OutElement,
  attachments: readonly AttachmentLabel[],
): readonly Violation[] {
  const relations = relationsOf({ kind: 'writing', ...document, attachments }, null);
  return inOrder([...judged(tree, documentRules), ...relations], documentRules).filter(({ hard }) => hard);
}

/** What keeps a status of ours from being sent. */
export function hardOfStatus(status: StatusToWrite, tree: OutElement): readonly Violation[] {
  const relations = relationsOf({ kind: 'status', ...status, statusCodeOnWire: status.statusCode, unknown: [] }, null);
  return inOrder([...judged(tree, statusRules), ...relations], statusRules).filter(({ hard }) => hard);
}

type Instance = { readonly node: OutElement; readonly path: string };

function judged(root: OutElement, rules: readonly ElementRule[]): readonly Finding[] {
  const header = root.children.flatMap((envelope) => envelope.children).find(({ name }) => name === 'edXMLHeader');
  const start: Instance = { node: header ?? root, path: '' };
  const found: Finding[] = [];
  const instances = new Map<string, readonly Instance[]>([['', [start]]]);
  for (const rule of rules) {
    const cut = rule.path.lastIndexOf('/');
    const name = rule.path.slice(cut + 1);
    const here: Instance[] = [];
    for (const parent of instances.get(rule.path.slice(0, Math.max(cut, 0))) ?? []) {
      const children = parent.node.children.filter((child) => child.name === name && child.uri === '');
      const prefix = parent.path === '' ? '' : `${parent.path}/`;
      if (rule.required !== undefined && children.every(blank)) found.push(missing(`${prefix}${name}`, rule.required));
      for (const [at, node] of children.entries()) here.push({ node, path: `${prefix}${name}${at === 0 ? '' : `[${String(at + 1)}]`}` });
    }
    instances.set(rule.path, here);
    for (const { node, path } of here) found.push(...judgedValue(path, node.text, rule));
  }
  return found;
}

function blank(node: OutElement): boolean {
  return node.text.trim() === '' && node.children.length === 0;
}

function missing(path: string, [source, sure, hard]: NonNullable<ElementRule['required']>): Finding {
  return { path, rule: 'missing', value: '', source, sure, hard: hard === 'hard' };
}

function judgedValue(path: string, value: string, rule: ElementRule): readonly Finding[] {
  if (value.trim() === '') return [];
  const found: Finding[] = [];
  if (rule.max !== undefined) {
    const [limit, source, sure, hard] = rule.max;
    if (codePoints(value) > limit) found.push({ path, rule: 'too-long', value, limit, source, sure, hard: hard === 'hard' });
  }
  if (rule.type !== undefined) {
    const [type, source, sure, hard] = rule.type;
    const wrong = typeFault[type](value);
    if (wrong !== null) found.push({ path, rule: wrong, value, source, sure, hard: hard === 'hard' });
  }
  if (rule.list !== undefined) {
    const [values, source, sure, hard] = rule.list;
    if (!values.includes(value)) {
      found.push({ path, rule: 'not-in-list', value, limit: values.join(' '), source, sure, hard: hard === 'hard' });
    }
  }
  return found;
}

const typeFault: Readonly<Record<ValueType, (value: string) => ViolationRule | null>> = {
  int: (value) => (/^[+-]?\d{1,9}$/.test(value) ? null : 'not-a-number'),
  count: (value) => (/^\d+$/.test(value) && countFromWire(value) !== null ? null : 'not-a-count'),
  boolean: (value) => (['true', 'false', '1', '0'].includes(value) ? null : 'not-a-boolean'),
  date(value) {
    if (dayFromWire(value) === null) return 'not-a-date';
    return /^\d{4}\/\d{2}\/\d{2}$/.test(value) ? null : 'other-form';
  },
  timestamp(value) {
    if (instantFromWire(value) === null) return 'not-a-timestamp';
    return /^\d{4}\/\d{2}\/\d{2} \d{2}:\d{2}:\d{2}$/.test(value) ? null : 'other-form';
  },
};

function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** What the format has once and the message more often; the reader kept all but the first apart. */
function repetitions({ unknown, kind }: EdxmlMessage): readonly Finding[] {
  if (unknown.length === 0) return [];
  const rules = new Map((kind === 'status' ? statusRules : documentRules).map((rule) => [rule.path, rule]));
  const found = new Map<string, Finding>();
  for (const { path, text } of unknown) {
    const steps = stepsOf(path)?.filter((step) => !step.attribute) ?? [];
    const inHeader = steps[1]?.name === 'edXMLHeader' ? steps.slice(2) : [];
    for (const [at, step] of inHeader.entries()) {
      const rule = rules.get(inHeader.slice(0, at + 1).map(({ name }) => name).join('/'));
      if (rule === undefined || rule.repeatable === true || step.nth === 1 || step.uri !== '') continue;
      const where = inHeader.slice(0, at + 1).map(({ name, nth }) => (nth === 1 ? name : `${name}[${String(nth)}]`)).join('/');
      found.set(where, { path: where, rule: 'too-many', value: text, source: 'V', sure: 'V', hard: false });
    }
  }
  return [...found.values()];
}

/** Sorted by the table's order, equal elements by their number; paths shortened for people. */
function inOrder(found: readonly Finding[], rules: readonly ElementRule[]): readonly Violation[] {
  if (found.length === 0) return [];
  const ranks = new Map(rules.map(({ path }, at) => [path, at]));
  const keyOf = (path: string): readonly number[] => {
    const plain: string[] = [];
    return path.split('/').flatMap((step) => {
      const [, name = '', nth = '1'] = /^(.*?)(?:\[(\d+)\])?$/.exec(step) ?? [];
      plain.push(name);
      return [ranks.get(plain.join('/')) ?? rules.length, Number(nth)];
    });
  };
  return found
    .map((finding) => ({ finding, key: keyOf(finding.path) }))
    .toSorted((a, b) => compared(a.key, b.key))
    .map(({ finding: { path, value, ...rest } }) => ({
      element: path.replace(/^(MessageHeader|TraceHeaderList)\//, ''),
      ...rest,
      value: [...value.slice(0, 2 * shownLength)].slice(0, shownLength).join(''),
    }));
}

function compared(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at === -1 ? a.length - b.length : (a[at] ?? 0) - (b[at] ?? -1);
}
