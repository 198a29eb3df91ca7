import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SaxesParser } from 'saxes';
import { standards } from './judges.ts';

/*
 * A judge of its own over the published list of CSIP and SIP rules: it reads the list's own paths, and shares no code with what
 * writes or checks packages. Rules about contents of files and about folders are other judges' (sha256sum, the file system).
 */
export type Rule = { readonly id: string; readonly spec: string; readonly path: string; readonly cardinality: string; readonly must: boolean };
type Version = '2_2_0' | '2_1_0' | '2_0_4';

export function rules(version: Version): readonly Rule[] {
  const [head = '', ...lines] = readFileSync(join(standards, 'csip-rules.tsv'), 'utf8').trimEnd().split('\n');
  const level = head.split('\t').indexOf(`level_${version}`);
  return lines.map((line) => {
    const cells = line.split('\t');
    const [id = '', spec = '', path = '', cardinality = ''] = cells;
    return { id, spec, path: spec === 'SIP' ? `mets/${path.replace(/^mets\//, '')}` : path, cardinality, must: cells[level] === 'MUST' };
  });
}

type Node = { readonly name: string; readonly attributes: Readonly<Record<string, string>>; readonly children: Node[]; text: string };

export function treeOf(path: string): Node {
  return parsed(readFileSync(path, 'utf8'));
}

export function parsed(text: string): Node {
  const top: Node = { name: '', attributes: {}, children: [], text: '' };
  const open = [top];
  const parser = new SaxesParser();
  parser.on('opentag', (tag) => {
    const node: Node = { name: tag.name, attributes: tag.attributes, children: [], text: '' };
    open.at(-1)?.children.push(node);
    open.push(node);
  });
  parser.on('text', (more) => {
    const node = open.at(-1);
    if (node !== undefined) node.text += more;
  });
  parser.on('closetag', () => open.pop());
  parser.write(text).close();
  return top;
}

type Step = { readonly name: string; readonly attribute: string; readonly value: string; readonly isPrefix: boolean };
const stepForm = /^([A-Za-z]+)?(?:\[@([\w:]+)=(?:\[starts-with\()?['"“]?([^'"\])]*)['"”]?\)?\]?\])?$/;

function stepsOf(path: string): readonly Step[] | undefined {
  const steps = path.split(/\/(?![^[]*\])/).map((part): Step | undefined => {
    if (part.startsWith('@')) return { name: '', attribute: part.slice(1), value: '', isPrefix: false };
    const found = stepForm.exec(part);
    return found === null ? undefined : { name: found[1] ?? '', attribute: found[2] ?? '', value: found[3] ?? '', isPrefix: part.includes('starts-with') };
  });
  return steps.some((step) => step === undefined) ? undefined : (steps as readonly Step[]);
}

function fits(node: Node, { name, attribute, value, isPrefix }: Step): boolean {
  const there = node.attributes[attribute] ?? '';
  return node.name === name && (attribute === '' || (isPrefix ? there.startsWith(value) : there === value));
}

/** Elements of which one of several kinds is meant by an attribute: for those the rule asks for one at least. */
const chosen = new Set(['agent', 'fileGrp', 'div', 'structMap', 'altRecordID', 'note']);

/** What of a METS breaks the rule; '' nothing, undefined: not for this judge. `has`: what the package carries. */
export function broken(rule: Rule, tree: Node, has: { readonly documentation: boolean; readonly schemas: boolean; readonly isRoot: boolean }): string | undefined {
  if (!rule.path.startsWith('mets/')) return undefined;
  const steps = stepsOf(rule.path);
  const last = steps?.at(-1);
  if (steps === undefined || last === undefined) return undefined;
  const { documentation, schemas, isRoot } = has;
  if (/Documentation/.test(rule.path) && !documentation) return '';
  if (/Schemas/.test(rule.path) && !schemas) return '';
  // For packages that list their content without a METS of the representation.
  if (rule.path.includes("'Representations'") && rule.path.includes('div') && isRoot) return '';
  const parents = steps.slice(0, -1).reduce<readonly Node[]>((nodes, step) => nodes.flatMap(({ children }) => children.filter((child) => fits(child, step))), [tree]);
  const from = Number(rule.cardinality.split('..')[0] ?? 0);
  const to = rule.cardinality.endsWith('n') || rule.cardinality.endsWith('*') ? Infinity : Number(rule.cardinality.split('..')[1] ?? Infinity);
  for (const parent of parents) {
    if (last.name === '') {
      if (from > 0 && (parent.attributes[last.attribute] ?? '') === '') return `<${parent.name}> has no ${last.attribute}`;
      continue;
    }
    const named = parent.children.filter(({ name }) => name === last.name);
    const found = named.filter((node) => fits(node, last));
    if (last.attribute === '') {
      if (found.length < from || found.length > to) return `<${parent.name}> has ${String(found.length)} <${last.name}>`;
    } else if (chosen.has(last.name) ? found.length < Math.min(1, from) : found.length !== named.length) return `<${parent.name}>: no <${last.name}> with ${last.attribute}=${last.value}`;
  }
  return '';
}
