import { randomBytes } from 'node:crypto';
import { fail, ok, type GivenPin, type Outcome, type TokenFailureName } from '#contract';
import type { ModuleReport, SignatureScheme } from '../../../native/pkcs11/index.ts';
import { failureName, failureParams } from './doctor.ts';
import type { TokenProcess } from './token-process.ts';

type ReportedSlot = ModuleReport['slots'][number];

export type TestOrder = {
  readonly slot: ReportedSlot;
  /** SHA-256 of the certificate whose key signs */
  readonly certificate: string;
  /** its bytes are overwritten */
  readonly pin: GivenPin;
};

/**
 * Signs 32 random bytes and lets the token process check the signature against the certificate. Nothing is kept: not the
 * login, not the signature. The PIN is tried once.
 */
export async function testSignature(process: TokenProcess, { slot, certificate, pin }: TestOrder): Promise<Outcome<{ milliseconds: number }, TokenFailureName>> {
  const chosen = slot.certificates.find(({ sha256 }) => sha256 === certificate);
  const bytes = pin.kind === 'typed' ? Uint8Array.from(pin.pin) : null;
  if (pin.kind === 'typed') pin.pin.fill(0);
  if (slot.token === null || chosen === undefined) {
    bytes?.fill(0);
    return fail(slot.token === null ? 'token-absent' : 'token-certificate-absent');
  }
  const { serialNumber, label, manufacturer, model } = slot.token;
  const started = performance.now();
  const { finalTryAccepted } = pin;
  const end = await process.sign({
    token: { serialNumber, label, manufacturer, model },
    certificate,
    scheme: schemeOf(chosen.key),
    items: [{ id: 'test', data: randomBytes(32) }],
    pin: pin.kind === 'pad' || bytes === null ? { kind: 'pad', finalTryAccepted } : { kind: 'typed', pin: bytes, keyPin: null, finalTryAccepted, asTyped: pin.asTyped },
    keepMs: 0,
  }).end;
  if (end.kind === 'done') return ok({ milliseconds: Math.round(performance.now() - started) });
  if (end.kind === 'cancelled') return fail('token-stopped');
  return fail(failureName(end.failure), failureParams(process.modulePath, end.failure));
}

function schemeOf(key: ReportedSlot['certificates'][number]['key']): SignatureScheme {
  if (key.type === 'rsa') return { kind: 'rsa-pkcs1', hash: 'sha256' };
  return { kind: 'ecdsa', hash: key.type === 'ec' && key.curve === 'P-384' ? 'sha384' : 'sha256' };
}
