import type { RetentionPeriod } from '#contract';
import type { Formatter } from '../../../i18n/formatter.ts';

/** How long something is kept. */
export function periodWords(t: Formatter, period: RetentionPeriod): string {
  return period.kind === 'permanent' ? t('dossiers.permanent') : t('dossiers.years', { count: period.years });
}
