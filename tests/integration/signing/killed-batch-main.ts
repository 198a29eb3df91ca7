import { signingThreads } from '../../../electron/hosts/threads/signing-threads.ts';
import { forkTokenProcess } from '../../../electron/hosts/processes/token-processes.ts';
import { tokenProcess } from '../../../electron/platform/tokens/token-process.ts';
import { signBatch, type BatchFile } from '../../../electron/services/signing/index.ts';
import { readCertificate } from '../../../electron/services/trust/index.ts';
import type { TokenRef } from '../../../native/pkcs11/index.ts';
import { good } from '../../fakes/pki/pki.ts';

/** A program that signs a batch and may be killed at any moment; tells how it ended when it is not. */
export type KilledBatch = {
  readonly module: string;
  readonly token: TokenRef;
  /** DER as Base64 */
  readonly certificate: string;
  readonly pin: string;
  readonly journals: string;
  readonly files: readonly BatchFile[];
};

const what = JSON.parse(process.argv[2] ?? '') as KilledBatch;
const certificate = good(readCertificate(Buffer.from(what.certificate, 'base64')));
const device = tokenProcess(what.module, forkTokenProcess);
const work = signingThreads(() => undefined);
const pin = { kind: 'typed', pin: new TextEncoder().encode(what.pin), keyPin: null, finalTryAccepted: false, asTyped: false } as const;
const request = { token: what.token, certificate: certificate.sha256, scheme: { kind: 'rsa-pkcs1', hash: 'sha256' }, pin, keepMs: 0 } as const;
const deps = { http: () => Promise.reject(new Error('nobody is asked')), hosts: {}, clock: { now: () => new Date() }, work };
const batch = signBatch(
  { ...deps, openToken: (onSigned) => device.signFed(request, onSigned) },
  { signer: { certificate, chain: [], way: { kind: 'rsa-v1.5', digest: 'sha256' } }, files: what.files, tsa: null, journals: what.journals },
);
const { files } = await batch.end;
device.stop();
await work.close();
process.stdout.write(JSON.stringify(files.map(({ outcome }) => outcome.kind)));
