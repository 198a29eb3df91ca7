import { fail, ok, type CodeOf, type Contract, type InputOf, type Outcome, type PackageVerdict } from '#contract';
import { newId } from '../../../foundation/ids.ts';
import { basename } from 'node:path';
import type { PackageReport } from '../../packages/index.ts';
import type { HandoverDeps } from '../ports.ts';
import type { Runs } from '../runs.ts';
import { lyingPath } from './lying.ts';

type Method = Contract['packages']['judge'];

/** What a person reads to the end; the report of `tvt sip check` has all. */
const mostRemarks = 1000;
const levels = ['must', 'should', 'may'] as const;

/** A report as the window shows it. */
export function verdictOf(name: string, report: PackageReport): PackageVerdict {
  const head = report.described.find(({ kind }) => kind === 'package')?.fields ?? {};
  return {
    name,
    container: report.container,
    profile: report.profile,
    objectId: report.objectId,
    code: head['fileCode'] ?? head['arcFileCode'] ?? head['requestID'] ?? '',
    title: head['title'] ?? '',
    fit: report.fit,
    complete: report.complete,
    files: report.files.length,
    failed: report.files.filter(({ passed }) => !passed).length,
    bytes: report.bytes,
    documents: report.described.filter(({ kind }) => kind !== 'package').length,
    broken: { ...report.broken },
    remarks: levels.flatMap((level) => report.findings.filter((one) => one.level === level)).slice(0, mostRemarks).map((one) => ({ ...one, params: { ...one.params } })),
  };
}

/** Judges a package that lies in the host's folders by the rules of its own profile. */
export function judgeGiven(deps: HandoverDeps, runs: Runs, { path }: InputOf<Method>): Promise<Outcome<PackageVerdict, CodeOf<Method>>> {
  return runs.run('judging', newId(), async ({ signal, tell }): Promise<Outcome<PackageVerdict, CodeOf<Method>>> => {
    const whole = await lyingPath(deps, path);
    if (whole === undefined) return fail('package-gone', { path });
    tell({ of: 1 });
    const started = performance.now();
    const checked = await deps.check(whole, {
      signal,
      onProgress: ({ bytes, total }) => {
        const spent = performance.now() - started;
        tell({ bytesDone: bytes, bytesOf: total, secondsLeft: bytes === 0 || spent < 1000 ? null : Math.ceil(((total - bytes) * spent) / bytes / 1000) });
      },
    });
    if (signal.aborted) return fail('handover-cancelled');
    return checked.ok ? ok(verdictOf(basename(whole), checked.value)) : fail('handover-thread', { detail: checked.failure.detail });
  });
}
