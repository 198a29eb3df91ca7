import { isSignedBy, type Certificate } from '../trust/index.ts';

/** Longer ones do not exist; the government's have three certificates. */
const longest = 8;

/**
 * The issuers of a certificate among `candidates`, nearest first, without a root: whoever verifies has that already or
 * does not believe in it. Embedded, they spare readers without network a search (real files often carry the leaf only,
 * signing.md §0.3). Nothing is said about trust.
 */
export function chainOf(certificate: Certificate, candidates: readonly Certificate[]): readonly Certificate[] {
  const chain: Certificate[] = [];
  for (let last = certificate; chain.length < longest; ) {
    const issuer = candidates.find((one) => one.subject.key === last.issuer.key && one.subject.key !== one.issuer.key && !chain.includes(one) && isSignedBy(last, one) === 'good');
    if (issuer === undefined) break;
    chain.push(issuer);
    last = issuer;
  }
  return chain;
}
