import { useState, type ReactNode } from 'react';
import { makeStyles, tokens } from '@fluentui/react-components';
import { Folder24Regular } from '@fluentui/react-icons';
import { DossierState } from '#contract';
import { useDossierPages, type DossierFilter } from '../../../bridge/dossier-cache.ts';
import { useAsk } from '../../../bridge/methods.ts';
import { useBarrier } from '../../../bridge/session.ts';
import { adjustAddress, useAddress } from '../../../foundations/address.ts';
import { today } from '../../../i18n/dates.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { useDocumentKeys } from '../../../ui/document-keys.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { wantListFocus } from '../../../ui/list-focus.ts';
import { useShortcut } from '../../../ui/shortcuts.ts';
import { SplitPane } from '../../../ui/SplitPane.tsx';
import { useRememberedNumber } from '../../../ui/use-remembered.ts';
import { useSettled } from '../../../ui/use-settled.ts';
import { useWindowWidth } from '../../../ui/use-window-width.ts';
import { NewDossier, type NewFrom } from '../form/DossierDialog.tsx';
import { DossierPane } from '../pane/DossierPane.tsx';
import { DossierList } from './DossierList.tsx';
import { PlanTree } from './PlanTree.tsx';

const useStyles = makeStyles({
  tree: { height: '100%', backgroundColor: tokens.colorNeutralBackground2 },
  reading: { height: '100%', backgroundColor: tokens.colorNeutralBackground1 },
});

/** Hồ sơ: the plan's tree, the dossiers of what is chosen in it, and the chosen one with its documents. */
export function DossierBoard(): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const { params } = useAddress();
  const width = useWindowWidth();
  const [treeWidth, setTreeWidth] = useRememberedNumber('tvt.dossiers.tree', Math.round(width * 0.17));
  const [listWidth, setListWidth] = useRememberedNumber('tvt.dossiers.list', Math.round(width * 0.29));
  const [making, setMaking] = useState<NewFrom | null>(null);
  const plans = useAsk('dossiers', 'plans', {}).data ?? [];
  const year = Number(params['year'] ?? '') || null;
  const entry = params['entry'] ?? null;
  const words = useSettled(params['q'] ?? '', 150);
  const filter: DossierFilter = {
    catalog: year,
    entry,
    heading: params['heading'] ?? null,
    state: DossierState.safeParse(params['state']).data ?? null,
    unit: params['unit'] ?? null,
    person: params['person'] ?? null,
    words: words.trim().slice(0, 200),
  };
  const catalogs = useDossierPages(filter).data?.pages[0]?.catalogs ?? [];
  const chosenId = params['id'] ?? null;
  const shownId = useSettled(chosenId, 110);
  const barred = useBarrier('dossiers', 'open') !== undefined;
  useDocumentKeys(chosenId);
  const begin = (): void => {
    if (!barred) setMaking(entry === null ? { as: 'new', catalog: year ?? Number(today().slice(0, 4)) } : { as: 'entry', entry });
  };
  useShortcut('Alt+N', begin);
  const node = params['node'] ?? (year === null ? 'all' : `y:${String(year)}`);
  return (
    <>
      <SplitPane
        id="dossier-tree"
        label={t('dossiers.treeWidth')}
        size={treeWidth}
        min={170}
        max={Math.round(width * 0.3)}
        onSize={setTreeWidth}
        first={
          <nav className={styles.tree} data-pane="tree" aria-label={t('dossiers.tree')}>
            <PlanTree
              plans={plans}
              catalogs={catalogs}
              chosen={node}
              onChoose={(row) => {
                adjustAddress({ node: row.key, year: row.kind === 'all' ? null : String(row.year), entry: row.kind === 'entry' ? row.entry.id : null, heading: row.kind === 'heading' ? row.heading.id : null, id: null });
              }}
              onOpen={wantListFocus}
            />
          </nav>
        }
        second={
          <SplitPane
            id="dossier-list"
            label={t('incoming.listWidth')}
            size={listWidth}
            min={320}
            max={Math.round(width * 0.42)}
            onSize={setListWidth}
            first={<DossierList filter={filter} chosenId={chosenId} place={year === null ? t('dossiers.tree.all') : t('dossiers.tree.year', { year: String(year) })} onNew={begin} />}
            second={
              <div className={styles.reading}>
                {shownId === null ? (
                  <EmptyState icon={<Folder24Regular />} title={t('dossiers.none.title')} text={t('dossiers.none.text')} />
                ) : (
                  <DossierPane key={shownId} id={shownId} current={shownId === chosenId} />
                )}
              </div>
            }
          />
        }
      />
      {making !== null && (
        <NewDossier
          from={making}
          onClose={() => {
            setMaking(null);
          }}
          onDone={(made) => {
            setMaking(null);
            adjustAddress({ id: made.id, state: null, unit: null, person: null, heading: null, q: null });
          }}
        />
      )}
    </>
  );
}
