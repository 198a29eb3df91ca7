import { attackFiles } from '../../fakes/pdf-attacks/corpus.ts';
import { deskAnswer } from '../../fakes/pdf-attacks/desk.ts';
import { honestFiles } from '../../fakes/pdf-attacks/honest.ts';
import type { Level } from '../../fakes/pdf-attacks/scene.ts';
import { classOf, policy, type ChangeCode } from '../../../electron/services/verification/differences/policy.ts';
import type { TestPki } from '../../fakes/pki/pki.ts';

/** What became of all files of both corpora. */
export type Corpus = { readonly document: string; readonly wrong: readonly string[]; readonly attacks: number; readonly honest: number; readonly rows: ReadonlySet<string> };

/** Of what is broken besides, no row may permit it. */
function classNow(row: string, level: Level): string {
  const found = Object.keys(policy).includes(row) ? classOf(row as ChangeCode, level) : 'permitted';
  return found === 'permitted' ? 'none' : found;
}

type Line = { readonly cells: readonly string[]; readonly forms: Set<string>; readonly answers: Map<string, Set<string>>; files: number };

/** Makes and judges every file of the corpora, and writes the document that tells it. */
export async function judgeCorpus(pki: TestPki): Promise<Corpus> {
  const wrong: string[] = [];
  const rows = new Set<string>();
  const attackLines = new Map<string, Line>();
  let attacks = 0;
  for await (const { name, class: kind, form, level, bytes, expected, row, facts } of attackFiles(pki)) {
    attacks += 1;
    const { overall, changes, why } = deskAnswer(bytes, facts);
    const isNamed = row === undefined || changes.some((one) => one.code === row && one.class === (overall === 'broken' ? classNow(row, level) : overall));
    if (overall !== expected || !isNamed) wrong.push(`${name} (${form}, ${String(level)}): ${overall} [${why}], not ${expected} [${row ?? ''}]`);
    else if (row !== undefined) rows.add(row);
    add(attackLines, [kind, name, row ?? ''], form, String(level), overall);
  }
  const honestLines = new Map<string, Line>();
  let honest = 0;
  for await (const { name, form, level, bytes, rows: wanted, facts, ink } of honestFiles(pki)) {
    honest += 1;
    const { overall, changes, why } = deskAnswer(bytes, facts, ink === undefined ? undefined : () => ink);
    const missing = wanted.filter((row) => !changes.some(({ code }) => code === row));
    if (overall !== 'permitted' || missing.length > 0) wrong.push(`${name} (${form}, ${String(level)}): ${overall} [${why}], without ${missing.join(', ')}`);
    for (const { code } of changes) rows.add(code);
    add(honestLines, [name, wanted.join(', ')], form, String(level), overall);
  }
  return { document: documentOf(attackLines, honestLines, attacks, honest), wrong, attacks, honest, rows };
}

function add(lines: Map<string, Line>, cells: readonly string[], form: string, level: string, answer: string): void {
  const key = cells.join('|');
  const line = lines.get(key) ?? { cells, forms: new Set<string>(), answers: new Map<string, Set<string>>(), files: 0 };
  lines.set(key, line);
  line.files += 1;
  line.forms.add(form);
  line.answers.set(answer, (line.answers.get(answer) ?? new Set<string>()).add(level));
}

function table(head: readonly string[], lines: Iterable<Line>): readonly string[] {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const body = [...lines].map(({ cells, forms, answers, files }) => {
    const told = [...answers].map(([answer, levels]) => (answers.size === 1 ? answer : `${answer} (${[...levels].join(', ')})`)).join('; ');
    return row([...cells, [...forms].join(', '), String(files), told]);
  });
  return [row(head), row(head.map(() => '---')), ...body];
}

function documentOf(attacks: ReadonlyMap<string, Line>, honest: ReadonlyMap<string, Line>, attackCount: number, honestCount: number): string {
  return [
    '# What the comparison of revisions was tried on',
    '',
    'Written by `node tests/integration/verification/corpus-main.ts`; `tests/integration/verification/corpus.test.ts` holds it against what',
    'the analysis answers today. Every file is made anew from a letter that was signed with our own signing, as a file with tables, with',
    'cross-reference streams, with packed objects and as a hybrid; not certified (`none`) and certified at levels 1 to 3.',
    'The classes are those of the attacks that a verifier must survive. `broken`: reading, audit or coverage refuse the file before anything',
    'is compared; the others are answers of [the policy](../electron/services/verification/differences/policy.ts), whose row is named.',
    '',
    `## Attacks: ${String(attackCount)} files, none permitted`,
    '',
    ...table(['class', 'what was done', 'row', 'kinds', 'files', 'answer (levels)'], attacks.values()),
    '',
    `## Honest files: ${String(honestCount)}, all permitted`,
    '',
    ...table(['what was done', 'rows', 'kinds', 'files', 'answer'], honest.values()),
    '',
  ].join('\n');
}
