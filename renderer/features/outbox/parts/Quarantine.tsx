import type { ReactNode } from 'react';
import { makeStyles, tokens } from '@fluentui/react-components';
import { MailCheckmark24Regular } from '@fluentui/react-icons';
import type { Contract, OutputOf } from '#contract';
import { momentOf } from '../../../i18n/dates.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Notice } from '../../../ui/Notice.tsx';

type QuarantineItem = OutputOf<Contract['exchange']['quarantine']>[number];
type WithheldItem = OutputOf<Contract['exchange']['withheld']>[number];

const useStyles = makeStyles({
  box: { height: '100%', overflow: 'auto', padding: '12px 16px', boxSizing: 'border-box', outlineOffset: '-2px' },
  table: {
    marginTop: '12px',
    borderCollapse: 'collapse',
    width: '100%',
    '& th, & td': {
      textAlign: 'left',
      verticalAlign: 'top',
      padding: '8px 12px 8px 0',
      borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
      overflowWrap: 'anywhere',
    },
    '& th': { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, whiteSpace: 'nowrap' },
  },
});

export type QuarantineProps = { readonly items: readonly QuarantineItem[]; readonly withheld: readonly WithheldItem[] };

/** Messages that could not be read or not yet be acted on, each kept as it came; and those still at the axis. */
export function Quarantine({ items, withheld }: QuarantineProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  if (items.length === 0 && withheld.length === 0) {
    return (
      <EmptyState
        icon={<MailCheckmark24Regular />}
        title={t('quarantine.none.title')}
        text={t('quarantine.none.text')}
      />
    );
  }
  return (
    <div className={styles.box} tabIndex={0} role="region" aria-label={t('quarantine.label')} data-pane="list">
      {withheld.length > 0 && <Withheld items={withheld} tableClass={styles.table} />}
      {items.length > 0 && <SetAside items={items} tableClass={styles.table} />}
    </div>
  );
}

type SetAsideProps = { readonly items: readonly QuarantineItem[]; readonly tableClass: string };

function SetAside({ items, tableClass }: SetAsideProps): ReactNode {
  const t = useWords();
  return (
    <>
      <Notice tone="attention">{t('quarantine.meaning')}</Notice>
      <table className={tableClass}>
        <thead>
          <tr>
            <th scope="col">{t('quarantine.receivedAt')}</th>
            <th scope="col">{t('quarantine.from')}</th>
            <th scope="col">{t('quarantine.reason')}</th>
            <th scope="col">{t('quarantine.transportId')}</th>
            <th scope="col">{t('quarantine.size')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.id}>
              <td>{momentOf(item.receivedAt)}</td>
              <td>{item.from === '' ? t('quarantine.unknownSender') : item.from}</td>
              <td>{t(`quarantine.reason.${item.reason}`)}</td>
              <td>{item.transportId}</td>
              <td>{t('size.kilobytes', { size: Math.max(1, Math.round(item.size / 1024)) })}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

type WithheldProps = { readonly items: readonly WithheldItem[]; readonly tableClass: string };

function Withheld({ items, tableClass }: WithheldProps): ReactNode {
  const t = useWords();
  return (
    <>
      <Notice tone="attention">{t('withheld.meaning')}</Notice>
      <table className={tableClass} aria-label={t('withheld.label')}>
        <thead>
          <tr>
            <th scope="col">{t('withheld.since')}</th>
            <th scope="col">{t('quarantine.from')}</th>
            <th scope="col">{t('quarantine.reason')}</th>
            <th scope="col">{t('quarantine.transportId')}</th>
            <th scope="col">{t('withheld.tries')}</th>
            <th scope="col">{t('withheld.next')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.transportId}>
              <td>{momentOf(item.firstFailedAt)}</td>
              <td>{item.from === '' ? t('quarantine.unknownSender') : item.from}</td>
              <td>
                {t(`withheld.failure.${item.failure}`)}
                {item.detail !== '' && <div>{t('outbox.axisSaid', { text: item.detail })}</div>}
              </td>
              <td>{item.transportId}</td>
              <td>{item.tries}</td>
              <td>{momentOf(item.nextTryAt)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
