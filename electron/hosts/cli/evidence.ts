import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../foundation/clock.ts';
import { httpClient } from '../../platform/http/client.ts';
import type { EvidenceDeps } from '../../services/signing/index.ts';
import { anchorsOf, createCrlClient, memoryCache, readAnchorTable, readCertificate, unarmoured, usualHosts, type Anchors, type Certificate } from '../../services/trust/index.ts';
import { issuedAnchors } from '../issued-anchors.ts';
import { UsageError, type CommandContext } from './command.ts';

/** What commands on signatures ask beside their own: whose roots are believed, and where services are asked instead. */
export const evidenceOptions: readonly string[] = ['trust', 'host'];
export const evidenceUsage = '[--trust FILE]... [--host NAME=NAME[:PORT]]...';

/** Roots that the product pins, and those of `--trust`: certificates in DER or PEM that this call believes in too. */
export function trustIn({ lists }: CommandContext): { readonly anchors: Anchors; readonly certificates: readonly Certificate[] } {
  const certificates = (lists['trust'] ?? []).map(certificateAt);
  const own: Anchors = new Map(
    certificates.map(({ sha256 }) => [sha256, { name: sha256, sha256, role: 'root', hierarchy: 'government', validFrom: null, validTo: null, source: '--trust', confidence: 'M' }]),
  );
  return { anchors: new Map([...anchorsOf(readAnchorTable(issuedAnchors)), ...own]), certificates };
}

/** Has work done with the network and a folder for lists, which is gone afterwards. */
export async function withEvidence<T>(context: CommandContext, work: (deps: EvidenceDeps) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'tvt-lists-'));
  try {
    const deps = { http: httpClient, clock: systemClock, cache: memoryCache(), hosts: { ...usualHosts, ...hostsIn(context) } };
    return await work({ ...deps, ...trustIn(context), crls: createCrlClient({ ...deps, folder }) });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function certificateAt(path: string): Certificate {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch {
    throw new UsageError(`--trust ${path}`);
  }
  const certificate = readCertificate(unarmoured(bytes) ?? bytes);
  if (!certificate.ok) throw new UsageError(`--trust ${path}`);
  return certificate.value;
}

function hostsIn({ lists }: CommandContext): Readonly<Record<string, string>> {
  return Object.fromEntries(
    (lists['host'] ?? []).map((words) => {
      const [, name, other] = /^([^=\s]+)=([^=\s]+)$/.exec(words) ?? [];
      if (name === undefined || other === undefined) throw new UsageError(`--host ${words}`);
      return [name, other];
    }),
  );
}
