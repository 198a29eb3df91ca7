import type { Formatter } from '../../i18n/formatter.ts';

/** The number that a document got, with its book where that is not the register of the office. */
export function registeredWords(t: Formatter, number: string, book: string): string {
  return book === '' ? t('register.number', { number }) : t('register.numberInBook', { number, book });
}
