import type { ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import type { WithheldItem } from '#contract';
import { momentOf } from '../../../i18n/dates.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';

const useStyles = makeStyles({
  box: { padding: '12px 16px', maxHeight: '40%', overflow: 'auto', flexShrink: 0, outlineOffset: '-2px' },
  more: { marginTop: '8px' },
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

export type WithheldProps = {
  readonly items: readonly WithheldItem[];
  /** loads more of them; null when these are all */
  readonly onMore: (() => void) | null;
};

/** Messages that the axis lists and that could not be fetched yet; the station tries again by itself. */
export function Withheld({ items, onMore }: WithheldProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  return (
    <div className={styles.box} role="region" aria-label={t('withheld.label')} tabIndex={0}>
      <Notice tone="attention">{t('withheld.meaning')}</Notice>
      <table className={styles.table} aria-label={t('withheld.label')}>
        <thead>
          <tr>
            <th scope="col">{t('withheld.since')}</th>
            <th scope="col">{t('quarantine.from')}</th>
            <th scope="col">{t('quarantine.reason')}</th>
            <th scope="col">{t('withheld.transportId')}</th>
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
      {onMore !== null && (
        <Button size="small" className={styles.more} onClick={onMore}>
          {t('withheld.more')}
        </Button>
      )}
    </div>
  );
}
