import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { Add20Regular, ChevronLeft20Regular, ChevronRight20Regular, ClipboardPaste20Regular } from '@fluentui/react-icons';
import { methodKey, useAsk } from '../../../bridge/methods.ts';
import { useBarrier } from '../../../bridge/session.ts';
import { Unanswered } from '../../../bridge/Unanswered.tsx';
import { momentOf } from '../../../i18n/dates.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { Waiting } from '../../../ui/Waiting.tsx';
import type { YearDay } from './calendar-words.ts';
import { DayForm } from './DayForm.tsx';
import { ImportForm } from './ImportForm.tsx';
import { RemovalForm } from './RemovalForm.tsx';
import { YearTable } from './YearTable.tsx';

type Task =
  | { readonly kind: 'add' | 'import' }
  | { readonly kind: 'edit' | 'remove'; readonly day: YearDay };

const useStyles = makeStyles({
  box: { display: 'flex', flexDirection: 'column', gap: '14px' },
  title: { margin: 0, fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400, fontWeight: tokens.fontWeightSemibold },
  intro: { margin: '-8px 0 0', color: tokens.colorNeutralForeground2, textWrap: 'pretty' },
  row: { display: 'flex', alignItems: 'center', gap: '8px', flexWrap: 'wrap' },
  year: { fontSize: tokens.fontSizeBase400, fontVariantNumeric: 'tabular-nums', minWidth: '48px', textAlign: 'center' },
  end: { marginInlineStart: 'auto' },
  task: {
    maxWidth: '620px',
    padding: '12px 16px 16px',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground2,
  },
});

/** The office's working calendar, a year at a time. */
export function CalendarCard(): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const cache = useQueryClient();
  const [year, setYear] = useState(() => Number(momentOf(new Date()).slice(6, 10)));
  const [task, setTask] = useState<Task | null>(null);
  const [said, setSaid] = useState('');
  const answer = useAsk('calendar', 'year', { year }, { keepFormer: true });
  const barred = useBarrier('calendar', 'saveDay');
  const close = (): void => {
    setTask(null);
  };
  const done = (words: string, shownYear: number = year): void => {
    setTask(null);
    setSaid(words);
    setYear(shownYear);
    void cache.invalidateQueries({ queryKey: methodKey('calendar', 'year') });
    void cache.invalidateQueries({ queryKey: methodKey('duties', 'list') });
  };
  const begin = (next: Task): void => {
    setSaid('');
    setTask(next);
  };
  const turn = (by: number): void => {
    setSaid('');
    setYear(Math.min(2199, Math.max(2000, year + by)));
  };
  return (
    <section className={styles.box} aria-label={t('calendar.title')}>
      <h2 className={styles.title}>{t('calendar.title')}</h2>
      <p className={styles.intro}>{t('calendar.intro')}</p>
      <div className={styles.row}>
        <Button size="small" icon={<ChevronLeft20Regular />} aria-label={t('calendar.before')} onClick={() => { turn(-1); }} />
        <span className={styles.year} aria-live="polite">
          {year}
        </span>
        <Button size="small" icon={<ChevronRight20Regular />} aria-label={t('calendar.after')} onClick={() => { turn(1); }} />
        <span role="status">{said}</span>
        {barred === undefined && (
          <>
            <Button className={styles.end} icon={<Add20Regular />} onClick={() => { begin({ kind: 'add' }); }}>
              {t('calendar.add')}
            </Button>
            <Button icon={<ClipboardPaste20Regular />} onClick={() => { begin({ kind: 'import' }); }}>
              {t('calendar.paste')}
            </Button>
          </>
        )}
      </div>
      {task !== null && (
        <div className={styles.task}>
          {task.kind === 'import' ? (
            <ImportForm onDone={done} onCancel={close} />
          ) : task.kind === 'remove' ? (
            <RemovalForm key={task.day.date} day={task.day} onDone={done} onCancel={close} />
          ) : (
            <DayForm
              key={task.kind === 'edit' ? task.day.date : 'add'}
              day={task.kind === 'edit' ? task.day : null}
              onDone={done}
              onCancel={close}
            />
          )}
        </div>
      )}
      {answer.isError && answer.data === undefined ? (
        <Unanswered error={answer.error} onAgain={() => void answer.refetch()} />
      ) : answer.data === undefined ? (
        <Waiting label={t('common.loading')} />
      ) : (
        <>
          {answer.data.known ? (
            <p className={styles.intro}>
              {t('calendar.known', { year: String(answer.data.year), count: answer.data.workingDays })}
            </p>
          ) : (
            <Notice tone="attention">{t('calendar.unknown', { year: String(answer.data.year) })}</Notice>
          )}
          <YearTable
            year={answer.data.year}
            days={answer.data.days}
            onEdit={(day) => {
              begin({ kind: 'edit', day });
            }}
            onRemove={(day) => {
              begin({ kind: 'remove', day });
            }}
          />
        </>
      )}
    </section>
  );
}
