import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageSchemas } from '../../../electron/hosts/package-schemas.ts';
import { buildPackage, checkPackage, fieldTables, type PackageForm } from '../../../electron/services/packages/index.ts';
import { circularPackage, simpledc } from '../../fakes/packages/circular-package.ts';
import { originals, smallContent } from '../../fakes/packages/content.ts';
import { inFolder } from '../../fakes/packages/place.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';
import { filesBelow } from './judges.ts';

const forms = ['SIP_hoso', 'SIP_tailieu', 'AIP_hoso', 'AIP_tailieu', 'DIP'] as const satisfies readonly PackageForm[];
const circular = join(import.meta.dirname, '../../../../shared/domain/laws/tt-05-2025-tt-bnv.md');
const hasCircular = existsSync(circular);

function complaints(schema: string, path: string): string {
  const { status, stderr } = spawnSync('xmllint', ['--noout', '--nonet', '--schema', schema, path], { encoding: 'utf8' });
  return status === 0 ? '' : stderr;
}

async function built(form: PackageForm): Promise<string> {
  const store = originals();
  const outcome = await buildPackage({ content: smallContent(form, store), schemas: packageSchemas(form), into: scratchFolder(), output: 'folder' }, { open: store.open });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure));
  return outcome.value.path;
}

/** Which schema of the package a file is for; undefined when it is for none. */
function schemaOf(path: string): string | undefined {
  if (/(^|\/)METS\.xml$/.test(path)) return 'METS.xsd';
  if (/\/EAD\.xml$/.test(path)) return 'EAD.xsd';
  const kind = /\/EAD_(doc|pic|media)_[^/]*\.xml$/.exec(path)?.[1];
  return kind === undefined ? undefined : `EAD_${kind}.xsd`;
}

describe.each(forms)('the schemas that go along in %s', (form) => {
  test('every file that is written agrees with its own', async () => {
    const folder = await built(form);
    const judged = filesBelow(folder).flatMap((path) => {
      const schema = schemaOf(path);
      return schema === undefined ? [] : [{ path, said: complaints(join(folder, 'schemas', schema), join(folder, path)) }];
    });
    expect(judged.length).toBeGreaterThan(4);
    expect(judged.filter(({ said }) => said !== '')).toEqual([]);
    expect((await checkPackage(folder)).findings.filter(({ level }) => level === 'must')).toEqual([]);
  });

  test('they have the fields of the table, in its order', () => {
    for (const { name, text } of packageSchemas(form).filter((one) => one.name.startsWith('EAD'))) {
      const key = name === 'EAD.xsd' ? 'head' : (name.slice(4, -4) as 'doc' | 'pic' | 'media');
      expect([...text.matchAll(/<xs:element name="(\w+)" type=/g)].map(([, field]) => field), name).toEqual(fieldTables[form][key].map((field) => field.name));
    }
  });
});

test('packages by another hand agree with them too', () => {
  const folder = inFolder(circularPackage('sip-hoso'));
  const schemas = inFolder({ objectId: '', folder: 'schemas', files: new Map(packageSchemas('SIP_hoso').map(({ name, text }) => [name, Buffer.from(text)])) });
  for (const path of filesBelow(folder)) {
    const schema = schemaOf(path);
    if (schema !== undefined) expect(complaints(join(schemas, schema), join(folder, path)), path).toBe('');
  }
});

test.each([
  { what: 'a code that is none', change: { maintenance: '9' } },
  { what: 'a day that is none', change: { issuedDate: '2021-06-15' } },
  { what: 'a text that is too long', change: { subject: 'ấ'.repeat(501) } },
  { what: 'letters for a number', change: { numberOfPage: 'hai' } },
])('they refuse $what', ({ change }) => {
  const schemas = inFolder({ objectId: '', folder: 'schemas', files: new Map(packageSchemas('SIP_hoso').map(({ name, text }) => [name, Buffer.from(text)])) });
  const good = circularPackage().files.get('representations/rep1/metadata/descriptive/EAD_doc_0000001.pdf.xml')?.toString('utf8') ?? '';
  const fields = Object.fromEntries([...good.matchAll(/<(\w+)>(.*)<\/\1>\n/g)].map(([, name = '', value = '']) => [name, value]));
  const path = join(scratchFolder(), 'a.xml');
  writeFileSync(path, simpledc(fields));
  expect(complaints(join(schemas, 'EAD_doc.xsd'), path)).toBe('');
  writeFileSync(path, simpledc({ ...fields, ...change }));
  expect(complaints(join(schemas, 'EAD_doc.xsd'), path)).not.toBe('');
});

test.skipIf(!hasCircular)('they have every field of the schemas that the circular prints, where these do not contradict its tables (needs ../shared/domain)', () => {
  const text = readFileSync(circular, 'utf8');
  const appendices = { AIP_hoso: ['I', 'II'], AIP_tailieu: ['II', 'III'], SIP_hoso: ['III', 'IV'], SIP_tailieu: ['IV', 'V'], DIP: ['V', 'VI'] } as const;
  // PL I.II.4.b–d print fields of another time (profile/differences.ts, field-archive-schema); `id`s and DC containers are no fields.
  const others = new Set(['simpledc', 'arcFileCode', 'docOrdinal', 'docCode', 'arcDocCode', 'fileCode']);
  for (const form of forms) {
    const [from, to] = appendices[form];
    const part = text.slice(text.indexOf(`\nPhụ lục ${from} \n`), text.indexOf(`\nPhụ lục ${to} \n`));
    const printed = [...part.matchAll(/<xs:element name="(\w+)"/g)].map(([, name = '']) => name).filter((name) => !others.has(name));
    const ours = packageSchemas(form).map((schema) => schema.text).join('');
    expect(printed.length, form).toBeGreaterThan(40);
    expect([...new Set(printed)].filter((name) => !ours.includes(`name="${name}"`)), form).toEqual([]);
  }
});
