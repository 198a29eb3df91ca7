import type { ReactNode } from 'react';
import { makeStyles, tokens } from '@fluentui/react-components';
import { useWords } from '../i18n/use-words.ts';
import { ForReaders } from './ForReaders.tsx';

const useStyles = makeStyles({
  fields: {
    display: 'grid',
    gridTemplateColumns: 'minmax(96px, 34%) minmax(0, 1fr)',
    columnGap: '12px',
    rowGap: '5px',
    margin: 0,
    '& dt': { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase300 },
    '& dd': { margin: 0, overflowWrap: 'anywhere', userSelect: 'text' },
  },
  strong: { fontWeight: tokens.fontWeightSemibold },
  none: { color: tokens.colorNeutralForeground3 },
  list: { margin: 0, paddingInlineStart: '16px' },
});

/** A name and one value, or several; '' or none at all is said as such. `strong`: what the eye looks for first. */
export type FieldLine = readonly [name: string, value: string | readonly string[], strong?: boolean];

/** What a draft or document says of itself, name by name. */
export function FieldLines({ lines }: { readonly lines: readonly FieldLine[] }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  return (
    <dl className={styles.fields}>
      {lines.map(([name, value, strong]) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{name}</dt>
          <dd className={strong === true ? styles.strong : undefined}>
            {value.length === 0 ? (
              <span className={styles.none}>
                <span aria-hidden="true">–</span>
                <ForReaders>{t('field.none')}</ForReaders>
              </span>
            ) : typeof value === 'string' || value.length === 1 ? (
              value
            ) : (
              <ul className={styles.list}>
                {value.map((line, index) => (
                  <li key={`${String(index)} ${line}`}>{line}</li>
                ))}
              </ul>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
