import { systemClock } from '../../../electron/foundation/clock.ts';
import { httpClient } from '../../../electron/platform/http/client.ts';
import type { EvidenceDeps } from '../../../electron/services/signing/index.ts';
import { createCrlClient, memoryCache } from '../../../electron/services/trust/index.ts';
import { day, makeCrl } from '../../fakes/pki/make.ts';
import type { TestPki } from '../../fakes/pki/pki.ts';
import type { PkiServers } from '../../fakes/pki/servers.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';

/** What gathering evidence takes, with the test's own services and root; each with an empty cache. */
export function evidenceDeps(pki: TestPki, servers: Pick<PkiServers, 'hosts'>, more: Partial<EvidenceDeps> = {}): EvidenceDeps {
  const base = { http: httpClient, clock: systemClock, cache: memoryCache(), hosts: servers.hosts, ...more };
  return { ...base, crls: createCrlClient({ ...base, folder: scratchFolder() }), anchors: pki.anchors('g2root'), certificates: [], ...more };
}

/** Puts today's lists of these issuers where their certificates say. */
export async function publishLists(pki: TestPki, servers: PkiServers, issuers: readonly string[] = ['g2root', 'g2ca', 'ecca'], from = -1, to = 6): Promise<void> {
  for (const issuer of issuers) servers.files.set(`/pki/pub/crl/${issuer}.crl`, { body: await makeCrl(pki.folder, issuer, day(from), day(to)), etag: '' });
}
