import { readFileSync } from 'node:fs';
import { askOcsp, fetchIssuer, type Certificate, type ClientDeps } from '../../trust/index.ts';
import type { Result } from '../../../foundation/outcome.ts';
import { assess, type Assessment, type Lack, type Target, type Trust } from './assess.ts';
import type { Material, Piece } from './material.ts';

/** What gathering evidence takes: the network, lists on the disk, and whom is believed. */
export type EvidenceDeps = ClientDeps & Trust & { readonly crls: Lists };

/** Lists of revoked certificates, as files; the list client of `trust` is one, also from another thread. */
export type Lists = {
  readonly fetch: (url: string, issuer: Certificate) => Promise<Result<{ readonly path: string; readonly crl: { readonly facts: { readonly size: number } } }, { readonly code: string }>>;
};

/** A list that is larger is not embedded: a document of some KB would grow by it with every signature. */
const largestList = 20 * 1024 * 1024;
/** Certificates of a path, their status by two ways, and responders; far above any real one. */
const mostSteps = 40;

/** Material that grows while it is asked for, for all targets of a file; `failures` say why something did not come. */
export type Gathering = {
  material: Material;
  readonly tried: Set<string>;
  readonly failures: Map<string, string>;
};

export function gathering(material: Material): Gathering {
  return { material, tried: new Set(), failures: new Map() };
}

/**
 * Fetches what is missing to check a certificate later, and judges by the same eyes that judge a file that has it: issuers
 * from the addresses in certificates, OCSP first, then lists. What does not help is not handed on.
 */
export async function gathered(deps: EvidenceDeps, target: Target, all: Gathering): Promise<Assessment> {
  for (let step = 0; ; step += 1) {
    const assessment = assess(target, all.material, deps);
    const work = assessment.lacks.flatMap((lack) => waysFor(deps, lack)).find(({ key }) => !all.tried.has(key));
    if (work === undefined || step === mostSteps) return assessment;
    all.tried.add(work.key);
    const found = await work.fetch();
    if ('failure' in found) all.failures.set(work.about, found.failure);
    else all.material = { certificates: [...all.material.certificates, ...found.certificates], pieces: [...all.material.pieces, ...found.pieces] };
  }
}

type Fetched = Material | { readonly failure: string };
type Way = { readonly key: string; readonly about: string; readonly fetch: () => Promise<Fetched> };

/** What can be asked for about a lack, in the order in which it is asked. */
function waysFor(deps: EvidenceDeps, lack: Lack): readonly Way[] {
  const { certificate } = lack;
  const about = certificate.sha256;
  if (lack.code === 'issuer') {
    const fetch = async (): Promise<Fetched> => {
      const issuer = await fetchIssuer(deps, certificate);
      return issuer.ok ? { certificates: [issuer.value], pieces: [] } : { failure: wordsOf(issuer.failure) };
    };
    return [{ key: `issuer ${about}`, about, fetch }];
  }
  if (lack.code !== 'status') return [];
  const { issuer } = lack;
  const byOcsp = async (): Promise<Fetched> => {
    const answer = await askOcsp(deps, { certificate, issuer });
    return answer.ok ? piece({ kind: 'ocsp', der: answer.value.der }) : { failure: wordsOf(answer.failure) };
  };
  const urls = certificate.extensions.crlUrls.slice(0, 4);
  return [
    { key: `ocsp ${about}`, about, fetch: byOcsp },
    ...urls.map((url) => ({ key: `crl ${about} ${url}`, about, fetch: () => listAt(deps, url, issuer) })),
  ];
}

async function listAt({ crls }: EvidenceDeps, url: string, issuer: Certificate): Promise<Fetched> {
  const list = await crls.fetch(url, issuer);
  if (!list.ok) return { failure: wordsOf(list.failure) };
  if (list.value.crl.facts.size > largestList) return { failure: 'crl-too-large' };
  return piece({ kind: 'crl', der: readFileSync(list.value.path) });
}

function piece(one: Piece): Material {
  return { certificates: [], pieces: [one] };
}

/** For support: the code of a failure and what it says beside it. */
function wordsOf(failure: { readonly code: string }): string {
  const { code, ...more } = failure;
  return [code, ...Object.values(more).filter((value) => typeof value === 'string' || typeof value === 'number')].join(' ');
}
