import { askOcsp, createCrlClient, fetchIssuer, type Certificate, type ClientDeps, type CrlClient, type TrustHttp } from '../../trust/index.ts';
import type { EvidenceSource, StoredCrl } from '../ports.ts';

/** The way to the network of a station that is offline: there is none. */
export const noNetwork: TrustHttp = () => Promise.resolve({ ok: false, failure: { code: 'offline' } });

const unasked: Awaited<ReturnType<CrlClient['fetch']>> = { ok: false, failure: { code: 'no-answer', cause: 'offline', detail: '' } };

const mostLists = 4;

/**
 * Evidence by the clients of the trust domain; lists of revoked certificates lie in `folder`, which nobody else may use at
 * the same time. Offline is the same with `noNetwork`, so that it gives what was had. A list past its day is handed on too:
 * what it proves of earlier times it still proves.
 */
export function clientEvidence({ folder, ...deps }: ClientDeps & { readonly folder: string }): EvidenceSource {
  return officeEvidence(deps, createCrlClient({ ...deps, folder }));
}

/** The same where somebody else already has the folder of lists, by that one's client. */
export function officeEvidence(deps: ClientDeps, lists: Pick<CrlClient, 'fetch' | 'kept'>): EvidenceSource {
  async function listAt(url: string, issuer: Certificate): Promise<readonly StoredCrl[]> {
    const fetched = await lists.fetch(url, issuer);
    const list = fetched.ok ? fetched.value : await lists.kept(url, issuer);
    return list === undefined ? [] : [{ crl: list.crl, path: list.path }];
  }

  return {
    async issuers(certificate) {
      const found = await fetchIssuer(deps, certificate);
      return found.ok ? [found.value] : [];
    },
    async status(certificate, issuer) {
      const urls = certificate.extensions.crlUrls.slice(0, mostLists);
      const [ocsp, found] = await Promise.all([askOcsp(deps, { certificate, issuer }), Promise.all(urls.map((url) => listAt(url, issuer)))]);
      return { ocsps: ocsp.ok ? [ocsp.value.der] : [], crls: found.flat() };
    },
  };
}

/** What an office has at hand, without a word to anybody. */
export function keptEvidence(deps: ClientDeps, lists: Pick<CrlClient, 'kept'>): EvidenceSource {
  return officeEvidence({ ...deps, http: noNetwork }, { kept: lists.kept, fetch: () => Promise.resolve(unasked) });
}

/** Nothing beside the file. */
export const noEvidence: EvidenceSource = {
  issuers: () => Promise.resolve([]),
  status: () => Promise.resolve({ ocsps: [], crls: [] }),
};
