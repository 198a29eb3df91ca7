import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkPackage, type PackageReport } from '../../../electron/services/packages/index.ts';
import { circularPackage, simpledc, withFields, withMets, type FakePackage, type Form } from '../../fakes/packages/circular-package.ts';
import { inFolder, inZip } from '../../fakes/packages/place.ts';

const forms = ['sip-hoso', 'sip-tailieu', 'aip-hoso', 'dip'] as const satisfies readonly Form[];
const ead = 'metadata/descriptive/EAD.xml';
const firstDoc = 'representations/rep1/metadata/descriptive/EAD_doc_0000001.pdf.xml';
const firstFile = 'representations/rep1/data/0000001.pdf';

/** Rules of one level that a report has, each once, with the file. */
function broken(report: PackageReport, level: 'must' | 'should' = 'must'): readonly string[] {
  return [...new Set(report.findings.filter((one) => one.level === level).map(({ rule, file }) => `${rule} ${file}`))].toSorted();
}

describe.each(forms)('a whole package of TT 05/2025: %s', (form) => {
  test.each(['folder', 'zip'] as const)('nothing is found, in a %s', async (container) => {
    const made = circularPackage(form);
    const report = await checkPackage(container === 'zip' ? inZip(made) : inFolder(made));
    expect(report.findings).toEqual([]);
    expect(report).toMatchObject({ fit: true, complete: true, container, profile: `tt05-${form}`, objectId: made.objectId, root: made.folder });
    expect(report.files.map(({ path }) => path).toSorted()).toEqual([...made.files.keys()].toSorted());
    expect(report.files.every(({ passed, sha256 }) => passed && sha256.length === 64)).toBe(true);
    const documents = report.described.filter(({ kind }) => kind === 'doc');
    expect(documents.map(({ files }) => files)).toEqual([[firstFile], ['representations/rep1/data/0000002.pdf']]);
  });
});

/** Each spoils a whole package in one way; what must be told of it, and of no other MUST rule. */
const spoilt: readonly { readonly what: string; readonly make: (made: FakePackage) => FakePackage; readonly rules: readonly string[] }[] = [
  { what: 'OBJID of another form', make: (made) => withMets(made, 'root', (text) => text.replace(/ OBJID="[^"]*"/, ' OBJID="ho-so-1"')), rules: ['tt05.object-id METS.xml'] },
  { what: 'no OBJID', make: (made) => withMets(made, 'root', (text) => text.replace(/ OBJID="[^"]*"/, '')), rules: ['CSIP1 METS.xml'] },
  { what: 'a DIP in the METS of a SIP', make: (made) => withMets(made, 'root', (text) => text.replace('PACKAGETYPE="SIP"', 'PACKAGETYPE="XIP"')), rules: ['CSIP9 METS.xml', 'tt05.package-type METS.xml'] },
  { what: 'an unknown status', make: (made) => withMets(made, 'root', (text) => text.replace('RECORDSTATUS="NEW"', 'RECORDSTATUS="OLD"')), rules: ['tt05.record-status METS.xml'] },
  { what: 'a time that is none', make: (made) => withMets(made, 'root', (text) => text.replace('CREATEDATE="2026-11-22', 'CREATEDATE="22/11/2026')), rules: ['tt05.time METS.xml'] },
  { what: 'a day that no calendar has', make: (made) => withMets(made, 'root', (text) => text.replace('CREATEDATE="2026-11-22', 'CREATEDATE="2026-02-30')), rules: ['tt05.time METS.xml'] },
  { what: 'no agreement', make: (made) => withMets(made, 'root', (text) => text.replace(/<altRecordID.*<\/altRecordID>/, '')), rules: ['tt05.agreement METS.xml'] },
  { what: 'another algorithm', make: (made) => withMets(made, 'rep1', (text) => text.replace('CHECKSUMTYPE="SHA-256"', 'CHECKSUMTYPE="MD5"')), rules: ['file.checksum representations/rep1/metadata/descriptive/EAD_doc_0000001.pdf.xml', 'tt05.checksum-type representations/rep1/METS.xml'] },
  { what: 'an algorithm that nobody has', make: (made) => withMets(made, 'root', (text) => text.replace('CHECKSUMTYPE="SHA-256"', 'CHECKSUMTYPE="ROT13"')), rules: [`CSIP30 METS.xml`, `file.algorithm ${ead}`, 'tt05.checksum-type METS.xml'] },
  { what: 'an ID twice', make: (made) => withMets(made, 'rep1', (text) => text.replace(/<div ID="[^"]*" LABEL="Data"/, (div) => div.replace(/ID="[^"]*"/, `ID="${/<fileSec ID="([^"]*)"/.exec(text)?.[1] ?? ''}"`))), rules: ['mets.id-twice representations/rep1/METS.xml'] },
  { what: 'a wrong DMDID', make: (made) => withMets(made, 'rep1', (text) => text.replace(/DMDID="uuid-.{4}/, 'DMDID="uuid-FFFF')), rules: [`mets.id-dangling representations/rep1/METS.xml`, `tt05.link-description ${firstDoc}`] },
  { what: 'a wrong FILEID', make: (made) => withMets(made, 'rep1', (text) => text.replace(/<fptr FILEID="ID-.{4}(?=[^>]*><\/div>\n<div)/, '<fptr FILEID="ID-FFFF')), rules: ['mets.id-dangling representations/rep1/METS.xml', `tt05.link-description ${firstDoc}`, `tt05.link-file ${firstFile}`] },
  { what: 'a document that nothing describes', make: (made) => withMets(made, 'rep1', (text) => text.replace(/<div ID="[^"]*" DMDID="[^"]*" LABEL="MetadataLink\/File">.*?<\/div>\n/, '')), rules: [`tt05.link-description ${firstDoc}`, `tt05.link-file ${firstFile}`] },
  { what: 'no map', make: (made) => withMets(made, 'rep1', (text) => text.replace(/<structMap[^]*<\/structMap>/, '')), rules: ['CSIP80 representations/rep1/METS.xml', 'CSIP82 representations/rep1/METS.xml', ...[1, 2].flatMap((nth) => [`tt05.link-description representations/rep1/metadata/descriptive/EAD_doc_000000${nth}.pdf.xml`, `tt05.link-file representations/rep1/data/000000${nth}.pdf`]), 'tt05.link-file representations/rep1/data/0000002.pdf.process.csv'] },
  { what: 'a link out of the package', make: (made) => withMets(made, 'rep1', (text) => text.replace('href="data/0000001.pdf"', 'href="../../../0000001.pdf"')), rules: [`file.extra ${firstFile}`, 'link.outside representations/rep1/METS.xml', `tt05.link-description ${firstDoc}`] },
  { what: 'a link to the network', make: (made) => withMets(made, 'rep1', (text) => text.replace('href="data/0000001.pdf"', 'href="https://example.vn/1.pdf"')), rules: [`file.extra ${firstFile}`, 'link.elsewhere representations/rep1/METS.xml', `tt05.link-description ${firstDoc}`] },
  { what: 'a root that is not METS', make: (made) => withMets(made, 'root', (text) => text.replace('http://www.loc.gov/METS/', 'http://example.vn/METS/')), rules: ['mets.root METS.xml'] },
  { what: 'a code that is none', make: (made) => withFields(made, ead, (text) => text.replace('<maintenance>01', '<maintenance>vv')), rules: [`tt05.field-code ${ead}`] },
  { what: 'a day that is none', make: (made) => withFields(made, ead, (text) => text.replace('<endDate>31/12/2021', '<endDate>31/02/2021')), rules: [`tt05.field-date ${ead}`] },
  { what: 'an end before the start', make: (made) => withFields(made, ead, (text) => text.replace('<endDate>31/12/2021', '<endDate>31/12/2020')), rules: [`tt05.dates-order ${ead}`] },
  { what: 'a total that is not so', make: (made) => withFields(made, ead, (text) => text.replace('<totalDoc>2', '<totalDoc>3')), rules: [`tt05.total-documents ${ead}`] },
  { what: 'no title', make: (made) => withFields(made, ead, (text) => text.replace(/<title>.*<\/title>/, '<title/>')), rules: [`tt05.field-key ${ead}`] },
  { what: 'a missing field', make: (made) => withFields(made, ead, (text) => text.replace(/ {2}<keyword>.*<\/keyword>\n/, '')), rules: [`tt05.field-missing ${ead}`] },
  { what: 'a field twice', make: (made) => withFields(made, ead, (text) => text.replace('</simpledc>', '<mode>01</mode></simpledc>')), rules: [`tt05.field-twice ${ead}`] },
  { what: 'a text that is too long', make: (made) => withFields(made, firstDoc, (text) => text.replace('<subject>', `<subject>${'ấ'.repeat(500)}`)), rules: [`tt05.field-length ${firstDoc}`] },
  { what: 'one code for two documents', make: (made) => withFields(made, firstDoc, (text) => text.replace('TCCB.0000001', 'TCCB.0000002')), rules: ['tt05.code-twice representations/rep1/metadata/descriptive/EAD_doc_0000002.pdf.xml'] },
  { what: 'digitised and without the code of the paper', make: (made) => withFields(made, ead, (text) => text.replace('<confidenceLevel>01', '<confidenceLevel>02')), rules: [`tt05.field-digitised ${ead}`] },
  { what: 'backed up, and nobody says whether', make: (made) => withFields(made, firstDoc, (text) => text.replace('<riskRecovery>0', '<riskRecovery>1')), rules: [`tt05.field-recovery ${firstDoc}`] },
  { what: 'an element in a field', make: (made) => withFields(made, ead, (text) => text.replace('<mode>01<', '<mode>01<b>03</b><')), rules: [`tt05.field-nested ${ead}`] },
  { what: 'a field of another namespace', make: (made) => withFields(made, ead, (text) => text.replace('<mode>01</mode>', '<z:mode xmlns:z="urn:z">01</z:mode>')), rules: [`tt05.field-missing ${ead}`] },
  { what: 'another root around the fields of the package', make: (made) => withFields(made, ead, (text) => text.replaceAll('simpledc', 'SimpleDC')), rules: [`tt05.fields-root ${ead}`] },
  { what: 'another root in the field file', make: (made) => withFields(made, firstDoc, (text) => text.replaceAll('simpledc', 'doc')), rules: [`tt05.fields-root ${firstDoc}`] },
];

test.each(spoilt)('refused for the right reason: $what', async ({ make, rules }) => {
  const report = await checkPackage(inFolder(make(circularPackage())), {}, { profile: 'tt05-sip-hoso' });
  expect(broken(report)).toEqual(rules.toSorted());
  expect(report.fit).toBe(false);
});

describe('files of a package', () => {
  const check = async (change: (path: string) => void): Promise<PackageReport> => checkPackage(inFolder(circularPackage(), change));

  test('one flipped byte', async () => {
    const report = await check((path) => {
      writeFileSync(join(path, firstFile), '%PDF-1.7\nmột\n%%EOG\n');
    });
    expect(broken(report)).toEqual([`file.checksum ${firstFile}`]);
    expect(report.files.find(({ path }) => path === firstFile)).toMatchObject({ passed: false, broken: ['file.checksum'] });
    expect(report.files.filter(({ passed }) => !passed)).toHaveLength(1);
  });

  test('one byte more', async () => {
    const report = await check((path) => {
      writeFileSync(join(path, firstFile), '%PDF-1.7\nmột\n%%EOF\n\n');
    });
    expect(broken(report)).toEqual([`file.checksum ${firstFile}`, `file.size ${firstFile}`]);
  });

  test('a missing file, an extra one, and a renamed one', async () => {
    expect(
      broken(
        await check((path) => {
          rmSync(join(path, firstFile));
        }),
      ),
    ).toEqual([`file.missing ${firstFile}`, `tt05.link-description ${firstDoc}`]);
    expect(
      broken(
        await check((path) => {
          writeFileSync(join(path, 'representations/rep1/data/la.pdf'), '%PDF-');
        }),
      ),
    ).toEqual(['file.extra representations/rep1/data/la.pdf']);
    const renamed = await check((path) => {
      renameSync(join(path, firstFile), join(path, 'representations/rep1/data/ten khac.pdf'));
    });
    expect(broken(renamed)).toEqual([`file.renamed ${firstFile}`, `tt05.link-description ${firstDoc}`]);
    expect(renamed.findings.find(({ rule }) => rule === 'file.renamed')?.params).toEqual({ found: 'representations/rep1/data/ten khac.pdf', wanted: firstFile });
  });

  test('no METS, no METS of the representation, no schemas', async () => {
    const without = async (name: string): Promise<readonly string[]> =>
      broken(
        await check((path) => {
          rmSync(join(path, name), { recursive: true });
        }),
      );
    expect(await without('METS.xml')).toEqual(['CSIPSTR4 ']);
    expect(await without('representations/rep1/METS.xml')).toContain('tt05.path representations/rep1/METS.xml');
    expect(await without('schemas')).toEqual(expect.arrayContaining(['tt05.path schemas/METS.xsd', 'tt05.path schemas/EAD.xsd', 'file.missing schemas/METS.xsd']));
  });

  test('names with Vietnamese letters and blanks are read; decomposed ones and those that Windows cannot keep are remarked', async () => {
    const named = (name: string): FakePackage => circularPackage('sip-hoso', [{ name, content: Buffer.from('%PDF-1.7') }]);
    for (const name of ['Quyết định số 1.pdf', 'a b c.pdf', 'ký tự & lạ %20.pdf']) {
      expect((await checkPackage(inFolder(named(name)))).findings, name).toEqual([]);
      expect((await checkPackage(inZip(named(name)))).findings, name).toEqual([]);
    }
    expect(broken(await checkPackage(inFolder(named('Quyết định.pdf'.normalize('NFD')))), 'should').map((rule) => rule.split(' ')[0])).toEqual(['name.decomposed', 'name.decomposed']);
    expect(broken(await checkPackage(inFolder(named('a?.pdf'))), 'should').map((rule) => rule.split(' ')[0])).toEqual(['name.windows', 'name.windows']);
  });

  test('links that are written as plain text or from the wrong folder are read with a remark', async () => {
    const made = circularPackage('sip-hoso', [{ name: 'Quyết định số 1.pdf', content: Buffer.from('%PDF-1.7') }]);
    const plain = withMets(made, 'rep1', (text) => text.replace(/href="data\/[^"]*"/, 'href="data/Quyết định số 1.pdf"'));
    expect(broken(await checkPackage(inFolder(plain)), 'should')).toEqual(['link.encoding representations/rep1/METS.xml']);
    const based = withMets(circularPackage(), 'rep1', (text) => text.replace('href="data/0000001', 'href="representations/rep1/data/0000001'));
    const report = await checkPackage(inFolder(based));
    expect([broken(report), broken(report, 'should')]).toEqual([[], ['link.base representations/rep1/METS.xml']]);
  });

  test('what the circular itself writes in two ways is read with a remark', async () => {
    const made = circularPackage();
    const lower = withMets(made, 'rep1', (text) => text.replaceAll(/(ID|DMDID|FILEID|LABEL|OBJID)="(uuid|ID)-[0-9A-F-]+"/g, (id) => id.replace(/[0-9A-F]{8}-.*/, (uuid) => uuid.toLowerCase())));
    const report = await checkPackage(inFolder(lower));
    expect(broken(report)).toEqual([]);
    expect(broken(report, 'should')).toEqual(['tt05.upper-case-ids representations/rep1/METS.xml']);
    const short = withMets(made, 'root', (text) => text.replace(/CREATEDATE="[^"]*"/, 'CREATEDATE="2022-30-06T12:00:00+7:00"'));
    expect(broken(await checkPackage(inFolder(short)), 'should')).toEqual(['tt05.time-short-zone METS.xml']);
    const order = withFields(made, ead, (text) => text.replace(/( {2}<mode>.*\n)( {2}<language>.*\n)/, '$2$1'));
    expect(broken(await checkPackage(inFolder(order)), 'should')).toEqual([`tt05.field-order ${ead}`]);
  });

  test('a year in the code that is not of its time is told, and a file with the number of another document', async () => {
    const made = circularPackage();
    const early = withFields(made, ead, (text) => text.replaceAll('/2021<', '/2019<'));
    expect(broken(await checkPackage(inFolder(early)), 'should')).toContain(`tt05.code-year ${ead}`);
    const long = withFields(made, ead, (text) => text.replace('<startDate>01/01/2021', '<startDate>01/01/2019').replace('<endDate>31/12/2021', '<endDate>31/12/2023'));
    expect(broken(await checkPackage(inFolder(long)), 'should')).toEqual([]);
    const document = (name: string): { readonly name: string; readonly content: Buffer } => ({ name, content: Buffer.from(`%PDF-1.7\n${name}\n%%EOF\n`) });
    const codes = circularPackage('sip-hoso', [document('G09.2021.01.TCCB.0000001.pdf'), document('G09.2021.01.TCCB.2.pdf')]);
    expect(broken(await checkPackage(inFolder(codes)), 'should')).toEqual([]);
    const swapped = circularPackage('sip-hoso', [document('G09.2021.01.TCCB.0000002.pdf'), document('G09.2021.01.TCCB.01.pdf')]);
    const told = broken(await checkPackage(inFolder(swapped)), 'should');
    expect(told.map((rule) => rule.split(' ')[0])).toEqual(['tt05.file-code', 'tt05.file-code']);
  });

  test('fields of TT 02/2019 are read by their own names', async () => {
    const old = simpledc({ FileCode: 'G09.2018.01', Title: 'Hồ sơ cũ', Maintenance: 'Vĩnh viễn', Rights: '', Language: 'Tiếng Việt', StartDate: '01/01/2018', EndDate: '31/12/2018', TotalDoc: '2', PageNumber: '4', Identifier: '000.00.00.G09', Moi: 'x' });
    const report = await checkPackage(inFolder(withFields(circularPackage(), ead, () => old.toString('utf8'))));
    expect(report).toMatchObject({ profile: 'tt02-2019', fit: true });
    expect(report.described.find(({ kind }) => kind === 'package')?.fields).toEqual({ fileCode: 'G09.2018.01', title: 'Hồ sơ cũ', maintenance: '01', mode: '', language: '01', startDate: '01/01/2018', endDate: '31/12/2018', totalDoc: '2', numberOfPage: '4' });
    expect(broken(report, 'should')).toEqual(expect.arrayContaining([`legacy.field-unmapped ${ead}`, `legacy.names ${ead}`]));
  });

  test('signatures are asked for, and what is not good is a warning', async () => {
    const asked: string[] = [];
    const report = await checkPackage(inZip(circularPackage()), {
      verdictOf: async ({ path, diskPath }) => {
        asked.push(`${path} ${String(diskPath)}`);
        return path === firstFile ? { indication: 'failed', why: 'EXPIRED', signer: 'Nguyễn Văn A' } : { indication: 'passed', why: '', signer: '' };
      },
    });
    expect(asked).toEqual([`${firstFile} null`, 'representations/rep1/data/0000002.pdf null']);
    expect(report.fit).toBe(true);
    expect(report.findings).toMatchObject([{ rule: 'signature.failed', level: 'should', file: firstFile, params: { why: 'EXPIRED', signer: 'Nguyễn Văn A' } }]);
  });

  test('a linked document must say which one it stands for', async () => {
    const name = '0000001.pdf.fetch.txt';
    const holey = (content: string): FakePackage => withMets(circularPackage('sip-hoso', [{ name, content: Buffer.from(content) }]), 'rep1', (text) => text.replace('MetadataLink/File', 'MetadataLink/Holey'));
    expect(broken(await checkPackage(inFolder(holey('000.00.00.G09.0000007'))))).toEqual([]);
    expect(broken(await checkPackage(inFolder(holey(' \n'))))).toEqual([`tt05.linked-empty representations/rep1/data/${name}`]);
    expect(broken(await checkPackage(inFolder(circularPackage('sip-hoso', [{ name, content: Buffer.from('x') }]))))).toEqual(['tt05.link-target representations/rep1/METS.xml']);
  });

  test('PREMIS is held against the files', async () => {
    const made = circularPackage('aip-hoso');
    const path = 'representations/rep1/metadata/preservation/PREMIS_rep1.xml';
    const wrong = withFields(made, path, (text) => text.replace(/<messageDigest>[0-9a-f]{4}/, '<messageDigest>0000'));
    expect(broken(await checkPackage(inFolder(wrong)))).toEqual([`premis.fixity ${path}`]);
  });

  test('stopped half way there is no conclusion', async () => {
    const stopping = new AbortController();
    stopping.abort();
    expect(await checkPackage(inFolder(circularPackage()), {}, { signal: stopping.signal })).toMatchObject({ fit: false, complete: false });
  });
});

const example = join(import.meta.dirname, '../../../../shared/standards/example/tiny-mets.xml');

test.skipIf(!existsSync(example))('the small METS beside the schemas: valid for them, and what it lacks as a package is told (needs ../shared/standards)', async () => {
  const content = Buffer.from('');
  const files = new Map([['METS.xml', readFileSync(example)], ['representations/rep1/data/1.pdf', content]]);
  const report = await checkPackage(inFolder({ objectId: '', folder: 'uuid-6E9B2C1A-0D5B-4C0E-9C4B-2F7B8D2F1A01', files }));
  expect(report.profile).toBe('csip-2.2.0');
  expect(broken(report)).toEqual(['SIP15 METS.xml']);
  expect(report.findings.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['CSIP17', 'CSIPSTR12', 'CSIPSTR15', 'CSIP91']));
});
