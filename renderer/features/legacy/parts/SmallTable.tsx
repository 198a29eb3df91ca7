import type { ReactNode } from 'react';
import { makeStyles, tokens } from '@fluentui/react-components';

const useStyles = makeStyles({
  box: { overflowX: 'auto', maxHeight: '420px', overflowY: 'auto', border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusMedium, outlineOffset: '-2px' },
  table: {
    borderCollapse: 'collapse',
    minWidth: '100%',
    fontSize: tokens.fontSizeBase200,
    fontVariantNumeric: 'tabular-nums',
    '& th, & td': { textAlign: 'left', verticalAlign: 'top', padding: '5px 10px', borderBottom: `1px solid ${tokens.colorNeutralStroke3}`, maxWidth: '320px', overflowWrap: 'break-word' },
    '& th': { color: tokens.colorNeutralForeground2, whiteSpace: 'nowrap', position: 'sticky', top: 0, backgroundColor: tokens.colorNeutralBackground2 },
  },
  wide: { minWidth: '280px' },
});

export type SmallTableProps = {
  readonly label: string;
  readonly heads: readonly string[];
  /** a column of sentences, from 0 */
  readonly wide?: number;
  readonly rows: readonly { readonly key: string; readonly cells: readonly ReactNode[] }[];
};

/** Rows of a file, as many as are worth a look; scrolls by itself. */
export function SmallTable({ label, heads, wide, rows }: SmallTableProps): ReactNode {
  const styles = useStyles();
  return (
    <div className={styles.box} tabIndex={0} role="region" aria-label={label}>
      <table className={styles.table} aria-label={label}>
        <thead>
          <tr>
            {heads.map((head, index) => (
              <th key={`${String(index)} ${head}`} scope="col" className={index === wide ? styles.wide : undefined}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells }) => (
            <tr key={key}>
              {cells.map((cell, index) => (
                <td key={`${String(index)} ${heads[index] ?? ''}`}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
