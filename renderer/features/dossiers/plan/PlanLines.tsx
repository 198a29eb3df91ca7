import { useState, type KeyboardEvent, type ReactNode } from 'react';
import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { Add16Regular } from '@fluentui/react-icons';
import type { PlanDetail } from '#contract';
import { goTo } from '../../../foundations/address.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { KeyHint } from '../../../ui/KeyHint.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { useShortcut } from '../../../ui/shortcuts.ts';
import { TreeView } from '../../../ui/TreeView.tsx';
import { planRows, unfolded, type LevelledRow } from '../board/plan-rows.ts';
import { makerWords, retentionWords } from '../parts/dossier-words.ts';
import { EntryDialog } from './EntryDialog.tsx';
import { HeadingDialog } from './HeadingDialog.tsx';
import { usePlanAct } from './use-plan-act.ts';

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 },
  head: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'center', padding: '8px 16px', flexShrink: 0 },
  hint: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  note: { padding: '0 16px 8px', flexShrink: 0 },
  tree: { flexGrow: 1, minHeight: 0 },
  line: { display: 'grid', gridTemplateColumns: '92px minmax(0, 1fr) 110px minmax(0, 24%) 110px', gap: '12px', alignItems: 'baseline' },
  strong: { fontWeight: tokens.fontWeightSemibold },
  code: { fontVariantNumeric: 'tabular-nums' },
  small: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere' },
});

type Opened = { readonly what: 'entry' | 'heading'; readonly id: string | null };

/** Headings and entries of a plan as a tree; changed, moved and taken out where the plan's state lets one. */
export function PlanLines({ plan, onDone }: { readonly plan: PlanDetail; readonly onDone: (words: string) => void }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const [chosen, setChosen] = useState<string | null>(null);
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const [opened, setOpened] = useState<Opened | null>(null);
  const move = usePlanAct('moveInPlan');
  const remove = usePlanAct('removeFromPlan');
  const all = planRows(plan, 1);
  const rows = unfolded(all, (key) => folded.has(key));
  const row = rows.find(({ key }) => key === chosen);
  const draft = plan.may.includes('change');
  const adds = draft || plan.may.includes('supplement');
  const headingOf = row === undefined || row.kind === 'all' || row.kind === 'year' ? null : row.kind === 'heading' ? row.heading.id : row.entry.heading;
  const add = (what: Opened['what']): void => {
    if (adds && (what === 'heading' || plan.headings.length > 0)) setOpened({ what, id: null });
  };
  useShortcut('Alt+N', () => { add(plan.headings.length === 0 ? 'heading' : 'entry'); }, adds);
  const edit = (): void => {
    if (!draft || row === undefined) return;
    if (row.kind === 'entry') setOpened({ what: 'entry', id: row.entry.id });
    else if (row.kind === 'heading') setOpened({ what: 'heading', id: row.heading.id });
  };
  const shift = (by: -1 | 1): void => {
    const place = row === undefined ? undefined : placeAfter(plan, row, by);
    if (!draft || place === undefined || move.pending) return;
    void move.run({ id: plan.id, version: plan.version, ...place });
  };
  const drop = (): void => {
    if (!draft || row === undefined || remove.pending || (row.kind !== 'entry' && row.kind !== 'heading')) return;
    const what = row.kind;
    void remove.run({ id: plan.id, version: plan.version, what, node: row.kind === 'entry' ? row.entry.id : row.heading.id }).then((changed) => {
      if (changed !== undefined) onDone(t(`dossiers.plan.removed.${what}`));
    });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if ((event.target as HTMLElement).getAttribute('role') !== 'tree' || event.ctrlKey || event.metaKey) return;
    const act = event.altKey ? { ArrowUp: () => { shift(-1); }, ArrowDown: () => { shift(1); } }[event.key] : { F2: edit, Delete: drop }[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  };
  const failure = move.failure ?? remove.failure;
  return (
    <div className={styles.page}>
      {adds && (
        <div className={styles.head}>
          {plan.headings.length > 0 && (
            <Button size="small" icon={<Add16Regular />} aria-keyshortcuts="Alt+N" onClick={() => { add('entry'); }}>
              {t('dossiers.plan.addEntry')}
              <KeyHint keys="Alt+N" inButton />
            </Button>
          )}
          <Button size="small" icon={<Add16Regular />} onClick={() => { add('heading'); }}>
            {t('dossiers.plan.addHeading')}
          </Button>
          {draft && row !== undefined && (
            <>
              <Button size="small" aria-keyshortcuts="F2" onClick={edit}>
                {t('dossiers.plan.edit')}
                <KeyHint keys="F2" inButton />
              </Button>
              <Button size="small" aria-keyshortcuts="Delete" onClick={drop}>
                {t('dossiers.plan.remove')}
                <KeyHint keys="Delete" inButton />
              </Button>
            </>
          )}
          {row?.kind === 'entry' && plan.state === 'approved' && (
            <Button size="small" onClick={() => { goTo('dossiers', { year: String(plan.year), entry: row.entry.id, node: row.key }); }}>
              {t('dossiers.plan.openDossiers')}
            </Button>
          )}
          <span className={styles.hint}>{t(draft ? 'dossiers.plan.hint' : 'dossiers.plan.hintApproved')}</span>
        </div>
      )}
      {failure !== undefined && (
        <div className={styles.note}>
          <Notice tone="attention" live>
            {failureWords(t, failure, 'dossiers')}
          </Notice>
        </div>
      )}
      {rows.length === 0 ? (
        <EmptyState icon={<Add16Regular />} title={t('dossiers.plan.noLines.title')} text={t('dossiers.plan.noLines.text')} />
      ) : (
        // Keys bubble up from the tree, which has the focus.
        // eslint-disable-next-line jsx-a11y/no-static-element-interactions -- as said
        <div className={styles.tree} data-pane="list" onKeyDown={onKeyDown}>
          <TreeView
            id="plan-lines"
            label={t('dossiers.plan.lines', { year: String(plan.year) })}
            chosen={chosen}
            rows={rows.map((one) => ({
              key: one.key,
              level: one.level,
              expanded: one.kind === 'heading' && one.filled ? !folded.has(one.key) : null,
              text: one.kind === 'heading' ? one.heading.title : one.kind === 'entry' ? one.entry.title : '',
              content: <Line row={one} />,
            }))}
            onChoose={setChosen}
            onFold={(key, expanded) => {
              setFolded((before) => new Set(expanded ? [...before].filter((one) => one !== key) : [...before, key]));
            }}
            onOpen={edit}
          />
        </div>
      )}
      {opened?.what === 'heading' && <HeadingDialog plan={plan} id={opened.id} under={headingOf} onClose={() => { setOpened(null); }} onDone={(words) => { setOpened(null); onDone(words); }} />}
      {opened?.what === 'entry' && <EntryDialog plan={plan} id={opened.id} under={headingOf} onClose={() => { setOpened(null); }} onDone={(words) => { setOpened(null); onDone(words); }} />}
    </div>
  );
}

function Line({ row }: { readonly row: LevelledRow }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  if (row.kind === 'heading') {
    const { heading } = row;
    return (
      <span className={mergeClasses(heading.parent === null && styles.strong)}>
        {heading.mark}. {heading.title} {heading.symbol !== '' && <span className={styles.small}>({heading.symbol})</span>}
      </span>
    );
  }
  if (row.kind !== 'entry') return null;
  const { entry } = row;
  return (
    <span className={styles.line}>
      <span className={styles.code}>{entry.notation}</span>
      <span>
        {entry.title} {entry.addedReason !== '' && <span className={styles.small}>{t('dossiers.plan.added', { reason: entry.addedReason })}</span>}
      </span>
      <span>{retentionWords(t, entry.retention)}</span>
      <span className={styles.small}>{makerWords(entry.maker)}</span>
      <span className={styles.small}>{entry.dossiers > 0 ? t('dossiers.plan.opened', { count: entry.dossiers }) : ''}</span>
    </span>
  );
}

/** Where Alt and an arrow put a line: among its own, before the one above or after the one below. */
function placeAfter(plan: PlanDetail, row: LevelledRow, by: -1 | 1): { readonly what: 'heading' | 'entry'; readonly node: string; readonly into: string | null; readonly before: string | null } | undefined {
  if (row.kind !== 'entry' && row.kind !== 'heading') return undefined;
  const node = row.kind === 'entry' ? row.entry.id : row.heading.id;
  const into = row.kind === 'entry' ? row.entry.heading : row.heading.parent;
  const siblings = row.kind === 'entry' ? plan.entries.filter(({ heading }) => heading === into) : plan.headings.filter(({ parent }) => parent === into);
  const at = siblings.findIndex(({ id }) => id === node);
  if (at + by < 0 || at + by >= siblings.length) return undefined;
  return { what: row.kind, node, into, before: siblings[by === -1 ? at - 1 : at + 2]?.id ?? null };
}
