import { IntlMessageFormat } from 'intl-messageformat';
import { readFileSync } from 'node:fs';

type Language = 'vi' | 'en';

/** The window's own catalogue, so that a failure reads the same on the screen and in the terminal. */
function catalogue(language: Language): Readonly<Record<string, string>> {
  const url = new URL(`../../../resources/locales/${language}.json`, import.meta.url);
  return JSON.parse(readFileSync(url, 'utf8')) as Record<string, string>;
}

/** The sentence for a failure code. A code without one is named, and the incident with it. */
export function sentenceFor(
  code: string,
  params: Readonly<Record<string, string | number>>,
  language: Language,
): string {
  const messages = catalogue(language);
  const values = { code, ...params };
  for (const key of [`failure.${code}`, 'failure.unknown']) {
    const message = Object.hasOwn(messages, key) ? messages[key] : undefined;
    if (message === undefined) continue;
    try {
      return String(new IntlMessageFormat(message, language, undefined, { ignoreTag: true }).format(values));
    } catch {
      // A value that the sentence names did not come; the next one needs fewer.
    }
  }
  return code;
}
