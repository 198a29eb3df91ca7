import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';

const project = join(import.meta.dirname, '../../..');

/** Runs vitest with the reporter over one test file. */
function runOf(tests: string, ...options: readonly string[]): { readonly code: number | null; readonly output: string } {
  const root = mkdtempSync(join(tmpdir(), 'tvt-skips-'));
  onTestFinished(() => {
    rmSync(root, { recursive: true, force: true });
  });
  symlinkSync(join(project, 'node_modules'), join(root, 'node_modules'), 'junction');
  mkdirSync(join(root, 'reporter'));
  writeFileSync(join(root, 'package.json'), '{"type":"module"}');
  writeFileSync(join(root, 'a.test.ts'), `import { describe, expect, it } from 'vitest';\n${tests}\n`);
  const reporter = JSON.stringify(join(project, 'build/checks/skips-reporter.ts'));
  writeFileSync(
    join(root, 'vitest.config.ts'),
    `import { SkipsReporter } from ${reporter};\nexport default { test: { reporters: [new SkipsReporter()] } };\n`,
  );
  const { status, stdout, stderr } = spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', '--root', root, ...options], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  return { code: status, output: stdout + stderr };
}

it('names what was skipped and lets the run pass when each says why', () => {
  const { code, output } = runOf("it('adds', () => { expect(1 + 1).toBe(2); });\nit.skip('signs (needs SoftHSM)', () => {});");
  expect(output).toContain('skipped a.test.ts  signs (needs SoftHSM)');
  expect(output).toContain('1 skipped');
  expect(code, output).toBe(0);
});

it('fails the run when a skipped test does not say what it needs', () => {
  const { code, output } = runOf("it('adds', () => { expect(1 + 1).toBe(2); });\nit.skipIf(true)('signs', () => {});\nit.todo('seals');");
  expect(output).toContain('SKIPPED WITHOUT A REASON a.test.ts  signs');
  expect(output).toContain('SKIPPED WITHOUT A REASON a.test.ts  seals');
  expect(code, output).toBe(1);
});

it('takes the reason of the group, and sees a test that skips itself', () => {
  const { code, output } = runOf(
    "describe.skip('the card (needs a reader)', () => { it('signs', () => {}); });\nit('later (needs time)', (context) => { context.skip(); });",
  );
  expect(output).toContain('skipped a.test.ts  the card (needs a reader) > signs');
  expect(output).toContain('skipped a.test.ts  later (needs time)');
  expect(code, output).toBe(0);
});

it('says nothing of tests that the caller left out by name', () => {
  const { code, output } = runOf("it('adds', () => { expect(1 + 1).toBe(2); });\nit('signs', () => {});", '-t', 'adds');
  expect(output).not.toContain('skipped');
  expect(code, output).toBe(0);
});

it('names what passed only the second time, with what was wrong the first time', () => {
  const { code, output } = runOf("let tries = 0;\nit('signs', { retry: 1 }, () => { tries += 1; expect(tries).toBe(2); });\nit('seals', () => {});");
  expect(output).toContain('PASSED ONLY THE SECOND TIME a.test.ts  signs\nexpected 1 to be 2');
  expect(output).not.toContain('a.test.ts  seals');
  expect(code, output).toBe(0);
});
