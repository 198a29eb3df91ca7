import { IntlMessageFormat } from 'intl-messageformat';
import type { Language } from '../foundations/preferences.tsx';
import { catalogues, type MessageKey } from './catalogue.ts';

export type MessageParams = Readonly<Record<string, string | number | boolean | null>>;

/** Words of one language. */
export type Formatter = (key: MessageKey, params?: MessageParams) => string;

const formatters = new Map<Language, Formatter>();

/** The formatter of a language. Messages are parsed on first use and kept. */
export function formatterFor(language: Language): Formatter {
  const known = formatters.get(language);
  if (known !== undefined) return known;
  const parsed = new Map<MessageKey, IntlMessageFormat>();
  const made: Formatter = (key, params) => {
    let message = parsed.get(key);
    if (message === undefined) {
      message = new IntlMessageFormat(catalogues[language][key], language === 'vi' ? 'vi-VN' : 'en-GB', undefined, {
        // Texts speak of <names> now and then; there is no markup in the catalogue.
        ignoreTag: true,
      });
      parsed.set(key, message);
    }
    return String(message.format(params ?? {}));
  };
  formatters.set(language, made);
  return made;
}
