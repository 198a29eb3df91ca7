import { z } from 'zod';
import { SigningSettings } from '#contract';
import type { ReadDb, WriteDb } from '../../../store/index.ts';
import { readSetting, saveSetting } from '../../settings/index.ts';
import { usualHosts } from '../../trust/index.ts';

/** How an office signs that has set nothing. Sources in signing.md §1.3 and §0.5. */
const usualSigning: SigningSettings = {
  // [S]: ten code bases and integrators' notes name it; VGCA's own publication was not seen.
  tsa: 'http://tsa.ca.gov.vn',
  level: 'T',
  // As all tools of the government's authority sign, and every reader checks. TT 15/2025 annex I names RSASSA-PSS.
  rsa: 'pkcs1',
  digest: 'sha256',
  keepPinMinutes: 5,
  openEach: true,
  policy: {},
  hosts: Object.entries(usualHosts).map(([from, to]) => ({ from, to })),
};

/** How this office signs. Practice asks no real authority for the time unless somebody says so. */
export function readSigning(db: ReadDb, practice: boolean): SigningSettings {
  // A part that came later than what is stored has its default.
  return SigningSettings.parse({ ...usualSigning, ...(practice ? { tsa: '' } : {}), ...readSetting(db, 'signing', z.record(z.string(), z.unknown())) });
}

/** Stores it. */
export function saveSigning(db: WriteDb, settings: SigningSettings, at: string): void {
  saveSetting(db, 'signing', settings, at);
}
