import en from '../../resources/locales/en.json';
import vi from '../../resources/locales/vi.json';
import type { Language } from '../foundations/preferences.tsx';

/** Vietnamese is written first; its keys are the keys. */
export type MessageKey = keyof typeof vi;

/** Both languages; a key that English lacks does not compile. */
export const catalogues: Readonly<Record<Language, Readonly<Record<MessageKey, string>>>> = { vi, en };

/** Whether a key made at run time (of a failure code, say) exists. */
export function isMessageKey(key: string): key is MessageKey {
  return Object.hasOwn(vi, key);
}
