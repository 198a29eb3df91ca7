import { describe, expect, test } from 'vitest';
import { buildPackage, checkPackage, packageForms, type PackageForm } from '../../../electron/services/packages/index.ts';
import { originals, smallContent, stubSchemas } from '../../fakes/packages/content.ts';
import { honest } from '../../fakes/packages/written.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';

const profiles: Readonly<Record<PackageForm, string>> = {
  SIP_hoso: 'tt05-sip-hoso',
  SIP_tailieu: 'tt05-sip-tailieu',
  AIP_hoso: 'tt05-aip-hoso',
  AIP_tailieu: 'tt05-aip-tailieu',
  DIP: 'tt05-dip',
  EARK_2_1_0: 'csip-2.1.0',
  EARK_2_2_0: 'csip-2.2.0',
  BagIt: 'bagit-1.0',
};

async function built(form: PackageForm, output: 'folder' | 'zip'): Promise<string> {
  const store = originals();
  const outcome = await buildPackage({ content: honest(smallContent(form, store), store), schemas: stubSchemas, into: scratchFolder(), output }, { open: store.open });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure));
  return outcome.value.path;
}

describe.each(packageForms)('what the product writes: %s', (form) => {
  test.each(['folder', 'zip'] as const)('the check finds nothing, in a %s', async (output) => {
    const report = await checkPackage(await built(form, output));
    expect(report.findings).toEqual([]);
    expect(report).toMatchObject({ fit: true, complete: true, profile: profiles[form] });
    expect(report.described.length).toBeGreaterThan(1);
  });
});

test('each document of a written package is told with its files', async () => {
  const report = await checkPackage(await built('SIP_hoso', 'zip'));
  const documents = report.described.filter(({ kind }) => kind !== 'package');
  expect(documents.every(({ files }) => files.length === 1)).toBe(true);
  expect(report.described.find(({ kind }) => kind === 'package')?.fields['totalDoc']).toBe(String(documents.length));
});
