import { useEffect, useRef, type ReactNode } from 'react';
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { SigningProgress } from '#contract';
import { useWords } from '../../../i18n/use-words.ts';
import { StateMark } from '../../../ui/StateMark.tsx';
import { roundOf } from '../parts/signing-words.ts';
import { cameOf, runMarks } from './run-words.tsx';

/** Every row has its room from the beginning: what comes of a document moves none of the others. */
const rowHeight = '52px';

const useStyles = makeStyles({
  scroll: { flexGrow: 1, minHeight: 0, overflowY: 'auto', outlineOffset: '-2px' },
  table: {
    borderCollapse: 'collapse',
    width: '100%',
    tableLayout: 'fixed',
    '& th': { textAlign: 'left', fontWeight: tokens.fontWeightRegular, fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2, padding: '6px 8px' },
    '& td': { height: rowHeight, boxSizing: 'border-box', padding: '4px 8px', borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
    '& th:first-child, & td:first-child': { paddingLeft: '20px', width: '56px' },
  },
  state: { width: '180px' },
  mark: { '& svg': { width: '16px', height: '16px' } },
  came: { width: '40%' },
  // Two lines; all of it stands beside, or is in the title.
  two: { display: 'block', maxHeight: '38px', overflow: 'hidden', lineHeight: '19px', overflowWrap: 'anywhere' },
  code: { fontWeight: tokens.fontWeightSemibold },
  less: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
});

/** The documents of a batch in the order in which they are signed. */
export function RunTable({ progress: { items, role } }: { readonly progress: SigningProgress }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const scroll = useRef<HTMLDivElement>(null);
  const now = items.findIndex(({ state }) => state === 'at-token');
  useEffect(() => {
    // Not under a hand that is there to read.
    if (now >= 0 && scroll.current?.matches(':hover, :focus-within') !== true) scroll.current?.querySelectorAll('tbody tr')[now]?.scrollIntoView({ block: 'nearest' });
  }, [now]);
  return (
    <div ref={scroll} className={styles.scroll} tabIndex={0} role="group" aria-label={t('signing.documents')} data-pane="list">
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('signing.run.nth')}</th>
            <th scope="col">{t('signing.run.document')}</th>
            <th scope="col" className={styles.state}>
              {t('signing.run.state')}
            </th>
            <th scope="col" className={styles.came}>
              {t('signing.run.cameOf')}
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((item, index) => {
            const came = cameOf(t, item);
            // What was handed to the token waits there for its turn; it signs one at a time, in this order.
            const state = item.state === 'at-token' && index > now ? 'waiting' : item.state;
            return (
              <tr key={item.id} data-signing-state={state}>
                <td>{index + 1}</td>
                <td title={item.subject}>
                  <span className={styles.two}>
                    {item.code !== '' && <span className={styles.code}>{item.code} </span>}
                    {item.subject}
                  </span>
                </td>
                <td>
                  <StateMark className={styles.mark} {...runMarks[state]}>{t(state === 'done' ? `signing.run.done.${roundOf(role, [item])}` : `signing.run.${state}`)}</StateMark>
                </td>
                <td title={came}>
                  <span className={mergeClasses(styles.two, styles.less)}>{came}</span>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
