import { useState, type ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { CheckmarkCircle24Regular } from '@fluentui/react-icons';
import type { BoardRow, BoardWhich } from '#contract';
import { useAsk } from '../../../bridge/methods.ts';
import { Unanswered } from '../../../bridge/Unanswered.tsx';
import { adjustAddress, useAddress } from '../../../foundations/address.ts';
import { calendarDay } from '../../../i18n/dates.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Tabs } from '../../../ui/Tabs.tsx';
import { Waiting } from '../../../ui/Waiting.tsx';
import { BoardList } from './BoardList.tsx';

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 },
  body: {
    flexGrow: 1,
    minHeight: 0,
    display: 'grid',
    gridTemplateColumns: 'minmax(420px, 2fr) minmax(0, 3fr)',
    '@media (max-width: 1100px)': { gridTemplateColumns: 'minmax(0, 1fr)', overflow: 'auto' },
  },
  side: { overflow: 'auto', padding: '12px 16px', outlineOffset: '-2px', minHeight: 0, borderRight: `1px solid ${tokens.colorNeutralStroke2}` },
  intro: { margin: '0 0 8px', color: tokens.colorNeutralForeground2, textWrap: 'pretty' },
  table: {
    borderCollapse: 'collapse',
    width: '100%',
    '& th, & td': { textAlign: 'right', padding: '3px 6px', borderBottom: `1px solid ${tokens.colorNeutralStroke3}`, fontVariantNumeric: 'tabular-nums' },
    '& th:first-child, & td:first-child': { textAlign: 'left', overflowWrap: 'anywhere' },
    '& thead th': { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, fontWeight: tokens.fontWeightSemibold },
    '& tbody th': { fontWeight: tokens.fontWeightRegular },
    '& tfoot th, & tfoot td': { fontWeight: tokens.fontWeightSemibold },
  },
  count: { minWidth: '40px', justifyContent: 'flex-end' },
  zero: { color: tokens.colorNeutralForeground3, paddingInlineEnd: '10px' },
});

const kinds = ['unit', 'person'] as const;
const whiches: readonly BoardWhich[] = ['overdue', 'soon', 'later', 'undated'];

/** Which number of the board is opened; `key` null is the line of all. */
type Chosen = { readonly key: string | null; readonly name: string; readonly which: BoardWhich };

/** Theo dõi hạn: how the work that people have stands, by unit and by person; behind each number the work itself. */
export function BoardView(): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const { params } = useAddress();
  const by = kinds.find((one) => one === params['by']) ?? 'unit';
  const board = useAsk('handling', 'board', { by }, { renewMs: 60_000, keepFormer: true });
  const [chosen, setChosen] = useState<Chosen>({ key: null, name: '', which: 'overdue' });
  const choose = (row: BoardRow | null, which: BoardWhich): void => {
    setChosen({ key: row?.key ?? null, name: row === null ? '' : nameOf(row), which });
  };
  const nameOf = (row: BoardRow): string => (row.name === '' ? t(`board.nobody.${by}`) : row.name);
  const cell = (row: BoardRow | null, which: BoardWhich, count: number): ReactNode =>
    count === 0 ? (
      <span className={styles.zero}>{count}</span>
    ) : (
      <Button
        size="small"
        appearance={chosen.which === which && chosen.key === (row?.key ?? null) ? 'outline' : 'subtle'}
        className={styles.count}
        aria-pressed={chosen.which === which && chosen.key === (row?.key ?? null)}
        aria-label={t('board.open', { who: row === null ? t('board.all') : nameOf(row), which: t(`board.${which}`), count })}
        onClick={() => {
          choose(row, which);
        }}
      >
        {count}
      </Button>
    );
  return (
    <div className={styles.page}>
      <Tabs
        label={t('board.tabs')}
        chosen={by}
        tabs={kinds.map((name) => ({ name, words: t(`board.by.${name}`) }))}
        onChoose={(name) => {
          adjustAddress({ by: name });
          setChosen({ key: null, name: '', which: 'overdue' });
        }}
      />
      {board.isError && board.data === undefined ? (
        <Unanswered error={board.error} onAgain={() => void board.refetch()} />
      ) : board.data === undefined ? (
        <Waiting label={t('common.loading')} lines={8} />
      ) : board.data.rows.length === 0 ? (
        <EmptyState icon={<CheckmarkCircle24Regular />} title={t('board.empty.title')} text={t('board.empty.text')} />
      ) : (
        <div className={styles.body}>
          <div className={styles.side} tabIndex={0} role="region" aria-label={t('section.board')} data-pane="list">
            <p className={styles.intro}>
              {t('board.intro', { day: calendarDay(board.data.today), until: calendarDay(board.data.soonUntil) })}{' '}
              {!board.data.certain && t('duties.uncertain')}
            </p>
            <table className={styles.table}>
              <thead>
                <tr>
                  <th scope="col">{t(`board.who.${by}`)}</th>
                  {whiches.map((which) => (
                    <th key={which} scope="col">
                      {t(`board.${which}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {board.data.rows.map((row) => (
                  <tr key={row.key}>
                    <th scope="row">{nameOf(row)}</th>
                    {whiches.map((which) => (
                      <td key={which}>{cell(row, which, row[which])}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
              <tfoot>
                <tr>
                  <th scope="row">{t('board.all')}</th>
                  {whiches.map((which) => (
                    <td key={which}>{cell(null, which, board.data.total[which])}</td>
                  ))}
                </tr>
              </tfoot>
            </table>
          </div>
          <BoardList
            key={`${by} ${chosen.key ?? '*'} ${chosen.which}`}
            by={by}
            chosenKey={chosen.key}
            which={chosen.which}
            title={t('board.listed', { who: chosen.key === null ? t('board.all') : chosen.name, which: t(`board.${chosen.which}`) })}
          />
        </div>
      )}
    </div>
  );
}
