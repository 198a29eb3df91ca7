import { useEffect, useState, type DragEvent, type ReactNode } from 'react';
import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { Dismiss16Regular, FolderAdd20Regular, FolderOpen20Regular } from '@fluentui/react-icons';
import type { DossierSuggestion } from '#contract';
import { useAsk } from '../../../bridge/methods.ts';
import { useBarrier } from '../../../bridge/session.ts';
import { goTo } from '../../../foundations/address.ts';
import { layout } from '../../../foundations/layout.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { carry, useCarried, type CarriedDocument } from '../../../ui/carried.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { NewDossier } from '../form/DossierDialog.tsx';
import { whyWords } from '../parts/dossier-words.ts';
import { usePutInto } from '../suggest/use-put-into.ts';

const useStyles = makeStyles({
  shelf: {
    position: 'fixed',
    zIndex: 30,
    top: `calc(${layout.topBar} + 8px)`,
    bottom: `calc(${layout.statusBar} + 8px)`,
    right: '12px',
    width: 'min(400px, 40vw)',
    display: 'flex',
    flexDirection: 'column',
    gap: '8px',
    padding: '12px',
    boxSizing: 'border-box',
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusMedium,
    boxShadow: tokens.shadow16,
  },
  done: { bottom: 'auto' },
  head: { display: 'flex', alignItems: 'flex-start', justifyContent: 'space-between', gap: '8px' },
  title: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere' },
  list: { listStyle: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '6px', overflowY: 'auto' },
  target: {
    display: 'flex',
    gap: '10px',
    alignItems: 'flex-start',
    minHeight: '44px',
    padding: '8px 10px',
    boxSizing: 'border-box',
    '& svg': { flexShrink: 0 },
    border: `1px dashed ${tokens.colorNeutralStrokeAccessible}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  over: { border: `1px solid ${tokens.colorBrandStroke1}`, backgroundColor: tokens.colorBrandBackground2 },
  // The words must not be places of their own, or the pointer would leave the target at each of them.
  words: { pointerEvents: 'none', minWidth: 0, overflowWrap: 'anywhere' },
  small: { display: 'block', color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

type Target = Pick<DossierSuggestion, 'dossier' | 'entry' | 'notation' | 'title'> & { readonly beside: string };
const shownTargets = 12;

/**
 * While a document is dragged out of a list: the dossiers that it may be dropped on, those that are suggested first. What came of
 * it stays to be read until it is closed. The keyboard has Alt+H and Alt+Shift+H for the same.
 */
export function DossierShelf(): ReactNode {
  const carried = useCarried();
  const barred = useBarrier('dossiers', 'addDocuments') !== undefined;
  // Each drag has a shelf of its own, also of a document that was dragged before.
  const [last, setLast] = useState<{ readonly document: CarriedDocument; readonly nth: number } | null>(null);
  if (carried !== null && carried !== last?.document) setLast({ document: carried, nth: (last?.nth ?? 0) + 1 });
  useEffect(() => {
    if (carried === null) return undefined;
    // A row that is gone cannot tell the end of its drag; the pointer, which is silent during one, can.
    const end = (event: PointerEvent): void => {
      if (event.buttons === 0) carry(null);
    };
    window.addEventListener('pointermove', end);
    return () => {
      window.removeEventListener('pointermove', end);
    };
  }, [carried]);
  return last === null || barred ? null : <Shelf key={last.nth} document={last.document} dragging={carried !== null} onClose={() => { setLast(null); }} />;
}

type ShelfProps = { readonly document: CarriedDocument; readonly dragging: boolean; readonly onClose: () => void };

function Shelf({ document, dragging, onClose }: ShelfProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const put = usePutInto();
  const barredOpen = useBarrier('dossiers', 'open') !== undefined;
  const [into, setInto] = useState<Target | null>(null);
  const [done, setDone] = useState(false);
  const [opening, setOpening] = useState(false);
  const suggested = useAsk('dossiers', 'suggest', { document: document.id }).data ?? [];
  const listed = useAsk('dossiers', 'list', { catalog: null, plan: null, entry: null, state: 'open', unit: null, person: null, retention: null, words: '', before: null, limit: shownTargets }, { fresh: true }).data?.items ?? [];
  const first: readonly Target[] = suggested.filter((one) => one.dossier !== null || !barredOpen).slice(0, 5).map((one) => ({ ...one, beside: whyWords(t, one) }));
  const rest: readonly Target[] = listed.filter(({ id }) => !first.some(({ dossier }) => dossier === id)).map((one) => ({ dossier: one.id, entry: null, notation: one.notation, title: one.title, beside: t('dossiers.row.year', { year: String(one.catalog) }) }));
  const drop = (target: Target): void => {
    setInto(target);
    carry(null);
    void put.put([{ kind: document.kind, id: document.id }], target).then(setDone);
  };
  if (opening) {
    return (
      <NewDossier
        from={{ as: 'document', document: document.id, entry: null }}
        onClose={onClose}
        onDone={(made) => {
          onClose();
          goTo('dossiers', { id: made.id, year: String(made.catalog) });
        }}
      />
    );
  }
  if (into === null) {
    if (!dragging) return null;
    return (
      <aside className={styles.shelf} aria-label={t('dossiers.shelf')}>
        <p className={styles.title}>{t('dossiers.shelf.title', { code: document.code })}</p>
        <ul className={styles.list}>
          {[...first, ...rest].slice(0, shownTargets).map((target) => (
            <Place key={`${target.dossier ?? ''} ${target.entry ?? ''}`} icon={target.dossier === null ? <FolderAdd20Regular aria-hidden="true" /> : <FolderOpen20Regular aria-hidden="true" />} beside={target.dossier === null ? t('dossiers.put.new', { why: target.beside }) : target.beside} onDropped={() => { drop(target); }}>
              {target.notation} {target.title}
            </Place>
          ))}
          {!barredOpen && (
            <Place
              icon={<FolderAdd20Regular aria-hidden="true" />}
              beside={t('dossiers.shelf.newMeaning')}
              onDropped={() => {
                carry(null);
                setOpening(true);
              }}
            >
              {t('dossiers.put.openNew')}
            </Place>
          )}
        </ul>
      </aside>
    );
  }
  return (
    <aside className={mergeClasses(styles.shelf, styles.done)} aria-label={t('dossiers.shelf')}>
      <div className={styles.head}>
        <p className={styles.title}>{document.code}</p>
        <Button size="small" appearance="subtle" icon={<Dismiss16Regular />} aria-label={t('common.close')} onClick={onClose} />
      </div>
      {put.failure !== undefined ? (
        <Notice tone="attention" live>
          {failureWords(t, put.failure, 'dossiers')}
        </Notice>
      ) : (
        done && (
          <Notice tone="good" live>
            {t('dossiers.put.done', { code: into.notation, title: into.title })}
          </Notice>
        )
      )}
    </aside>
  );
}

type PlaceProps = { readonly icon: ReactNode; readonly beside: string; readonly children: ReactNode; readonly onDropped: () => void };

/** One place to drop a document on. */
function Place({ icon, beside, children, onDropped }: PlaceProps): ReactNode {
  const styles = useStyles();
  const [over, setOver] = useState(false);
  const handlers = {
    onDragOver: (event: DragEvent) => {
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
      if (!over) setOver(true);
    },
    onDragLeave: () => {
      setOver(false);
    },
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      setOver(false);
      onDropped();
    },
  };
  return (
    <li className={mergeClasses(styles.target, over && styles.over)} {...handlers}>
      {icon}
      <span className={styles.words}>
        {children}
        <span className={styles.small}>{beside}</span>
      </span>
    </li>
  );
}
