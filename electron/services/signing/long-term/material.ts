import { securityStoreOf, streamData, type PdfView } from '../../../foundation/pdf/index.ts';
import { readCertificate, type Certificate } from '../../trust/index.ts';
import { read } from '../refusals.ts';
import type { SignatureFacts } from './facts.ts';

/** An OCSP answer or a list of revoked certificates, as it came. */
export type Piece = { readonly kind: 'ocsp' | 'crl'; readonly der: Uint8Array };

/** Whatever may help to check signatures; none of it is believed because it lies here. */
export type Material = { readonly certificates: readonly Certificate[]; readonly pieces: readonly Piece[] };

/** What a view of a file holds: its DSS, and what lies inside signatures and time-stamps up to that revision. */
export function materialIn(view: PdfView, facts: readonly SignatureFacts[]): Material {
  const store = read(securityStoreOf(view));
  const own = facts.filter(({ revision }) => revision !== undefined && revision <= view.newest.index).map(insideOf);
  const streams = (numbers: readonly number[]): Uint8Array[] =>
    numbers.flatMap((number) => {
      const data = streamData(view, number);
      return data.ok ? [data.value] : [];
    });
  const certificates = streams(store?.certs ?? []).flatMap((der) => {
    const certificate = readCertificate(der);
    return certificate.ok ? [certificate.value] : [];
  });
  return joined([
    ...own,
    { certificates, pieces: [...streams(store?.ocsps ?? []).map((der) => ({ kind: 'ocsp', der }) as const), ...streams(store?.crls ?? []).map((der) => ({ kind: 'crl', der }) as const)] },
  ]);
}

/** What lies inside a signature and its time-stamps. */
export function insideOf({ signed, times }: Pick<SignatureFacts, 'signed' | 'times'>): Material {
  const all = [...(signed === undefined ? [] : [signed]), ...times.map(({ token }) => token.signed)];
  return { certificates: all.flatMap((one) => one.certificates), pieces: all.flatMap((one) => one.crls.map((der) => ({ kind: 'crl', der }) as const)) };
}

function joined(materials: readonly Material[]): Material {
  return { certificates: materials.flatMap(({ certificates }) => certificates), pieces: materials.flatMap(({ pieces }) => pieces) };
}
