import { IntlMessageFormat } from 'intl-messageformat';
import catalogue from '../../resources/locales/vi.json' with { type: 'json' };

const sentences: Readonly<Record<string, string>> = catalogue;

/** A sentence of the catalogue in Vietnamese, for what leaves the station whatever its screen speaks; the key where there is none. */
export function vietnameseWords(key: string, params: Readonly<Record<string, string | number>>): string {
  const sentence = sentences[key];
  return sentence === undefined ? key : String(new IntlMessageFormat(sentence, 'vi-VN', undefined, { ignoreTag: true }).format(params));
}
