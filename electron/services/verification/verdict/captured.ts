import type { SignatureVerdict, Verdict } from '#contract';
import type { CapturedVerdict } from '../../packages/index.ts';

type Signature = CapturedVerdict['signatures'][number];

/**
 * A verdict of the instant `at` as a package takes it along. `certificateOf`: a certificate by its SHA-256, DER as Base64; '' where it is not
 * at hand.
 */
export function capturedVerdict(verdict: Verdict, at: string, certificateOf: (sha256: string) => string): CapturedVerdict {
  return {
    judgedAt: at,
    indication: verdict.state === 'none' ? 'none' : verdict.indication,
    anchors: verdict.anchors,
    signatures: verdict.signatures.map((signature) => ({ ...judged(signature), ...written(signature, certificateOf) })),
  };
}

function judged(signature: SignatureVerdict): Signature {
  const parts = [signature.cryptography, signature.coverage, signature.trust];
  return {
    signer: signature.signer?.name ?? '',
    organisation: signature.signer?.organization ?? '',
    signedAt: signature.time.at ?? '',
    indication: signature.indication,
    subIndication: signature.subIndication ?? '',
    reasons: parts.flatMap(({ reasons, remarks }) => [...reasons, ...remarks].map((reason) => reason.code)),
    level: signature.level === null ? '' : `PAdES-B-${signature.level}`,
  };
}

function written({ value, algorithm, signer }: SignatureVerdict, certificateOf: (sha256: string) => string): Pick<Signature, 'written'> {
  if (value === undefined) return {};
  const certificate = signer?.certificate;
  return { written: { subject: certificate?.subject ?? '', method: methodOf(algorithm), value, certificate: certificate === undefined ? '' : certificateOf(certificate.sha256) } };
}

const kinds: Readonly<Record<string, string>> = { 'rsa-v1.5': 'RSA', 'rsa-pss': 'RSASSA-PSS', ecdsa: 'ECDSA' };

/** `RSA-SHA256` for `rsa-v1.5 sha256 RSA-3072`, as PREMIS' own list has it (`DSA-SHA1`); what is not known stays. */
function methodOf(algorithm: string): string {
  const [kind = '', digest = ''] = algorithm.split(' ');
  const name = kinds[kind];
  return name === undefined || !digest.startsWith('sha') ? algorithm : `${name}-${digest.toUpperCase()}`;
}
