import type { ReactNode } from 'react';
import { makeStyles, tokens } from '@fluentui/react-components';
import { MailCheckmark24Regular } from '@fluentui/react-icons';
import type { Contract, OutputOf } from '#contract';
import { momentOf } from '../../../i18n/dates.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Notice } from '../../../ui/Notice.tsx';

type QuarantineItem = OutputOf<Contract['exchange']['quarantine']>[number];

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

export type QuarantineProps = { readonly items: readonly QuarantineItem[] };

/** Messages that could not be read or not yet be acted on. Each is kept as it came. */
export function Quarantine({ items }: QuarantineProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  if (items.length === 0) {
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
      <Notice tone="attention">{t('quarantine.meaning')}</Notice>
      <table className={styles.table}>
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
    </div>
  );
}
