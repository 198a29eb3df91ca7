import { combinedFiles } from '../../fakes/pdf-attacks/combined.ts';
import { attackFiles } from '../../fakes/pdf-attacks/corpus.ts';
import { deskAnswer } from '../../fakes/pdf-attacks/desk.ts';
import { honestFiles } from '../../fakes/pdf-attacks/honest.ts';
import type { Level } from '../../fakes/pdf-attacks/scene.ts';
import { classOf, policy, type ChangeCode } from '../../../electron/services/verification/differences/policy.ts';
import { findDifferences } from '../../../electron/services/verification/index.ts';
import type { TestPki } from '../../fakes/pki/pki.ts';
import { verdictOn } from './world.ts';

/** What became of all files of both corpora. */
export type Corpus = { readonly document: string; readonly wrong: readonly string[]; readonly attacks: number; readonly honest: number; readonly combined: number; readonly rows: ReadonlySet<string> };

/** Of what is broken besides, no row may permit it. */
function classNow(row: string, level: Level): string {
  const found = Object.keys(policy).includes(row) ? classOf(row as ChangeCode, level) : 'permitted';
  return found === 'permitted' ? 'none' : found;
}

type Line = { readonly cells: readonly string[]; readonly forms: Set<string>; readonly answers: Map<string, Set<string>>; readonly verdicts: Set<string>; files: number };

const told = ({ indication, subIndication }: { readonly indication: string; readonly subIndication: string | null }): string => `${indication} ${subIndication ?? ''}`.trim();

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
    const verdict = await verdictOn(pki, bytes);
    if (verdict.indication === 'passed' || verdict.signatures.find(({ field }) => field === 'LanhDao')?.indication === 'passed') wrong.push(`${name} (${form}, ${String(level)}) is believed`);
    add(attackLines, [kind, name, row ?? ''], form, String(level), overall, told(verdict));
  }
  const honestLines = new Map<string, Line>();
  let honest = 0;
  for await (const { name, form, level, bytes, rows: wanted, facts, ink } of honestFiles(pki)) {
    honest += 1;
    const { overall, changes, why } = deskAnswer(bytes, facts, ink === undefined ? undefined : () => ink);
    const missing = wanted.filter((row) => !changes.some(({ code }) => code === row));
    if (overall !== 'permitted' || missing.length > 0) wrong.push(`${name} (${form}, ${String(level)}): ${overall} [${why}], without ${missing.join(', ')}`);
    for (const { code } of changes) rows.add(code);
    const verdict = await verdictOn(pki, bytes, ink === undefined ? {} : { differences: (file, revision, context) => findDifferences(file, revision, context, () => ink) });
    if (verdict.indication !== 'passed') wrong.push(`${name} (${form}, ${String(level)}): ${told(verdict)}`);
    add(honestLines, [name, wanted.join(', ')], form, String(level), overall, told(verdict));
  }
  const hows = new Map<string, Combined>();
  let combined = 0;
  for await (const file of combinedFiles(pki)) {
    const how = hows.get(file.how) ?? { files: 0, unmade: 0, indications: new Map<string, number>() };
    hows.set(file.how, how);
    if (file.bytes === undefined) {
      how.unmade += 1;
      continue;
    }
    how.files += 1;
    combined += 1;
    const verdict = await verdictOn(pki, file.bytes);
    if (verdict.indication === 'passed' || verdict.signatures.find(({ field }) => field === 'LanhDao')?.indication === 'passed') wrong.push(`${file.name}, ${file.how}, is believed`);
    how.indications.set(verdict.indication, (how.indications.get(verdict.indication) ?? 0) + 1);
  }
  return { document: documentOf(attackLines, honestLines, attacks, honest, hows, combined), wrong, attacks, honest, combined, rows };
}

/** Numbers of files made one way; those that cannot be made are refused by our own writer, or lack what is attacked. */
type Combined = { files: number; unmade: number; readonly indications: Map<string, number> };

function add(lines: Map<string, Line>, cells: readonly string[], form: string, level: string, answer: string, verdict: string): void {
  const key = cells.join('|');
  const line = lines.get(key) ?? { cells, forms: new Set<string>(), answers: new Map<string, Set<string>>(), verdicts: new Set<string>(), files: 0 };
  lines.set(key, line);
  line.files += 1;
  line.forms.add(form);
  line.verdicts.add(verdict);
  line.answers.set(answer, (line.answers.get(answer) ?? new Set<string>()).add(level));
}

function table(head: readonly string[], lines: Iterable<Line>): readonly string[] {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const body = [...lines].map(({ cells, forms, answers, verdicts, files }) => {
    const said = [...answers].map(([answer, levels]) => (answers.size === 1 ? answer : `${answer} (${[...levels].join(', ')})`)).join('; ');
    return row([...cells, [...forms].join(', '), String(files), said, [...verdicts].sort().join('; ')]);
  });
  return [row(head), row(head.map(() => '---')), ...body];
}

function documentOf(attacks: ReadonlyMap<string, Line>, honest: ReadonlyMap<string, Line>, attackCount: number, honestCount: number, combined: ReadonlyMap<string, Combined>, combinedCount: number): string {
  return [
    '# What the comparison of revisions was tried on',
    '',
    'Written by `node tests/integration/verification/corpus-main.ts`; `tests/integration/verification/corpus.test.ts` holds it against what',
    'the analysis answers today. Every file is made anew from a letter that was signed with our own signing, as a file with tables, with',
    'cross-reference streams, with packed objects and as a hybrid; not certified (`none`) and certified at levels 1 to 3.',
    'The classes are those of the attacks that a verifier must survive. `broken`: reading, audit or coverage refuse the file before anything',
    'is compared; the others are answers of [the policy](../electron/services/verification/differences/policy.ts), whose row is named.',
    'The verdict is that of the whole `verifyFile` on the file as it is shown, with real certificates, lists and time-stamps of the test PKI.',
    '',
    `## Attacks: ${String(attackCount)} files, none permitted, none passed`,
    '',
    ...table(['class', 'what was done', 'row', 'kinds', 'files', 'answer (levels)', 'verdict'], attacks.values()),
    '',
    `## Honest files: ${String(honestCount)}, all permitted and passed`,
    '',
    ...table(['what was done', 'rows', 'kinds', 'files', 'answer', 'verdict'], honest.values()),
    '',
    `## Attacks combined: ${String(combinedCount)} files, none passed`,
    '',
    'Every attack that needs no letter of its own, on files of higher levels, hidden behind something honest, and with another attack on',
    'top. The signature that was attacked passes in none of them either.',
    '',
    '| how | files | could not be made | failed | indeterminate | passed |',
    '| --- | --- | --- | --- | --- | --- |',
    ...[...combined].map(([how, { files, unmade, indications }]) => `| ${[how, files, unmade, ...['failed', 'indeterminate', 'passed'].map((one) => indications.get(one) ?? 0)].map(String).join(' | ')} |`),
    '',
  ].join('\n');
}
