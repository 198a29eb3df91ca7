import type { ReactNode } from 'react';
import { Clock16Regular } from '@fluentui/react-icons';
import { calendarDay, daysUntil } from '../../../i18n/dates.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { StateMark, type Tone } from '../../../ui/StateMark.tsx';

const soonDays = 2;

export type DueMarkProps = {
  /** `yyyy-MM-dd` */
  readonly due: string;
  /** With the date beside the word. */
  readonly full?: boolean;
};

/** The deadline in words: overdue, today, soon, or merely its date. */
export function DueMark({ due, full = false }: DueMarkProps): ReactNode {
  const t = useWords();
  const days = daysUntil(due);
  const tone: Tone = days < 0 ? 'danger' : days <= soonDays ? 'attention' : 'neutral';
  const word =
    days < 0
      ? t('due.over', { days: -days })
      : days <= soonDays
        ? t('due.soon', { days })
        : t('due.on', { day: calendarDay(due).slice(0, 5) });
  return (
    <StateMark tone={tone} icon={<Clock16Regular aria-hidden="true" />}>
      {!full ? word : tone === 'neutral' ? t('due.fullFar', { day: calendarDay(due) }) : t('due.full', { day: calendarDay(due), word })}
    </StateMark>
  );
}
