import { z } from 'zod';

/** How one run of the double is set up; the test hands it over in the environment. */
export const DoubleSettings = z.strictObject({
  appPath: z.string(),
  userData: z.string(),
  packaged: z.boolean(),
  /** what safeStorage says about itself */
  storageBackend: z.enum(['basic_text', 'gnome_libsecret']),
  workAreas: z.array(z.strictObject({ x: z.number(), y: z.number(), width: z.number(), height: z.number() })),
});
export type DoubleSettings = z.infer<typeof DoubleSettings>;

export const settingsVariable = 'TVT_ELECTRON_DOUBLE';

/** The settings of this process. */
export function ownSettings(): DoubleSettings {
  return DoubleSettings.parse(JSON.parse(process.env[settingsVariable] ?? 'null'));
}
