import type { ReactNode } from 'react';
import { Clock16Regular } from '@fluentui/react-icons';
import { useAsk } from '../../../bridge/methods.ts';
import { calendarDay, daysUntil } from '../../../i18n/dates.ts';
import type { Formatter } from '../../../i18n/formatter.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { StateMark, type Tone } from '../../../ui/StateMark.tsx';

export type DueMarkProps = {
  /** `yyyy-MM-dd` */
  readonly due: string;
  /** working days until then, negative after it; null: far away */
  readonly days: number | null;
  /** With the date beside the word. */
  readonly full?: boolean;
};

/** The day by which work must be done, in words: overdue, today, soon, or merely its date. Counted in working days. */
export function DueMark({ due, days, full = false }: DueMarkProps): ReactNode {
  const t = useWords();
  const soonDays = useAsk('handling', 'settings', {}).data?.soonDays ?? 2;
  const tone: Tone = days === null ? 'neutral' : days < 0 ? 'danger' : days <= soonDays ? 'attention' : 'neutral';
  const word = wordOf(t, due, days, tone);
  return (
    <span title={t('due.working', { day: calendarDay(due) })}>
      <StateMark tone={tone} icon={<Clock16Regular aria-hidden="true" />}>
        {!full ? word : tone === 'neutral' ? t('due.fullFar', { day: calendarDay(due) }) : t('due.full', { day: calendarDay(due), word })}
      </StateMark>
    </span>
  );
}

function wordOf(t: Formatter, due: string, days: number | null, tone: Tone): string {
  if (days !== null && days < 0) return t('due.over', { days: -days });
  if (daysUntil(due) === 0) return t('due.today');
  if (tone === 'attention' && days !== null && days > 0) return t('due.soon', { days });
  return t('due.on', { day: calendarDay(due).slice(0, 5) });
}
