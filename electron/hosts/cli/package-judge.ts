import { closeSync, fstatSync, openSync } from 'node:fs';
import type { Verdict } from '#contract';
import { instantOf, systemClock } from '../../foundation/clock.ts';
import { fileBytes, memoryBytes } from '../../foundation/pdf/index.ts';
import { httpClient } from '../../platform/http/client.ts';
import type { CapturedVerdict, VerdictOf } from '../../services/packages/index.ts';
import { memoryCache, usualHosts } from '../../services/trust/index.ts';
import { capturedVerdict, clientEvidence, findDifferences, noEvidence, verifyFile, type VerifyDeps } from '../../services/verification/index.ts';
import { sentFile, type JudgeFile, type SentFile } from '../threads/package-check-threads.ts';
import { signatureState } from '../words/package-words.ts';
import type { TrustFiles } from '../trust-files.ts';
import type { CommandContext } from './command.ts';

type Judge = Omit<VerifyDeps, 'keep'>;

/** What `tvt verify` judges with; lists of revoked certificates lie in `folder` meanwhile. `--offline` asks no network. */
export function packageJudge({ options }: CommandContext, trust: TrustFiles, folder: string): Judge {
  const evidence = options['offline'] === true ? noEvidence : clientEvidence({ http: httpClient, clock: systemClock, cache: memoryCache(), hosts: usualHosts, folder });
  return { ...trust, evidence, differences: findDifferences };
}

/** Judges signatures inside packages. */
export function judgeFileWith(judge: Judge): JudgeFile {
  const at = systemClock.now();
  return async (file) => signatureState(await verdictOn(judge, file, at));
}

/**
 * Judges every PDF of a package while it is checked, and keeps what was found of each by its SHA-256, as a package takes it along: the
 * window knows it from its store, the terminal looks at this moment.
 */
export function capturingJudge(judge: Judge): { readonly verdictOf: VerdictOf; readonly verdictsOf: (sha256: string) => CapturedVerdict | null } {
  const found = new Map<string, CapturedVerdict>();
  return {
    verdictsOf: (sha256) => found.get(sha256) ?? null,
    verdictOf: async (signed) => {
      const file = await sentFile(signed);
      if (file === undefined) return { indication: 'unchecked', why: '', signer: '' };
      const certificates = new Map<string, string>();
      const at = systemClock.now();
      const keep: VerifyDeps['keep'] = ({ kind, sha256, der }) => {
        if (kind === 'certificate' && der !== null) certificates.set(sha256, Buffer.from(der).toString('base64'));
      };
      const verdict = await verdictOn({ ...judge, keep }, file, at);
      found.set(verdict.file.sha256, capturedVerdict(verdict, instantOf({ now: () => at }), (sha256) => certificates.get(sha256) ?? ''));
      return signatureState(verdict);
    },
  };
}

async function verdictOn(deps: VerifyDeps, { source }: SentFile, at: Date): Promise<Verdict> {
  if (source.kind === 'bytes') return verifyFile(deps, memoryBytes(source.bytes), { at });
  const handle = openSync(source.path, 'r');
  try {
    return await verifyFile(deps, fileBytes(handle, fstatSync(handle).size), { at });
  } finally {
    closeSync(handle);
  }
}
