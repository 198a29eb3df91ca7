import { closeSync, fstatSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Verdict } from '#contract';
import { systemClock } from '../../foundation/clock.ts';
import { fileBytes } from '../../foundation/pdf/index.ts';
import { httpClient } from '../../platform/http/client.ts';
import { memoryCache, usualHosts } from '../../services/trust/index.ts';
import { clientEvidence, findDifferences, noEvidence, verifyFile, type EvidenceSource, type VerifyDeps } from '../../services/verification/index.ts';
import { issuedTrust, withFolder, type TrustFiles } from '../trust-files.ts';
import { verdictLines } from '../words/verdict-words.ts';
import { required, UsageError, type Command, type CommandContext, type CommandResult } from './command.ts';
import { done, wordsFor } from './sentences.ts';
import { languageOf } from './token.ts';

type Report = { readonly path: string; readonly verdict: Verdict };

export const verify: Command = {
  about: 'Kiểm tra chữ ký số trên tệp PDF; mã thoát 0 chỉ khi mọi tệp đều có chữ ký và mọi chữ ký đều hợp lệ. | Check the digital signatures of PDF files; exit 0 only when every file is signed and every signature is valid.',
  usage: 'verify FILE… [--trust DIR] [--at TIME] [--offline]',
  options: { trust: true, at: true, offline: false },
  run: async (context) => {
    const { positionals, options } = context;
    if (positionals.length === 0) throw new UsageError('FILE');
    const at = options['at'] === undefined ? systemClock.now() : timeIn(required(context, 'at'));
    const trust = trustIn(context);
    if ('code' in trust) return trust;
    const scratch = mkdtempSync(join(tmpdir(), 'tvt-verify-'));
    try {
      const evidence: EvidenceSource = options['offline'] === true ? noEvidence : clientEvidence({ http: httpClient, clock: systemClock, cache: memoryCache(), hosts: usualHosts, folder: scratch });
      return await verified(context, { ...trust, evidence, differences: findDifferences }, at);
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  },
};

function timeIn(text: string): Date {
  const at = new Date(text);
  // A day alone would mean midnight of Greenwich to one reader and of Hà Nội to another.
  if (!/T.*(Z|[+-]\d{2}:\d{2})$/.test(text) || Number.isNaN(at.getTime())) throw new UsageError('--at 2026-11-22T08:00:00+07:00');
  return at;
}

/** The pinned roots, and the certificates of the folder that `--trust` names. */
export function trustIn(context: CommandContext): TrustFiles | Extract<CommandResult, { ok: false }> {
  if (context.options['trust'] === undefined) return issuedTrust();
  const path = required(context, 'trust');
  try {
    return withFolder(issuedTrust(), path);
  } catch (error) {
    return { ok: false, code: 'verify-trust-unreadable', params: { path, detail: systemCode(error) } };
  }
}

async function verified(context: CommandContext, deps: VerifyDeps, at: Date): Promise<CommandResult> {
  const reports: Report[] = [];
  for (const path of context.positionals) {
    const verdict = await judged(deps, path, at);
    if ('code' in verdict) return verdict;
    reports.push({ path, verdict });
  }
  const words = (key: string, params: Readonly<Record<string, string | number>>): string => wordsFor(key, params, languageOf(context));
  const passed = reports.filter(({ verdict: { state, indication } }) => state === 'signed' && indication === 'passed').length;
  const lines = reports.flatMap(({ path, verdict }) => verdictLines(basename(path), verdict, words));
  const text = [...lines, done(context, 'verified', { passed, files: reports.length })].join('\n');
  return { ok: true, value: reports, text, ...(passed === reports.length ? {} : { exit: 1 as const }) };
}

async function judged(deps: VerifyDeps, path: string, at: Date): Promise<Verdict | Extract<CommandResult, { ok: false }>> {
  let handle: number;
  try {
    handle = openSync(path, 'r');
  } catch (error) {
    return { ok: false, code: 'verify-unreadable', params: { path, detail: systemCode(error) } };
  }
  try {
    const facts = fstatSync(handle);
    if (!facts.isFile()) return { ok: false, code: 'verify-unreadable', params: { path, detail: 'EISDIR' } };
    return await verifyFile(deps, fileBytes(handle, facts.size), { at });
  } finally {
    closeSync(handle);
  }
}

function systemCode(error: unknown): string {
  return (error as { readonly code?: string }).code ?? String(error);
}
