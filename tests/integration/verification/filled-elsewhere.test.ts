import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { beforeAll, expect, test } from 'vitest';
import { forms } from '../../fakes/pdf-attacks/letter.ts';
import { scene } from '../../fakes/pdf-attacks/scene.ts';
import { testPki, type TestPki } from '../../fakes/pki/pki.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';
import { short, verdictOn } from './world.ts';

let pki: TestPki;
beforeAll(async () => {
  pki = await testPki();
});

/** What a browser saves when somebody has typed into a field, or ticked a box: pdf.js is Firefox' own. */
async function filledByBrowser(bytes: Buffer, field: string, value: string | boolean): Promise<Buffer> {
  const task = getDocument({ data: new Uint8Array(bytes), verbosity: 0 });
  const file = await task.promise;
  file.annotationStorage.setValue(field, { value });
  const saved = Buffer.from(await file.saveDocument());
  await task.destroy();
  return saved;
}

const script = `
var file = new PDFDocument(scriptArgs[0]);
var page = file.loadPage(0);
var fields = page.getWidgets();
for (var n = 0; n < fields.length; ++n) if (fields[n].getFieldType() == 'text') { fields[n].setTextValue('34'); fields[n].update(); break; }
page.update();
file.save(scriptArgs[1], 'incremental');
`;

function filledByMupdf(bytes: Buffer): Buffer {
  const folder = scratchFolder();
  const [how, from, to] = ['fill.js', 'from.pdf', 'to.pdf'].map((name) => join(folder, name));
  if (how === undefined || from === undefined || to === undefined) throw new Error('no folder');
  writeFileSync(how, script);
  writeFileSync(from, bytes);
  const { status, stderr } = spawnSync('mutool', ['run', how, from, to], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return readFileSync(to);
}

test.each(forms)('what other programs fill in honestly passes, and is told: a file as %s', async (form) => {
  const { bytes } = await scene(pki, form, 'none');
  const filled = [await filledByBrowser(bytes, '9R', '34'), await filledByBrowser(bytes, '12R', true), ...(form === 'hybrid' ? [] : [filledByMupdf(bytes)])];
  for (const one of filled) {
    expect(one.subarray(0, bytes.length).equals(bytes)).toBe(true);
    const verdict = await verdictOn(pki, one);
    expect(short(verdict)).toBe('passed');
    expect(verdict.signatures[0]?.changes.map(({ code }) => code)).toEqual(['field-filled']);
    expect(verdict.signatures[0]?.coverage.remarks.map(({ code }) => code)).toEqual(['changes-permitted']);
  }
});
