import { createHash } from 'node:crypto';
import { openModule } from '../../native/pkcs11/driver.ts';
import { median } from './figures.ts';

/**
 * What C_SignInit and C_Sign take by themselves, in a process of the same kind as the token process (forked Node, its output
 * nowhere) with the same driver: no messages, no check of the signature, no stages. Answers the median in milliseconds.
 */
const [, , modulePath = '', serial = '', label = '', runs = ''] = process.argv;
const info = '3031300d060960864801650304020105000420';
const mechanism = { mechanism: 1 };

const module = openModule(modulePath, () => undefined);
const took = module.call('sign', (driver) => {
  const slot = driver.C_GetSlotList(true).find((one) => driver.C_GetTokenInfo(one).serialNumber.trim() === serial);
  if (slot === undefined) throw new Error('no token');
  const session = driver.C_OpenSession(slot, 4);
  (driver as unknown as { C_Login: (session: Buffer, user: number, pin: Buffer) => void }).C_Login(session, 1, Buffer.from(process.env['BENCH_PIN'] ?? ''));
  driver.C_FindObjectsInit(session, [{ type: 0, value: 3 }, { type: 3, value: label }]);
  const [key] = driver.C_FindObjects(session, 1);
  driver.C_FindObjectsFinal(session);
  if (key === undefined) throw new Error('no key');
  const input = Buffer.concat([Buffer.from(info, 'hex'), createHash('sha256').update('bare').digest()]);
  return Array.from({ length: Number(runs) }, () => {
    const from = performance.now();
    driver.C_SignInit(session, mechanism, key);
    driver.C_Sign(session, input, Buffer.alloc(2048));
    return performance.now() - from;
  });
});
process.send?.(median(took));
