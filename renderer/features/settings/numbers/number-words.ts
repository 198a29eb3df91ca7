import { numberText, type Contract, type OutputOf, type SeriesKey } from '#contract';
import type { Formatter } from '../../../i18n/formatter.ts';

export type Year = OutputOf<Contract['numbers']['year']>;
export type Series = Year['series'][number];
export type Entry = OutputOf<Contract['numbers']['book']>['entries'][number];
export type Abbreviations = OutputOf<Contract['numbers']['abbreviations']>;

/** What a series numbers, within its register. */
function scopeWords(t: Formatter, { scope, name }: Pick<Series, 'scope' | 'name'>): string {
  if (scope === '') return t('numbers.scope.common');
  const place = scope.split(':', 1)[0];
  if (place === 'body' || place === 'book' || place === 'group') return t(`numbers.scope.${place}`, { name });
  return name;
}

/** A series as people call it: `Văn bản đi · Quyết định`. */
export function seriesWords(t: Formatter, series: Pick<Series, 'register' | 'scope' | 'name'>): string {
  const register = t(`numbers.register.${series.register}`);
  return series.register === 'copy' ? register : `${register} · ${scopeWords(t, series)}`;
}

/** The key that acts name a series by. */
export function keyOf({ register, scope, year }: Series): SeriesKey {
  return { register, scope, year };
}

/** `12a`, `05`. */
export function entryWords({ number, suffix }: Pick<Entry, 'number' | 'suffix'>): string {
  return numberText(number, suffix);
}
