import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { codeLists, differences, fieldTables, folderNameOf, formProfiles, objectIdOf, packageForms, zipNameOf } from '../../../electron/services/packages/index.ts';
import { differenceIds } from '../../../electron/services/packages/profile/differences.ts';

const circular = join(import.meta.dirname, '../../../../shared/domain/laws/tt-05-2025-tt-bnv.md');
const hasLaws = existsSync(circular);
const uuid = '7D0D1987-0F1C-47A7-8FD6-CC5C7DE4064F';

test.skipIf(!hasLaws)('the fields of every form are those printed in TT 05/2025, in their order (needs ../shared/domain/laws)', () => {
  const text = readFileSync(circular, 'utf8');
  const printed = [...text.matchAll(/<simpledc>([\s\S]*?)<\/simpledc>/g)].map(([, inner = '']) => [...inner.matchAll(/<([A-Za-z]+) *>/g)].map(([, name]) => name));
  const written = (['AIP_hoso', 'AIP_tailieu', 'SIP_hoso', 'SIP_tailieu', 'DIP'] as const).flatMap((form) => (['head', 'doc', 'pic', 'media'] as const).map((table) => fieldTables[form][table].map(({ name }) => name)));
  // PL II prints its film and picture blocks without the last elements but one; the tables beside them have them.
  const whole = printed.map((names, index) => {
    const wanted = written[index] ?? [];
    return wanted.length === names.length + 1 && wanted.includes('riskRecoveryStatus') && !names.includes('riskRecoveryStatus') ? names.flatMap((name) => (name === 'riskRecovery' ? [name, 'riskRecoveryStatus'] : [name])) : names;
  });
  expect(whole).toEqual(written);
});

test('each difference is told once, with where it stands and what is written', () => {
  expect(differences.map(({ id }) => id).toSorted()).toEqual([...differenceIds].toSorted());
  for (const { source, written, accepted } of differences) {
    expect(source).toMatch(/^PL [IV]/);
    expect(written).not.toBe('');
    expect(accepted.length).toBeGreaterThan(0);
  }
});

test('codes are two digits, or one for yes and no', () => {
  expect(Object.keys(codeLists.typeName)).toHaveLength(32);
  for (const [name, list] of Object.entries(codeLists)) for (const code of Object.keys(list)) expect(code, name).toMatch(/^(\d\d|[01])$/);
});

test('ids, folders and ZIPs are named as the appendices have them', () => {
  const named = (form: (typeof packageForms)[number], batchOrdinal: number | null = 3): readonly string[] => {
    const content = { form, uuid, sender: { name: 'Bộ Nội vụ', code: 'G09' }, batchOrdinal };
    return [objectIdOf(content), folderNameOf(content), zipNameOf(content)];
  };
  expect(named('SIP_hoso')).toEqual([`uuid-${uuid}`, `uuid-${uuid}`, `3uuid-${uuid}.zip`]);
  expect(named('SIP_tailieu', null)[2]).toBe(`uuid-${uuid}.zip`);
  expect(named('AIP_hoso')).toEqual([`urn:G09:uuid:${uuid}`, `urn_G09_uuid_${uuid}`, `urn_G09_uuid_${uuid}.zip`]);
  expect(named('DIP')[1]).toBe(`uuid-${uuid}`);
  for (const form of packageForms) expect(formProfiles[form].form).toBe(form);
});
