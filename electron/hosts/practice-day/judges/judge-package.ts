import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { systemClock } from '../../../foundation/clock.ts';
import { memoryBytes } from '../../../foundation/pdf/index.ts';
import { readCertificate, type Certificate } from '../../../services/trust/index.ts';
import { findDifferences, noEvidence, verifyFile } from '../../../services/verification/index.ts';
import { packageCheckThreads } from '../../threads/package-check-threads.ts';
import { signatureState } from '../../words/package-words.ts';
import type { Authorities } from '../authorities.ts';
import { programPath, runProgram } from '../programs.ts';
import { practiceAnchors } from '../soft-signer.ts';
import { own, wentWell, type Bench } from './bench.ts';

/** Holds an archival package before Info-ZIP, coreutils and libxml2, and before our own validator (TT 05/2025/TT-BNV). */
export async function judgePackage(bench: Bench, folder: string, path: string, authorities: Authorities): Promise<void> {
  const zip = join(folder, path);
  await bench.ask('unzip', path, ['-tqq', zip], wentWell, { label: 'unzip -t' });
  const unzip = programPath('unzip');
  if (unzip !== undefined) {
    const scratch = mkdtempSync(join(tmpdir(), 'tvt-judge-'));
    try {
      await runProgram(unzip, ['-q', zip, '-d', scratch]);
      await judgeTree(bench, path, join(scratch, readdirSync(scratch)[0] ?? ''));
    } finally {
      rmSync(scratch, { recursive: true });
    }
  }
  await byOurselves(bench, zip, path, authorities);
}

async function judgeTree(bench: Bench, path: string, root: string): Promise<void> {
  const representation = join(root, 'representations/rep1');
  for (const [name, place] of [['METS.xml', root], ['representations/rep1/METS.xml', representation]] as const) {
    const mets = join(place, 'METS.xml');
    if (!existsSync(mets)) {
      bench.note({ judge: 'sha256sum -c', what: `${path}: ${name}`, ok: false, said: 'không có tệp này' });
      continue;
    }
    const { lines, count } = sumsIn(readFileSync(mets, 'utf8'));
    await bench.ask('sha256sum', `${path}: ${String(count)} tệp của ${name}`, ['--check', '--strict', '--quiet', '-'], (ran) => wentWell(ran) && count > 0, { label: 'sha256sum -c', cwd: place, input: lines });
    await bench.ask('xmllint', `${path}: ${name}`, ['--noout', '--nonet', mets], wentWell);
  }
  const described = join(representation, 'metadata/descriptive');
  const sheets = existsSync(described) ? readdirSync(described) : [];
  for (const [name, schema] of [['metadata/descriptive/EAD.xml', 'EAD.xsd'], ...sheets.map((one) => [`representations/rep1/metadata/descriptive/${one}`, `${one.slice(0, one.indexOf('_', 4))}.xsd`] as const)] as const) {
    await bench.ask('xmllint', `${path}: ${basename(name)} theo ${schema}`, ['--noout', '--nonet', '--schema', join(root, 'schemas', schema), join(root, name)], wentWell);
  }
}

/** What a METS names, as lines for `sha256sum`: the digest and the path from where the METS lies. */
function sumsIn(mets: string): { readonly lines: string; readonly count: number } {
  const lines = [...mets.matchAll(/<(?:mdRef|file) ([^>]*)>(?:<FLocat ([^>]*)\/>)?/g)].map(([, attributes = '', location = '']) => {
    const href = /xlink:href="([^"]*)"/.exec(location === '' ? attributes : location)?.[1] ?? '';
    return `${/CHECKSUM="([^"]*)"/.exec(attributes)?.[1]?.toLowerCase() ?? ''}  ${href}\n`;
  });
  return { lines: lines.join(''), count: lines.length };
}

async function byOurselves(bench: Bench, zip: string, path: string, authorities: Authorities): Promise<void> {
  const certificates = (['root', 'ca', 'time'] as const).flatMap((id): Certificate[] => {
    const read = readCertificate(authorities.pki[id].der);
    return read.ok ? [read.value] : [];
  });
  const deps = { anchors: practiceAnchors(authorities), edition: 'luyện tập', certificates, evidence: noEvidence, differences: findDifferences };
  const threads = packageCheckThreads({
    judge: async ({ source }) => signatureState(await verifyFile(deps, memoryBytes(source.kind === 'bytes' ? source.bytes : readFileSync(source.path)), { at: systemClock.now() })),
  });
  try {
    const checked = await threads.check(zip);
    const said = checked.ok ? `${String(checked.value.broken.must)} lỗi bắt buộc, ${String(checked.value.broken.should)} khuyến nghị` : checked.failure.detail;
    bench.note({ judge: `${own}: tvt sip check`, what: path, ok: checked.ok && checked.value.fit, said });
  } finally {
    await threads.close();
  }
}
