import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Runs the rules that ask for types (.oxlintrc.json). An exemption that exempts nothing is a finding too; one that is
 * written for ESLint is not known here, and ESLint itself says when it exempts nothing.
 */
type Diagnostic = {
  readonly message: string;
  /** `typescript(rule)`; none when it is about an exemption */
  readonly code?: string;
  readonly filename: string;
  readonly labels: readonly { readonly span: { readonly line: number; readonly column: number } }[];
};

const ran = spawnSync(process.execPath, [join('node_modules', 'oxlint/bin/oxlint'), '--report-unused-disable-directives', '--format', 'json'], {
  encoding: 'utf8',
  maxBuffer: 256 * 1024 * 1024,
});
const diagnostics = ran.stdout.startsWith('{') ? (JSON.parse(ran.stdout) as { readonly diagnostics: readonly Diagnostic[] }).diagnostics : undefined;
if (diagnostics === undefined) {
  console.error(ran.error ?? `${ran.stdout}${ran.stderr}`);
  process.exitCode = 2;
}

const isForEslint = ({ filename, labels: [label] }: Diagnostic): boolean =>
  /eslint-disable/.test(readFileSync(filename, 'utf8').split('\n')[(label?.span.line ?? 0) - 1] ?? '');

for (const said of diagnostics ?? []) {
  if (said.code === undefined && isForEslint(said)) continue;
  const { line = 1, column = 1 } = said.labels[0]?.span ?? {};
  console.log(`${said.filename}:${String(line)}:${String(column)}  ${said.code ?? 'unused exemption'}  ${said.message}`);
  process.exitCode = 1;
}
