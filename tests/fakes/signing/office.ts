import { join } from 'node:path';
import type { SigningSettings } from '#contract';
import type { Clock } from '../../../electron/foundation/clock.ts';
import { systemClock } from '../../../electron/foundation/clock.ts';
import { httpClient } from '../../../electron/platform/http/client.ts';
import { checkPictureWith, createSigningOffice, readPicture, type SigningOffice, type SigningOfficeDeps } from '../../../electron/services/signing/index.ts';
import { readAnchorTable, type AnchorTable, type HostTable } from '../../../electron/services/trust/index.ts';
import type { Store } from '../../../electron/store/index.ts';
import type { TestPki } from '../pki/pki.ts';

export type TestOffice = SigningOffice & { readonly logged: string[]; readonly failures: unknown[] };

/** A table of anchors that pins roots of the test PKI. */
export function tableOf(pki: TestPki, ...ids: readonly string[]): AnchorTable {
  return readAnchorTable({ edition: '2026-11-22', pins: [...pki.anchors(...ids).values()], unpinned: [{ name: 'một gốc khác', why: 'a test' }] });
}

/** Judges pictures as the station does, without a thread of its own. */
const checkPictureHere: SigningOfficeDeps['checkPicture'] = checkPictureWith((bytes, use, widthMm) => {
  const read = readPicture(bytes, use, widthMm);
  return Promise.resolve(read.ok ? { ok: true, value: { picture: read.value, png: new Uint8Array() } } : read);
});

/** A signing office over a store, with the real client of the network; what is not given is as in an office of today. */
export function officeOver(store: Store, profileDir: string, more: Partial<SigningOfficeDeps> & Pick<SigningOfficeDeps, 'shipped'>): TestOffice {
  const logged: string[] = [];
  const failures: unknown[] = [];
  const clock: Clock = more.clock ?? systemClock;
  const office = createSigningOffice({
    store,
    clock,
    practice: false,
    http: httpClient,
    folder: join(profileDir, 'revocation-lists'),
    clockAhead: () => null,
    checkPicture: checkPictureHere,
    log: (line) => logged.push(line),
    failed: (error) => failures.push(error),
    ...more,
  });
  return { ...office, logged, failures };
}

/** Changes parts of an office's settings. */
export async function change({ handlers }: SigningOffice, part: Partial<SigningSettings>): Promise<SigningSettings> {
  const before = await handlers.settings({});
  if (!before.ok) throw new Error(before.failure.code);
  const saved = await handlers.saveSettings({ ...before.value, ...part });
  if (!saved.ok) throw new Error(saved.failure.code);
  return saved.value;
}

/** Leads the names in the test certificates to their servers, as an office's table of hosts does. */
export function hostsOf(hosts: HostTable): SigningSettings['hosts'] {
  return Object.entries(hosts).map(([from, to]) => ({ from, to }));
}
