import { beforeAll, expect, test } from 'vitest';
import { verificationParts } from '../../../electron/hosts/parts/verification-parts.ts';
import { systemClock } from '../../../electron/foundation/clock.ts';
import { diskCache } from '../../../electron/services/trust/index.ts';
import { good, testPki, type TestPki } from '../../fakes/pki/pki.ts';
import { officeOver, tableOf } from '../../fakes/signing/office.ts';
import { scratchFolder, storeIn } from '../../unit/store/helpers.ts';
import { codesOf, signedWith } from './world.ts';

let pki: TestPki;
beforeAll(async () => {
  pki = await testPki();
});

test('the desk’s threads build paths of anchors that were added by hand and of authorities that were met, without asking anybody', async () => {
  const folder = scratchFolder();
  const store = storeIn(folder);
  const office = officeOver(store, folder, { shipped: tableOf(pki, 'g1root') });
  const parts = verificationParts({
    store,
    clock: systemClock,
    practice: false,
    profileDir: folder,
    background: false,
    trust: office.trust,
    hasLine: () => false,
    changed: () => undefined,
    incident: (error) => { throw error; },
  });
  const trustCodes = async (certificates: readonly string[]): Promise<string> => {
    const bytes = new Uint8Array(signedWith(pki, { signer: 'clerk', certificates }));
    const { signatures } = await parts.lookAt({ kind: 'bytes', bytes });
    return [...new Set(codesOf(signatures[0]).trust)].join();
  };
  try {
    const [alone, withAuthority] = [['clerk'], ['clerk', 'g2ca']];
    expect(await trustCodes(withAuthority)).toBe('chain-incomplete');
    good(await office.handlers.addAnchor({ certificate: pki.der('g2root').toString('base64'), sha256: pki.certificate('g2root').sha256, reason: 'Theo công bố' }));
    expect(await trustCodes(withAuthority)).toBe('status-unknown');
    // The authority between them stands in no file and was not met.
    expect(await trustCodes(alone)).toBe('chain-incomplete');
    const cache = diskCache({ store, clock: systemClock, folder: `${folder}/lists`, log: () => undefined });
    cache.keepIssuers(['clerk', 'g2ca'].map((id) => pki.certificate(id)), new Date());
    expect(await trustCodes(alone)).toBe('status-unknown');
  } finally {
    await parts.stop();
    store.close();
  }
});
