import type { Result } from '../../../foundation/outcome.ts';
import type { Certificate } from '../certificate/read-certificate.ts';
import { readCrl, type Crl } from '../revocation/crl.ts';
import { fetchWhole, type ClientDeps } from './call.ts';
import type { CrlClientFailure } from './crl.ts';

/** It is read in one go: more would hold the core's thread too long. */
const limits = { timeoutMs: 60_000, idleMs: 15_000, maxBytes: 8 * 1024 * 1024 };

/** The list of an address held in memory, for when the disk takes none. `before`: the one that is kept, which nothing older replaces. */
export async function crlInMemory(
  deps: Pick<ClientDeps, 'http' | 'hosts'>,
  url: string,
  issuer: Certificate,
  before: Crl | undefined,
): Promise<Result<{ readonly crl: Crl; readonly bytes: Uint8Array }, CrlClientFailure>> {
  const fetched = await fetchWhole(deps, { url, ...limits });
  if (!fetched.ok) return fetched;
  const crl = readCrl(fetched.value, issuer);
  if (!crl.ok) return crl;
  const { thisUpdate } = crl.value.facts;
  if (before !== undefined && thisUpdate < before.facts.thisUpdate) return { ok: false, failure: { code: 'crl-older', thisUpdate } };
  return { ok: true, value: { crl: crl.value, bytes: fetched.value } };
}
