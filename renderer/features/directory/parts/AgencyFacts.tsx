import type { ReactNode } from 'react';
import { makeStyles, tokens } from '@fluentui/react-components';
import { Building24Regular } from '@fluentui/react-icons';
import type { AgencyDetail } from '#contract';
import { useAsk } from '../../../bridge/methods.ts';
import { failureOf } from '../../../bridge/failure.ts';
import { calendarDay } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import type { Formatter } from '../../../i18n/formatter.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Notice } from '../../../ui/Notice.tsx';

const useStyles = makeStyles({
  pane: { height: '100%', overflowY: 'auto', padding: '16px 20px', boxSizing: 'border-box', outlineOffset: '-2px' },
  name: { margin: '0 0 12px', fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400, fontWeight: tokens.fontWeightSemibold },
  facts: {
    display: 'grid',
    gridTemplateColumns: 'minmax(96px, max-content) minmax(0, 1fr)',
    gap: '8px 16px',
    margin: '0 0 16px',
    '& dt': { color: tokens.colorNeutralForeground2 },
    '& dd': { margin: 0, overflowWrap: 'anywhere', userSelect: 'text', fontVariantNumeric: 'tabular-nums' },
  },
  list: { listStyle: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '2px' },
});

export type AgencyFactsProps = { readonly code: string | null };

/** Everything that is known of the chosen agency. */
export function AgencyFacts({ code }: AgencyFactsProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const asked = useAsk('directory', 'get', { code: code ?? '-' }, { enabled: code !== null, keepFormer: true });
  if (code === null) {
    return (
      <EmptyState
        icon={<Building24Regular />}
        title={t('directory.detail.none.title')}
        text={t('directory.detail.none.text')}
      />
    );
  }
  if (asked.isError) {
    return (
      <div className={styles.pane}>
        <Notice tone="attention">{failureWords(t, failureOf(asked.error))}</Notice>
      </div>
    );
  }
  const agency = asked.data;
  if (agency === undefined) return null;
  const lines = (values: readonly string[]): ReactNode => (
    <ul className={styles.list}>
      {values.map((value) => (
        <li key={value}>{value}</li>
      ))}
    </ul>
  );
  return (
    <div className={styles.pane} data-pane="reading" tabIndex={0} role="region" aria-label={t('directory.detail')}>
      <h2 className={styles.name}>{agency.name}</h2>
      <dl className={styles.facts}>
        <dt>{t('directory.field.code')}</dt>
        <dd>{agency.code}</dd>
        {agency.otherCodes.length > 0 && (
          <>
            <dt>{t('directory.field.otherCodes')}</dt>
            <dd>{lines(agency.otherCodes)}</dd>
          </>
        )}
        {agency.under !== null && (
          <>
            <dt>{t('directory.field.under')}</dt>
            <dd>{agency.under}</dd>
          </>
        )}
        <dt>{t('directory.field.validity')}</dt>
        <dd>{validityOf(t, agency)}</dd>
        {agency.successor !== null && (
          <>
            <dt>{t('directory.field.successor')}</dt>
            <dd>{t('directory.agencyLine', agency.successor)}</dd>
          </>
        )}
        {agency.predecessors.length > 0 && (
          <>
            <dt>{t('directory.field.predecessors')}</dt>
            <dd>{lines(agency.predecessors.map((one) => t('directory.agencyLine', one)))}</dd>
          </>
        )}
        {agency.formerNames.length > 0 && (
          <>
            <dt>{t('directory.field.otherNames')}</dt>
            <dd>{lines(agency.formerNames)}</dd>
          </>
        )}
        {agency.mail !== '' && (
          <>
            <dt>{t('directory.field.mail')}</dt>
            <dd>{agency.mail}</dd>
          </>
        )}
        <dt>{t('directory.field.source')}</dt>
        <dd>
          {agency.source === 'axis'
            ? t('directory.source.axis')
            : t('directory.source.decision', { basis: agency.basis })}
        </dd>
      </dl>
      {agency.inferred && (agency.closedOn !== null || agency.predecessors.length > 0) && (
        <Notice tone="info">{t('directory.inferred')}</Notice>
      )}
    </div>
  );
}

function validityOf(t: Formatter, agency: AgencyDetail): string {
  const { validFrom, closedOn } = agency;
  const to =
    closedOn === null
      ? t('directory.inForce')
      : t(agency.source === 'decision' ? 'directory.validTo' : 'directory.missedFrom', { day: calendarDay(closedOn) });
  return validFrom === null ? to : `${t('directory.validFrom', { day: calendarDay(validFrom) })} · ${to}`;
}
