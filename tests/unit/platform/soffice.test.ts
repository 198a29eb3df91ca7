import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sofficeConverter } from '../../../electron/platform/office/soffice.ts';
import { scratchFolder } from '../store/helpers.ts';

/** A stand-in for the office program, which this machine need not have. It notes how it was called. */
function program(body: string): { readonly folder: string; readonly calls: () => string } {
  const folder = scratchFolder();
  const path = join(folder, 'soffice');
  writeFileSync(path, `#!/bin/sh\nprintf '%s\\n' "$@" > '${join(folder, 'calls')}'\n${body}\n`);
  chmodSync(path, 0o700);
  return { folder, calls: () => readFileSync(join(folder, 'calls'), 'utf8') };
}

async function* words(text: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from(text));
}

const leftBehind = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('tvt-text-'));

test('a text is handed to the program in a folder and a profile of its own, which are gone afterwards', async () => {
  const before = leftBehind();
  // The folder is the word after --outdir.
  const fake = program('while [ "$1" != --outdir ]; do shift; done; cat "$2/profile/user/registrymodifications.xcu" > "$0.profile"; printf "%%PDF-1.7 %s" "$(cat "$3")" > "$2/text.pdf"');
  const made = await sofficeConverter({ path: fake.folder }).toPdf(words('nội dung'), 'docx');
  expect(made.ok && Buffer.from(made.value).toString()).toBe('%PDF-1.7 nội dung');
  const called = fake.calls();
  expect(called).toContain('--headless');
  expect(called).toMatch(/-env:UserInstallation=file:\/\/\/\S+\/profile/);
  expect(called).toMatch(/--convert-to\npdf\n/);
  expect(called.trim().endsWith('text.docx')).toBe(true);
  expect(readFileSync(join(fake.folder, 'soffice.profile'), 'utf8')).toContain('"DisableMacrosExecution" oor:op="fuse"><value>true<');
  expect(leftBehind()).toEqual(before);
});

test('a program that fails, writes nothing, is missing or hangs is told apart, and a hanging one is ended with its children', async () => {
  const over = (body: string, limitMs?: number): Promise<unknown> =>
    sofficeConverter({ path: program(body).folder, ...(limitMs === undefined ? {} : { limitMs }) }).toPdf(words('x'), 'odt');
  expect(await over('exit 7')).toMatchObject({ failure: { code: 'converter-failed' } });
  expect(await over('exit 0')).toMatchObject({ failure: { code: 'converter-failed' } });
  // The usual places beside PATH are looked in too, so the answer here depends on the machine.
  const elsewhere = sofficeConverter({ path: '' });
  if (!(await elsewhere.available())) expect(await elsewhere.toPdf(words('x'), 'odt')).toMatchObject({ failure: { code: 'converter-missing' } });
  const child = join(scratchFolder(), 'child');
  expect(await over(`(sleep 5; touch '${child}') & wait`, 200)).toMatchObject({ failure: { code: 'time-out' } });
  await new Promise((resolve) => setTimeout(resolve, 5300));
  expect(existsSync(child)).toBe(false);
});
