import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What the browser would offer by itself and must not: to translate the page by sending it away, to keep passwords and
 * forms in its own folder, to fetch dictionaries. These are preferences and have no switch.
 */
const preferences = {
  translate: { enabled: false },
  credentials_enable_service: false,
  profile: { password_manager_enabled: false },
  autofill: { profile_enabled: false, credit_card_enabled: false },
  spellcheck: { dictionaries: [], use_spelling_service: false },
  browser: { enable_spellchecking: false },
  safebrowsing: { enabled: false },
  search: { suggest_enabled: false },
  net: { network_prediction_options: 2 },
};

/** Sets up the browser's folder before its first start; a folder that was used before keeps its own. */
export function prepareBrowserFolder(folder: string): void {
  const path = join(folder, 'Default/Preferences');
  if (existsSync(path)) return;
  mkdirSync(join(folder, 'Default'), { recursive: true, mode: 0o700 });
  writeFileSync(path, JSON.stringify(preferences), { mode: 0o600 });
}
