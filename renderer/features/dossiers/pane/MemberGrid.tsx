import { useCallback, useEffect, useMemo, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { ArrowSort16Regular, DocumentDismiss24Regular } from '@fluentui/react-icons';
import type { DossierDetail, DossierMember } from '#contract';
import { useMemberPages } from '../../../bridge/dossier-cache.ts';
import { failureOf } from '../../../bridge/failure.ts';
import { useBarrier } from '../../../bridge/session.ts';
import { rowHeightOf } from '../../../foundations/layout.ts';
import { usePreferences } from '../../../foundations/preferences.tsx';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ForReaders } from '../../../ui/ForReaders.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { ReasonDialog } from '../../../ui/ReasonDialog.tsx';
import { useFileDrop } from '../../../ui/use-file-drop.ts';
import { VirtualGrid } from '../../../ui/VirtualGrid.tsx';
import { Waiting } from '../../../ui/Waiting.tsx';
import { openDocument } from '../../search/index.ts';
import { useDossierAct } from '../parts/use-dossier-act.ts';
import { MemberCells, memberColumnCount } from './MemberCells.tsx';
import { MemberAccess } from './MemberAccess.tsx';
import { MemberDialog } from './MemberDialog.tsx';
import type { DossierAsk } from './DossierActs.tsx';

const useStyles = makeStyles({
  box: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 },
  over: { outline: `2px dashed ${tokens.colorBrandStroke1}`, outlineOffset: '-2px' },
  head: { display: 'flex', flexWrap: 'wrap', gap: '4px 8px', alignItems: 'center', padding: '6px 16px', borderBottom: `1px solid ${tokens.colorNeutralStroke3}`, flexShrink: 0 },
  hint: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, marginInlineEnd: 'auto' },
  grid: { flexGrow: 1, minHeight: 0 },
  note: { padding: '6px 16px' },
  placeholder: { display: 'flex', alignItems: 'center', height: '100%', paddingLeft: '30px' },
  failed: { flexShrink: 0 },
});

export type MemberGridProps = {
  readonly dossier: DossierDetail;
  readonly enabled: boolean;
  readonly onAsk: (what: DossierAsk) => void;
  /** files were dropped here, to be put into the dossier */
  readonly onFiles: (files: readonly File[]) => void;
  readonly onDone: (words: string) => void;
  /** copies of some of them are asked for; undefined: none may be made */
  readonly onCopy: ((members: readonly string[]) => void) | undefined;
};

/** The documents of a dossier in their order: opened where they live, put elsewhere by Alt and arrows or by dragging, taken out with a reason. */
export function MemberGrid({ dossier, enabled, onAsk, onFiles, onDone, onCopy }: MemberGridProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const { density } = usePreferences();
  const pages = useMemberPages(dossier.id);
  const { data, hasNextPage, isFetching, isError, fetchNextPage } = pages;
  const members: readonly DossierMember[] = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  const total = data?.pages[0]?.total ?? dossier.members;
  const [chosen, setChosen] = useState<string | null>(null);
  const [wanted, setWanted] = useState(0);
  const [dialog, setDialog] = useState<'remove' | 'notes' | 'access' | null>(null);
  const move = useDossierAct('moveMembers');
  const arrange = useDossierAct('arrange');
  const remove = useDossierAct('removeMembers');
  useEffect(() => {
    if (wanted >= members.length && hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [wanted, members.length, hasNextPage, isFetching, isError, fetchNextPage]);
  const onRange = useCallback((_first: number, last: number) => {
    setWanted(last + 20);
  }, []);
  const active = members.findIndex(({ id }) => id === chosen);
  const one = members[active];
  const may = dossier.may.includes('change') && enabled;
  const mayAccess = useBarrier('dossiers', 'saveAccess') === undefined && dossier.may.includes('access') && enabled;
  const { over, target } = useFileDrop(({ files }) => {
    if (may) onFiles([...files]);
  });
  const open = (member: DossierMember | undefined): void => {
    if (member?.document != null && member.kind !== 'file') openDocument({ id: member.document, register: member.kind, standing: member.standing });
    else if (member !== undefined) setDialog('notes');
  };
  const put = (from: number, to: number): void => {
    const moved = members[from];
    if (!may || moved === undefined || move.pending || pages.isFetching) return;
    setChosen(moved.id);
    void move.run({ id: dossier.id, version: dossier.version, members: [moved.id], to: to + 1 }).then((changed) => {
      if (changed !== undefined) onDone(t('dossiers.done.moved', { subject: nameOf(moved), place: to + 1 }));
    });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey || one === undefined || (event.target as HTMLElement).getAttribute('role') !== 'grid') return;
    if (event.key === 'Delete' && may) {
      event.preventDefault();
      remove.reset();
      setDialog('remove');
    } else if (event.key === 'F2' && !one.hidden) {
      event.preventDefault();
      setDialog('notes');
    }
  };
  if (pages.isPending) return <Waiting label={t('common.loading')} lines={8} />;
  if (isError && members.length === 0) {
    return (
      <div className={styles.note}>
        <Notice tone="attention">{failureWords(t, failureOf(pages.error))}</Notice>
      </div>
    );
  }
  if (members.length === 0) {
    return (
      <div className={mergeClasses(styles.box, over && styles.over)} {...target}>
        <EmptyState icon={<DocumentDismiss24Regular />} title={t('dossiers.noMembers.title')} text={t(may ? 'dossiers.noMembers.text' : 'dossiers.noMembers.closed')}>
          {may && <Button onClick={() => { onAsk('add'); }}>{t('dossiers.act.add')}</Button>}
        </EmptyState>
      </div>
    );
  }
  const failure = move.failure ?? arrange.failure;
  return (
    <div className={mergeClasses(styles.box, over && styles.over)} {...target}>
      <div className={styles.head}>
        <span className={styles.hint}>{t(may ? 'dossiers.membersHint' : 'dossiers.membersHintRead')}</span>
        {mayAccess && one !== undefined && !one.hidden && (
          <Button size="small" onClick={() => { setDialog('access'); }}>
            {t('dossiers.member.access')}
          </Button>
        )}
        {onCopy !== undefined && one !== undefined && !one.hidden && enabled && (
          <Button size="small" onClick={() => { onCopy([one.id]); }}>
            {t('copies.give')}
          </Button>
        )}
        {may && one !== undefined && (
          <>
            <Button size="small" onClick={() => { setDialog('notes'); }}>
              {t('dossiers.member.notes')}
            </Button>
            <Button
              size="small"
              aria-keyshortcuts="Delete"
              onClick={() => {
                remove.reset();
                setDialog('remove');
              }}
            >
              {t('dossiers.member.remove')}
            </Button>
          </>
        )}
        {may && dossier.arranged === 'hand' && (
          <Button
            size="small"
            icon={<ArrowSort16Regular />}
            onClick={() => {
              void arrange.run({ id: dossier.id, version: dossier.version, by: 'time' }).then((changed) => {
                if (changed !== undefined) onDone(t('dossiers.done.byTime'));
              });
            }}
          >
            {t('dossiers.arrange.time')}
          </Button>
        )}
      </div>
      {failure !== undefined && (
        <div className={mergeClasses(styles.note, styles.failed)}>
          <Notice tone="attention" live>
            {failureWords(t, failure, 'dossiers')}
          </Notice>
        </div>
      )}
      {/* Keys bubble up from the grid, which has the focus. */}
      {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions -- as said */}
      <div className={styles.grid} onKeyDown={onKeyDown}>
        <VirtualGrid
          id="dossier-members"
          label={t('dossiers.part.documents', { count: total })}
          rowCount={total}
          columnCount={memberColumnCount}
          rowHeight={rowHeightOf(density)}
          activeIndex={active}
          onActive={(index) => {
            setChosen(members[index]?.id ?? null);
          }}
          onOpen={(index) => {
            open(members[index]);
          }}
          onRange={onRange}
          busy={pages.isFetchingNextPage}
          onMove={may ? put : undefined}
          renderCells={({ index }) => {
            const member = members[index];
            return member === undefined ? (
              <div role="gridcell" className={styles.placeholder}>
                <ForReaders>{t('common.loading')}</ForReaders>
              </div>
            ) : (
              <MemberCells member={member} density={density} />
            );
          }}
        />
      </div>
      {one !== undefined && (
        <ReasonDialog
          open={dialog === 'remove'}
          title={t('dossiers.remove.title', { subject: nameOf(one) })}
          reason={{ label: t('handling.reason'), missing: t('ask.reasonMissing'), starts: [t('dossiers.start.otherDossier'), t('dossiers.start.mistake')], startsLabel: t('ask.starts') }}
          confirm={t('dossiers.remove.confirm')}
          cancel={t('ask.cancel')}
          pending={remove.pending}
          failure={remove.failure === undefined ? undefined : failureWords(t, remove.failure, 'dossiers')}
          onConfirm={(reason) => {
            void remove.run({ id: dossier.id, version: dossier.version, members: [one.id], reason }).then((changed) => {
              if (changed === undefined) return;
              setDialog(null);
              // The one after it comes to its place.
              setChosen((members[active + 1] ?? members[active - 1])?.id ?? null);
              onDone(t('dossiers.done.removed', { subject: nameOf(one) }));
            });
          }}
          onClose={() => {
            setDialog(null);
          }}
        >
          <p>{t(one.kind === 'file' ? 'dossiers.remove.file' : 'dossiers.remove.meaning')}</p>
        </ReasonDialog>
      )}
      {one !== undefined && dialog === 'access' && (
        <MemberAccess
          dossier={dossier}
          member={{ id: one.id, name: nameOf(one) }}
          onClose={() => {
            setDialog(null);
          }}
          onDone={(words) => {
            setDialog(null);
            onDone(words);
          }}
        />
      )}
      {one !== undefined && dialog === 'notes' && (
        <MemberDialog
          dossier={dossier}
          member={one}
          may={may}
          onClose={() => {
            setDialog(null);
          }}
          onDone={(words) => {
            setDialog(null);
            onDone(words);
          }}
        />
      )}
    </div>
  );
}

/** Number and symbol, or what it is about. */
function nameOf(member: DossierMember): string {
  return [member.codeNumber, member.codeNotation].filter((part) => part !== '').join('/') || member.subject;
}
