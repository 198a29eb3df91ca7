import type { ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { ArrowDown16Regular, ArrowUp16Regular, Dismiss16Regular } from '@fluentui/react-icons';
import type { Agency } from '#contract';
import { useWords } from '../../../i18n/use-words.ts';
import { AgencyLine } from '../parts/AgencyLine.tsx';

const useStyles = makeStyles({
  title: { margin: '0 0 4px', fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  list: {
    listStyle: 'none',
    margin: 0,
    padding: 0,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  row: {
    display: 'flex',
    alignItems: 'center',
    gap: '4px',
    padding: '4px 6px 4px 12px',
    ':not(:last-child)': { borderBottom: `1px solid ${tokens.colorNeutralStroke3}` },
  },
  who: { flexGrow: 1, minWidth: 0 },
  empty: { margin: 0, color: tokens.colorNeutralForeground2 },
});

export type ChosenListProps = {
  readonly agencies: readonly Agency[];
  readonly onRemove: (index: number) => void;
  readonly onMove: (from: number, to: number) => void;
};

/** The chosen recipients in their order, which is the order in which they are printed. */
export function ChosenList({ agencies, onRemove, onMove }: ChosenListProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  return (
    <div>
      <h3 className={styles.title}>{t('directory.picker.chosen', { count: agencies.length })}</h3>
      {agencies.length === 0 ? (
        <p className={styles.empty}>{t('directory.picker.empty')}</p>
      ) : (
        <ol className={styles.list}>
          {agencies.map((agency, index) => (
            <li key={agency.code} className={styles.row}>
              <span className={styles.who}>
                <AgencyLine agency={agency} />
              </span>
              <Button
                size="small"
                appearance="subtle"
                icon={<ArrowUp16Regular />}
                aria-label={t('directory.picker.up', { name: agency.name })}
                disabledFocusable={index === 0}
                onClick={() => {
                  if (index > 0) onMove(index, index - 1);
                }}
              />
              <Button
                size="small"
                appearance="subtle"
                icon={<ArrowDown16Regular />}
                aria-label={t('directory.picker.down', { name: agency.name })}
                disabledFocusable={index === agencies.length - 1}
                onClick={() => {
                  if (index < agencies.length - 1) onMove(index, index + 1);
                }}
              />
              <Button
                size="small"
                appearance="subtle"
                icon={<Dismiss16Regular />}
                aria-label={t('directory.picker.remove', { name: agency.name })}
                onClick={() => {
                  onRemove(index);
                }}
              />
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}
