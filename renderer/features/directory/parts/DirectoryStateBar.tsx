import { useState, type ReactNode } from 'react';
import { Button, makeStyles, Select, tokens } from '@fluentui/react-components';
import { ArrowSync20Regular } from '@fluentui/react-icons';
import type { DirectoryState } from '#contract';
import type { AnyFailure } from '../../../bridge/failure.ts';
import { useCommand } from '../../../bridge/methods.ts';
import { useLatest } from '../../../bridge/streams.ts';
import { momentOf } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import type { Formatter } from '../../../i18n/formatter.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';

const intervals = [0, 6, 12, 24, 72, 168];

const useStyles = makeStyles({
  box: { display: 'flex', flexDirection: 'column', gap: '8px', padding: '10px 16px', borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  // The controls keep their place, however many lines the words take.
  row: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) auto auto', alignItems: 'center', gap: '16px', minHeight: '40px' },
  words: { margin: 0, textWrap: 'pretty', fontVariantNumeric: 'tabular-nums' },
  every: { display: 'flex', alignItems: 'center', gap: '8px', color: tokens.colorNeutralForeground2 },
});

/** How much the directory holds, how old it is, and what became of the last update. */
export function DirectoryStateBar(): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const state = useLatest('directory', 'state');
  const sync = useCommand('directory', 'syncNow');
  const save = useCommand('directory', 'saveSync');
  const [failure, setFailure] = useState<AnyFailure>();
  const [done, setDone] = useState(false);
  if (state === undefined) return null;
  const busy = state.running || sync.pending;
  const update = (acceptShorter: boolean): void => {
    setFailure(undefined);
    setDone(false);
    void sync.run({ acceptShorter }).then((outcome) => {
      setDone(outcome.ok);
      // What the state tells by itself is not said twice.
      if (!outcome.ok && outcome.failure.code === 'axis-off') setFailure(outcome.failure);
    });
  };
  const hours = intervals.includes(state.everyHours) ? intervals : [...intervals, state.everyHours];
  return (
    <section className={styles.box} aria-label={t('directory.state.title')}>
      <div className={styles.row}>
        <p className={styles.words} role="status">
          {stateWords(t, state)}
          {done && !busy ? ` ${t('directory.state.done')}` : ''}
        </p>
        <label className={styles.every}>
          {t('directory.state.every')}
          <Select
            size="small"
            value={String(state.everyHours)}
            onChange={(_, { value }) => {
              void save.run({ everyHours: Number(value) }).then((outcome) => {
                setFailure(outcome.ok ? undefined : outcome.failure);
              });
            }}
          >
            {hours.map((one) => (
              <option key={one} value={String(one)}>
                {one === 0 ? t('directory.every.0') : t('directory.every.other', { hours: one })}
              </option>
            ))}
          </Select>
        </label>
        <Button
          icon={<ArrowSync20Regular />}
          disabledFocusable={busy}
          onClick={() => {
            if (!busy) update(false);
          }}
        >
          {t('directory.state.sync')}
        </Button>
      </div>
      {failure !== undefined && (
        <Notice tone="attention" live>
          {failureWords(t, failure, 'directory')}
        </Notice>
      )}
      {state.trouble !== null && !busy && (
        <Notice
          tone="attention"
          action={
            state.trouble === 'directory-too-short' ? (
              <Button
                size="small"
                onClick={() => {
                  update(true);
                }}
              >
                {t('directory.state.acceptShorter')}
              </Button>
            ) : undefined
          }
        >
          {troubleWords(t, state, state.trouble)}
        </Notice>
      )}
    </section>
  );
}

function stateWords(t: Formatter, state: DirectoryState): string {
  const parts = [t('directory.state.counts', { open: state.open, closed: state.closed })];
  if (state.running) parts.push(t('directory.state.running', { received: state.received }));
  else if (state.lastFullAt === null) parts.push(t('directory.state.never'));
  else parts.push(t('directory.state.last', { time: momentOf(state.lastFullAt) }));
  if (!state.running && state.lastFullAt !== null && state.incomplete) parts.push(t('directory.state.incomplete'));
  return parts.join(' ');
}

function troubleWords(t: Formatter, state: DirectoryState, trouble: NonNullable<DirectoryState['trouble']>): string {
  const time = state.lastTriedAt === null ? '' : momentOf(state.lastTriedAt);
  const words = t(`directory.trouble.${trouble}`, { time, detail: state.troubleDetail });
  const quote = trouble === 'axis-refused' && state.troubleDetail !== '';
  return quote ? `${words} ${t('directory.troubleDetail', { detail: state.troubleDetail })}` : words;
}
