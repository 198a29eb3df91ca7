import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { makeStyles, tokens } from '@fluentui/react-components';
import { failureOf } from '../../../bridge/failure.ts';
import { methodKey, useAsk } from '../../../bridge/methods.ts';
import { isMessageKey } from '../../../i18n/catalogue.ts';
import { calendarDay, momentOf } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { Waiting } from '../../../ui/Waiting.tsx';
import { RulesForm } from './RulesForm.tsx';

const useStyles = makeStyles({
  page: { height: '100%', overflow: 'auto', outlineOffset: '-2px', boxSizing: 'border-box', padding: '16px 20px' },
  columns: { display: 'grid', gridTemplateColumns: 'minmax(320px, 620px) minmax(320px, 1fr)', gap: '32px', alignItems: 'start', '@media (max-width: 1100px)': { gridTemplateColumns: 'minmax(0, 1fr)' } },
  column: { display: 'flex', flexDirection: 'column', gap: '12px', minWidth: 0 },
  title: { margin: 0, fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400, fontWeight: tokens.fontWeightSemibold },
  table: {
    borderCollapse: 'collapse', width: '100%',
    '& th, & td': { textAlign: 'left', verticalAlign: 'top', padding: '6px 12px 6px 0', borderBottom: `1px solid ${tokens.colorNeutralStroke3}` },
    '& th': { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  },
  list: { margin: 0, padding: 0, listStyle: 'none', display: 'flex', flexDirection: 'column', gap: '8px' },
  small: { display: 'block', fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
});

/** The rules by which documents fall into series, their history, and what the law says. */
export function RulesPart(): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const cache = useQueryClient();
  const rules = useAsk('numbers', 'rules', {});
  const abbreviations = useAsk('numbers', 'abbreviations', {});
  const error = rules.error ?? abbreviations.error;
  if (error !== null) return <Notice tone="attention">{failureWords(t, failureOf(error))}</Notice>;
  if (rules.data === undefined || abbreviations.data === undefined) return <Waiting label={t('common.loading')} />;
  const { current, versions, law } = rules.data;
  return (
    <div className={styles.page} data-pane="list" tabIndex={0} role="region" aria-label={t('numbers.part.rules')}>
      <div className={styles.columns}>
        <div className={styles.column}>
          <RulesForm
            key={current.id ?? ''}
            rules={current.rules}
            kinds={abbreviations.data.kinds}
            onSaved={() => {
              void cache.invalidateQueries({ queryKey: methodKey('numbers', 'rules') });
              void cache.invalidateQueries({ queryKey: methodKey('numbers', 'year') });
            }}
          />
          <h2 className={styles.title}>{t('numbers.rules.history')}</h2>
          <ul className={styles.list}>
            {versions.map((version) => (
              <li key={version.id ?? 'none'}>
                {version.validFrom === null ? t('numbers.rules.default') : t('numbers.rules.from', { day: calendarDay(version.validFrom) })}
                {': '}
                {t(`numbers.rules.${version.rules.administrative}`)}
                {version.id === current.id && ` (${t('numbers.rules.inForce')})`}
                {version.madeAt !== null && (
                  <span className={styles.small}>
                    {version.reason} · {t('numbers.book.by', { by: version.madeBy, time: momentOf(version.madeAt) })}
                  </span>
                )}
              </li>
            ))}
          </ul>
        </div>
        <div className={styles.column}>
          <h2 className={styles.title}>{t('numbers.law.title')}</h2>
          <table className={styles.table} aria-label={t('numbers.law.title')}>
            <thead>
              <tr>
                <th scope="col">{t('numbers.law.column.point')}</th>
                <th scope="col">{t('numbers.law.column.source')}</th>
                <th scope="col">{t('numbers.law.column.confidence')}</th>
              </tr>
            </thead>
            <tbody>
              {law.map(({ point, source, confidence }) => {
                const key = `numbers.law.${point}`;
                return (
                  <tr key={point}>
                    <td>{isMessageKey(key) ? t(key) : point}</td>
                    <td>{source === '' ? '—' : source}</td>
                    <td>{t(`confidence.${confidence}`)}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      </div>
    </div>
  );
}
