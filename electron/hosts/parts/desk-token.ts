import { fail, ok, type SigningCause } from '#contract';
import type { SignatureScheme, SignRequest } from '../../../native/pkcs11/index.ts';
import { failureName, failureParams } from '../../platform/tokens/doctor.ts';
import type { StationTokens } from '../../platform/tokens/station-tokens.ts';
import type { FindToken } from '../../services/desk/index.ts';
import type { TokenLine } from '../../services/signing/index.ts';
import { readCertificate, type Certificate } from '../../services/trust/index.ts';

/** Tokens as the desk knows them, over the station's own: the one process of a module, asked for anew for each batch. */
export function tokensOfDesk({ token }: Pick<StationTokens, 'token'>): FindToken {
  return (device, certificate) => {
    const found = token(device, certificate);
    if (!found.ok) return found;
    const { process, slot, shown, reread } = found.value;
    const own = slot.certificates.find(({ sha256 }) => sha256 === certificate);
    const read = own === undefined ? undefined : readCertificate(own.der);
    if (read?.ok !== true || slot.token === null) return fail('token-certificate-not-readable');
    const { serialNumber, label, manufacturer, model } = slot.token;
    const others = slot.certificates.flatMap(({ sha256, der }): Certificate[] => {
      const other = sha256 === certificate ? undefined : readCertificate(der);
      return other?.ok === true ? [other.value] : [];
    });
    return ok({
      certificate: read.value,
      others,
      shown,
      line: (way, pin, keepMs) => {
        const bytes = pin.kind === 'typed' ? Uint8Array.from(pin.pin) : null;
        if (pin.kind === 'typed') pin.pin.fill(0);
        const request: Omit<SignRequest, 'items' | 'isFed'> = {
          token: { serialNumber, label, manufacturer, model },
          certificate,
          scheme: { kind: schemes[way.kind], hash: way.digest } satisfies SignatureScheme,
          pin: pin.kind === 'typed' && bytes !== null ? { kind: 'typed', pin: bytes, keyPin: null, finalTryAccepted: pin.finalTryAccepted, asTyped: pin.asTyped } : pin.kind === 'pad' ? { kind: 'pad', finalTryAccepted: pin.finalTryAccepted } : { kind: 'kept' },
          keepMs,
        };
        return {
          open: (onSigned) => {
            const fed = process.signFed(request, onSigned);
            const end: TokenLine<SigningCause>['end'] = fed.end.then((one) =>
              one.kind === 'failed' ? { kind: 'failed', failure: { code: failureName(one.failure), params: failureParams(process.modulePath, one.failure) } } : { kind: one.kind },
            );
            return { feed: fed.feed, close: fed.close, cancel: fed.cancel, end };
          },
          wipe: () => {
            bytes?.fill(0);
            reread();
          },
        };
      },
    });
  };
}

const schemes = { 'rsa-v1.5': 'rsa-pkcs1', 'rsa-pss': 'rsa-pss', ecdsa: 'ecdsa' } as const;
