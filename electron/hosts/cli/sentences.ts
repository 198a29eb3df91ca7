import { IntlMessageFormat } from 'intl-messageformat';
import en from '../../../resources/locales/en.json' with { type: 'json' };
import vi from '../../../resources/locales/vi.json' with { type: 'json' };

export type Language = 'vi' | 'en';

/** The window's own catalogue, so that a failure reads the same on the screen and in the terminal. */
const catalogues: Readonly<Record<Language, Readonly<Record<string, string>>>> = { vi, en };

/** A message of the catalogue; '' when there is none under this key. Throws when a value that it names did not come. */
export function wordsFor(key: string, params: Readonly<Record<string, string | number>>, language: Language): string {
  const message = catalogues[language][key];
  if (message === undefined) return '';
  return String(formatOf(message, language).format(params));
}

/** A message is read once: that takes longer than to fill it in. */
function formatOf(message: string, language: Language): IntlMessageFormat {
  const key = `${language} ${message}`;
  const known = formats.get(key) ?? new IntlMessageFormat(message, language, undefined, { ignoreTag: true });
  formats.set(key, known);
  return known;
}

const formats = new Map<string, IntlMessageFormat>();

/** What a command says of itself when it is done, in the language that was asked for: the catalogue's `cli.done.<key>`. */
export function done(
  context: { readonly options: Readonly<Record<string, unknown>> },
  key: string,
  params: Readonly<Record<string, string | number>> = {},
): string {
  return wordsFor(`cli.done.${key}`, params, context.options['lang'] === 'en' ? 'en' : 'vi');
}

/** The sentence for a failure code. A code without one is named, and the incident with it. */
export function sentenceFor(
  code: string,
  params: Readonly<Record<string, string | number>>,
  language: Language,
): string {
  const messages = catalogues[language];
  const values = { code, ...params };
  const told = (keys: readonly string[]): string | undefined => {
    if (!keys.every((key) => Object.hasOwn(messages, key))) return undefined;
    try {
      return keys
        .map((key) => String(formatOf(messages[key] ?? '', language).format(values)))
        .map((part) => (/[.!?…]$/.test(part) ? part : `${part}.`))
        .join(' ');
    } catch {
      // A value that the sentence names did not come; the general sentence needs only the code.
      return undefined;
    }
  };
  if (code.startsWith('start.')) {
    const screen = told([`${code}.title`, `${code}.meaning`, `${code}.remedy`]);
    if (screen !== undefined) return `${screen}${typeof params['folder'] === 'string' ? ` (${params['folder']})` : ''}`;
  }
  return told([`failure.${code}.${String(params['errorCode'] ?? '')}`]) ?? told([`failure.${code}`]) ?? told(['failure.unknown']) ?? code;
}
