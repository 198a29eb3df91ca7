import { useMemo, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Button, Checkbox, Input, makeStyles, tokens } from '@fluentui/react-components';
import { Search16Regular } from '@fluentui/react-icons';
import type { BatchDetail } from '#contract';
import { failureOf } from '../../../bridge/failure.ts';
import { useAsk } from '../../../bridge/methods.ts';
import { rowHeightOf } from '../../../foundations/layout.ts';
import { calendarDay } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { fold, foldedMatch } from '../../../i18n/fold.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ActDialog } from '../../../ui/ActDialog.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { Tabs } from '../../../ui/Tabs.tsx';
import { VirtualGrid } from '../../../ui/VirtualGrid.tsx';
import { Waiting } from '../../../ui/Waiting.tsx';
import { useHandoverAct } from '../parts/use-handover-act.ts';

const useStyles = makeStyles({
  tools: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'center' },
  find: { flexGrow: 1, minWidth: '180px' },
  grid: { height: '320px', border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusMedium, overflow: 'hidden' },
  row: { display: 'flex', alignItems: 'center', gap: '8px', height: '100%', boxSizing: 'border-box', padding: '0 10px' },
  code: { fontWeight: tokens.fontWeightSemibold, whiteSpace: 'nowrap' },
  cut: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', minWidth: 0, flexGrow: 1, flexBasis: 0 },
  small: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2, whiteSpace: 'nowrap' },
});

export type ChooseDossiersDialogProps = { readonly batch: BatchDetail; readonly onDone: (words: string) => void; readonly onClose: () => void };

const kinds = ['permanent', 'years'] as const;
const most = 10_000;

/** Closed dossiers that no batch has and no archive took over, permanent and term ones apart. */
export function ChooseDossiersDialog({ batch, onDone, onClose }: ChooseDossiersDialogProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const add = useHandoverAct('addDossiers');
  const asked = useAsk('handover', 'candidates', { retention: null, catalog: null, after: null, limit: most }, { fresh: true });
  const [kind, setKind] = useState<(typeof kinds)[number] | null>(null);
  const [words, setWords] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [active, setActive] = useState(0);
  const all = useMemo(() => asked.data ?? [], [asked.data]);
  const counts = { permanent: all.filter((one) => one.retention === 'permanent').length, years: all.filter((one) => one.retention === 'years').length };
  const shown = kind ?? (counts.permanent === 0 && counts.years > 0 ? 'years' : 'permanent');
  const query = fold(words.trim());
  const rows = all.filter((one) => one.retention === shown && (query === '' || foldedMatch(fold(`${String(one.catalog)} ${one.notation} ${one.title}`), query)));
  const toggle = (id: string | undefined): void => {
    if (id === undefined) return;
    setChosen((before) => (before.has(id) ? new Set([...before].filter((other) => other !== id)) : new Set([...before, id])));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== ' ' || (event.target as HTMLElement).getAttribute('role') !== 'grid') return;
    toggle(rows[active]?.id);
  };
  return (
    <ActDialog
      open
      title={t('handover.choose.title')}
      confirm={t('handover.choose.confirm', { count: chosen.size })}
      pending={add.pending}
      blocked={chosen.size === 0}
      failure={add.failure === undefined ? undefined : failureWords(t, add.failure)}
      onConfirm={() => {
        void add.run({ id: batch.id, version: batch.version, dossiers: [...chosen] }).then((done) => {
          if (done !== undefined) onDone(t('handover.said.added', { count: chosen.size }));
        });
      }}
      onClose={onClose}
    >
      <p>{t('handover.choose.meaning')}</p>
      <Tabs label={t('handover.tabs')} chosen={shown} tabs={kinds.map((name) => ({ name, words: t(`handover.tab.${name}`, { count: counts[name] }) }))} onChoose={(name) => { setKind(name); setActive(0); }} />
      <div className={styles.tools}>
        <Input className={styles.find} name="find" data-first aria-label={t('handover.choose.find')} placeholder={t('handover.choose.find')} contentBefore={<Search16Regular aria-hidden="true" />} value={words} onChange={(_, { value }) => { setWords(value); setActive(0); }} />
        <Button onClick={() => { setChosen(new Set([...chosen, ...rows.map(({ id }) => id)])); }}>{t('handover.choose.all', { count: rows.length })}</Button>
        <Button disabledFocusable={chosen.size === 0} onClick={() => { setChosen(new Set()); }}>
          {t('handover.choose.none')}
        </Button>
      </div>
      {asked.isError ? (
        <Notice tone="attention">{failureWords(t, failureOf(asked.error))}</Notice>
      ) : asked.data === undefined ? (
        <Waiting label={t('common.loading')} />
      ) : rows.length === 0 ? (
        <Notice tone="info">{t(all.length === 0 ? 'handover.choose.nothing' : 'handover.choose.noMatch')}</Notice>
      ) : (
        // Keys bubble up from the grid, which has the focus.
        // eslint-disable-next-line jsx-a11y/no-static-element-interactions -- as said
        <div className={styles.grid} onKeyDown={onKeyDown}>
          <VirtualGrid
            id="candidates"
            label={t('handover.choose.list')}
            rowCount={rows.length}
            columnCount={4}
            rowHeight={rowHeightOf('compact')}
            activeIndex={Math.min(active, rows.length - 1)}
            onActive={setActive}
            onOpen={(index) => { toggle(rows[index]?.id); }}
            renderCells={({ index }) => {
              const one = rows[index];
              return one === undefined ? null : (
                <div role="presentation" className={styles.row}>
                  <span role="gridcell" aria-colindex={1}>
                    <Checkbox tabIndex={-1} aria-label={t('handover.choose.one', { code: one.notation })} checked={chosen.has(one.id)} onChange={() => { toggle(one.id); }} />
                  </span>
                  <span role="gridcell" aria-colindex={2} className={styles.code}>
                    {one.notation}
                  </span>
                  <span role="gridcell" aria-colindex={3} className={styles.cut} title={one.title}>
                    {one.title}
                  </span>
                  <span role="gridcell" aria-colindex={4} className={styles.small}>
                    {[one.endDate === null ? String(one.catalog) : calendarDay(one.endDate), one.years === null ? t('dossiers.permanent') : t('dossiers.years', { count: one.years }), t('dossiers.members', { count: one.members })].join(' · ')}
                  </span>
                </div>
              );
            }}
          />
        </div>
      )}
    </ActDialog>
  );
}
