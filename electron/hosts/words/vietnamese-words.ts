import { IntlMessageFormat } from 'intl-messageformat';
import catalogue from '../../../resources/locales/vi.json' with { type: 'json' };

const sentences: Readonly<Record<string, string>> = catalogue;

/** A sentence of the catalogue in Vietnamese, for what leaves the station whatever its screen speaks; the key where there is none. */
export function vietnameseWords(key: string, params: Readonly<Record<string, string | number>>): string {
  const sentence = sentences[key];
  return sentence === undefined ? key : String(new IntlMessageFormat(sentence, 'vi-VN', undefined, { ignoreTag: true }).format(params));
}

/**
 * What an act of the audit log is called, for the trace that goes along with a document; the values that its sentence may name are
 * left out, as they stand beside it. The act's own name where the catalogue has none.
 */
export function traceWords(action: string): string {
  let text = sentences[`trace.action.${action}`] ?? action;
  for (let before = ''; before !== text; ) {
    before = text;
    text = text.replaceAll(/[,:]?\s*\{[^{}]*\}/g, '');
  }
  return text.trim();
}
