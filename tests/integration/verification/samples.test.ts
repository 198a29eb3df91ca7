import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Verdict } from '#contract';
import { memoryBytes } from '../../../electron/foundation/pdf/index.ts';
import { anchorsOf, readAnchorTable } from '../../../electron/services/trust/index.ts';
import { noEvidence, notAnalysed, verifyFile, type FindDifferences } from '../../../electron/services/verification/index.ts';
import { allPermitted, codesOf } from './world.ts';

const project = fileURLToPath(new URL('../../../', import.meta.url));
const samples = join(project, '../shared/samples');
const hasSamples = existsSync(samples);
const at = new Date('2026-11-22T02:00:00Z');

type Row = Readonly<Record<string, string>>;
function rows(): Row[] {
  const [head = '', ...lines] = readFileSync(join(samples, 'signatures.tsv'), 'utf8').trim().split('\n');
  const names = head.split('\t');
  return lines.map((line) => Object.fromEntries(line.split('\t').map((cell, n) => [names[n] ?? '', cell])));
}

/** With the roots that ship, and nothing else: no issuing authority, no network. */
function judged(file: string, differences: FindDifferences = notAnalysed): Promise<Verdict> {
  const table = readAnchorTable(JSON.parse(readFileSync(join(project, 'resources/trust/anchors.json'), 'utf8')));
  const deps = { anchors: anchorsOf(table), edition: table.edition, certificates: [], evidence: noEvidence, differences };
  return verifyFile(deps, memoryBytes(readFileSync(join(samples, file))), { at });
}

const letter = 'cv-11410-bxd-2026.pdf';
const annex = 'cv-11410-bxd-2026-phuluc1.pdf';
const decree = 'nd-335-2025-signed-scan.pdf';
const gazette = ['nd-30-2020-congbao.pdf', 'qd-28-2018-congbao.pdf'];

describe.skipIf(!hasSamples)('published documents (needs ../shared/samples)', () => {
  test('each row of signatures.tsv is told as it is (needs ../shared/samples)', async () => {
    for (const row of rows()) {
      const { signatures } = await judged(row['file'] ?? '');
      const one = signatures[Number(row['n']) - 1];
      const intact = row['range_inside_file'] === 'yes';
      const utc = (text: string | null | undefined): string => (text == null ? '' : new Date(text).toISOString().replace('.000', ''));
      expect({
        field: one?.field,
        name: one?.signer?.name,
        issuer: /CN=([^,]*)/.exec(one?.signer?.certificate.issuer ?? '')?.[1],
        key: one?.signer?.certificate.key,
        subFilter: one?.subFilter,
        claimed: one?.time.claimedInFile,
        inSignature: utc(one?.time.claimedInSignature),
        genTime: utc(one?.timestamps[0]?.at),
        certification: one?.isCertification,
        range: one?.byteRange?.join(','),
        whole: one?.coversFile,
        cryptography: one?.cryptography.indication,
        sound: (one?.coverage.reasons ?? []).every(({ code }) => code === 'changes-suspicious'),
      }, `${row['file'] ?? ''} ${row['n'] ?? ''}`).toEqual({
        field: row['field'],
        name: row['signer_cn'],
        issuer: row['issuer_cn'],
        key: `RSA-${row['rsa_bits'] ?? ''}`,
        subFilter: row['subfilter'],
        claimed: row['dict_time_M'],
        inSignature: row['cms_signingTime'],
        genTime: row['timestamp_genTime'],
        certification: row['docmdp_p2'] === 'yes',
        range: row['byte_range'],
        whole: row['covers_whole_file'] === 'yes',
        cryptography: intact ? 'passed' : 'indeterminate',
        sound: intact,
      });
    }
  });

  test('lessons 1 and 3: number, day, month and seal are signatures of the agency upon a certified letter (needs ../shared/samples)', async () => {
    const { signatures } = await judged(letter, allPermitted);
    expect(signatures.map(({ signer, isCertification, coverage }) => [signer?.name, signer?.capacity, signer?.organization, isCertification, coverage.indication])).toEqual([
      ['Hoàng Thanh Nam', 'person', 'BỘ XÂY DỰNG', true, 'passed'],
      ['Nguyễn Danh Huy', 'person', 'BỘ XÂY DỰNG', false, 'passed'],
      ...Array.from({ length: 3 }, () => ['PHÒNG VĂN THƯ', 'unit', 'BỘ XÂY DỰNG', false, 'passed']),
      ['BỘ XÂY DỰNG', 'agency', 'BỘ XÂY DỰNG', false, 'passed'],
    ]);
    expect((await judged(annex, allPermitted)).signatures.map(({ signer }) => signer?.budgetCode)).toEqual(['1057059', '1057059', '1057059', '1057059']);
  });

  test('lesson 5: clocks disagree, and one is seven hours ahead (needs ../shared/samples)', async () => {
    const remarks = async (file: string): Promise<unknown> => (await judged(file)).signatures.at(-1)?.trust.remarks;
    expect(await remarks(decree)).toEqual([
      { code: 'claimed-seven-hours', params: { claimed: '2025-12-25T22:57:58+07:00', at: '2025-12-25T15:45:16+07:00' } },
      { code: 'clock-differs', params: { minutes: 13, claimed: '2025-12-25T15:57:58+07:00', at: '2025-12-25T15:45:16+07:00' } },
    ]);
    const [first] = (await judged(letter)).signatures;
    expect(first?.time).toMatchObject({ at: '2026-07-21T23:55:38+07:00', source: 'timestamp-unchecked' });
    // A little under four minutes: under what is worth telling.
    expect(first?.trust.remarks).toEqual([]);
  });

  test('lessons 6 and 7: a leaf alone leads nowhere without its issuer, and both generations of roots are known (needs ../shared/samples)', async () => {
    for (const file of [letter, annex, decree]) {
      for (const one of (await judged(file)).signatures) {
        expect(codesOf(one).trust).toEqual(['chain-incomplete', 'timestamp-status-unknown']);
        expect(one.trust.subIndication).toBe('NO_CERTIFICATE_CHAIN_FOUND');
        expect(one.timestamps).toMatchObject([{ authority: file === decree ? 'Máy chủ cấp dấu thời gian 01' : 'Máy chủ cấp dấu thời gian 02' }]);
      }
    }
  });

  test('lesson 8: the Gazette’s prints are read to the end of their BER, and broken because they were saved anew (needs ../shared/samples)', async () => {
    for (const file of gazette) {
      const verdict = await judged(file);
      expect(verdict).toMatchObject({ state: 'signed', indication: 'failed', subIndication: 'FORMAT_FAILURE' });
      const [one] = verdict.signatures;
      expect(codesOf(one).coverage).toEqual(['not-in-form', 'byte-range-outside', 'gap-not-contents', 'byte-range-ends-elsewhere']);
      expect(one?.cryptography.remarks.map(({ code }) => code)).toEqual(['cms-ber', 'certificate-reference-absent']);
      expect(codesOf(one).trust).toContain('digest-weak');
      expect(one?.signer?.capacity).toBe('portal');
    }
  });

  test('lesson 9: the picture of a signature is none (needs ../shared/samples)', async () => {
    for (const file of ['qd-09-2025-printed.pdf', 'cv-7393-vpcp-2013-scan.pdf']) {
      expect(await judged(file)).toMatchObject({ state: 'none', indication: 'indeterminate', signatures: [], reasons: [] });
    }
  });

  test('none of them passes by the roots alone, and nothing intact fails (needs ../shared/samples)', async () => {
    for (const file of [letter, annex, decree]) expect((await judged(file)).indication, file).toBe('indeterminate');
  });

  test('pdfsig says the same of the mathematics, and nothing of the rest (needs ../shared/samples)', async () => {
    for (const file of [letter, annex, decree, ...gazette]) {
      const { stdout } = spawnSync('pdfsig', ['-nocert', join(samples, file)], { encoding: 'utf8' });
      const said = [...stdout.matchAll(/Signature Validation: (.*)/g)].map(([, text]) => text === 'Signature is Valid.');
      expect((await judged(file)).signatures.map(({ cryptography }) => cryptography.indication === 'passed'), file).toEqual(said);
    }
  });
});
