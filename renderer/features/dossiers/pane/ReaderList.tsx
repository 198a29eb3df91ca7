import type { ReactNode } from 'react';
import { makeStyles, tokens } from '@fluentui/react-components';

const useStyles = makeStyles({
  head: { margin: 0, fontWeight: tokens.fontWeightSemibold },
  list: { listStyle: 'none', margin: 0, padding: 0, maxHeight: '180px', overflowY: 'auto', outlineOffset: '-2px' },
  small: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

export type ReaderListProps = { readonly label: string; readonly readers: readonly { readonly person: string; readonly name: string; readonly unitName: string }[] };

/** Persons by name and unit. */
export function ReaderList({ label, readers }: ReaderListProps): ReactNode {
  const styles = useStyles();
  return (
    <div>
      <p className={styles.head}>{label}</p>
      {readers.length > 0 && (
        <ul className={styles.list} tabIndex={0} aria-label={label}>
          {readers.map(({ person, name, unitName }) => (
            <li key={person}>
              {name} <span className={styles.small}>{unitName}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
