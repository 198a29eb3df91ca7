import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Input, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { DocumentSearch20Regular, Search20Regular } from '@fluentui/react-icons';
import type { SearchHit } from '#contract';
import { useAsk } from '../../../bridge/methods.ts';
import { useFirstFound } from '../../../bridge/search-cache.ts';
import { goTo } from '../../../foundations/address.ts';
import { fold, foldedMatch } from '../../../i18n/fold.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { coverHints } from '../../../ui/Hint.tsx';
import { KeyHint } from '../../../ui/KeyHint.tsx';
import { LiveRegion } from '../../../ui/LiveRegion.tsx';
import { useCombobox } from '../../../ui/use-combobox.ts';
import { openDocument } from '../open-document.ts';
import { DossierHitRow, openDossier } from '../parts/DossierHitRow.tsx';
import { HitRow } from '../parts/HitRow.tsx';
import { noFilters } from '../question.ts';
import { useLater } from '../use-later.ts';

const useStyles = makeStyles({
  dialog: {
    width: 'min(680px, calc(100vw - 48px))',
    maxHeight: '70vh',
    marginTop: '8vh',
    padding: 0,
    boxSizing: 'border-box',
    overflow: 'hidden',
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusXLarge,
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorNeutralForeground1,
    boxShadow: tokens.shadow28,
  },
  body: { display: 'flex', flexDirection: 'column', maxHeight: '70vh' },
  field: { margin: '10px 12px', flexShrink: 0 },
  list: { listStyle: 'none', margin: 0, padding: '0 0 8px', overflowY: 'auto', borderTop: `1px solid ${tokens.colorNeutralStroke3}` },

  option: { display: 'flex', alignItems: 'center', gap: '10px', padding: '6px 16px', cursor: 'default', ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover } },
  hit: { flexGrow: 1, minWidth: 0 },
  active: {
    backgroundColor: tokens.colorBrandBackground2,
    boxShadow: `inset 3px 0 0 ${tokens.colorCompoundBrandStroke}`,
    ':hover': { backgroundColor: tokens.colorBrandBackground2 },
    '@media (forced-colors: active)': { outline: '2px solid Highlight', outlineOffset: '-2px' },
  },
  keys: { marginInlineStart: 'auto' },
});

/** Something that the window can do, reached by its words. */
export type PaletteCommand = { readonly id: string; readonly words: string; readonly keys?: string; readonly icon: ReactNode; readonly run: () => void };

type Line = { readonly id: string; readonly group: 'documents' | 'dossiers' | 'commands'; readonly run: () => void; readonly content: ReactNode };

export type PaletteProps = { readonly open: boolean; readonly commands: readonly PaletteCommand[]; readonly onClose: () => void };

/** Ctrl+K: finds documents, sections and commands while one types; arrows choose, Enter goes there. */
export function Palette({ open, commands, onClose }: PaletteProps): ReactNode {
  const styles = useStyles();
  const dialog = useRef<HTMLDialogElement>(null);
  const t = useWords();
  useEffect(() => {
    if (open) {
      coverHints();
      dialog.current?.showModal();
      dialog.current?.querySelector<HTMLElement>('[data-first]')?.focus();
    } else dialog.current?.close();
  }, [open]);
  return (
    // The browser's own dialog keeps the focus inside and gives it back.
    <dialog
      ref={dialog}
      className={styles.dialog}
      aria-label={t('find.palette')}
      onCancel={(event) => {
        // The browser tells of a closed dialog a moment later; a Ctrl+K in that moment would be lost.
        event.preventDefault();
        onClose();
      }}
      onClose={() => {
        if (dialog.current?.open !== true) onClose();
      }}
    >
      {open && <Inside commands={commands} onClose={onClose} />}
    </dialog>
  );
}

const shownHits = 7;
const shownDossiers = 3;

function Inside({ commands, onClose }: Omit<PaletteProps, 'open'>): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const [text, setText] = useState('');
  const asked = useLater(text, 120);
  const enabled = asked.trim() !== '';
  const question = { text: asked.slice(0, 500), filters: noFilters, order: 'relevance' as const };
  const found = useFirstFound(question, shownHits, enabled);
  const hits: readonly SearchHit[] = enabled ? (found.data?.items ?? []) : [];
  const dossiers = useAsk('dossiers', 'find', { text: asked.slice(0, 500), limit: shownDossiers }, { enabled, keepFormer: true, fresh: true });
  const foundDossiers = enabled ? (dossiers.data?.items ?? []) : [];
  const folded = fold(text.trim());
  const commandLine = (command: PaletteCommand): Line => ({
    id: command.id,
    group: 'commands',
    run: command.run,
    content: (
      <>
        {command.icon}
        <span>{command.words}</span>
        {command.keys !== undefined && (
          <span className={styles.keys}>
            <KeyHint keys={command.keys} />
          </span>
        )}
      </>
    ),
  });
  const offered = commands.filter(({ words }) => foldedMatch(fold(words), folded));
  const meant = offered.filter(({ words }) => isBegun(fold(words), folded));
  const lines: readonly Line[] = [
    ...meant.map(commandLine),
    ...hits.map((hit): Line => ({ id: hit.id, group: 'documents', run: () => { openDocument(hit); }, content: <HitRow hit={hit} short /> })),
    ...foundDossiers.map((hit): Line => ({ id: hit.id, group: 'dossiers', run: () => { openDossier(hit); }, content: <DossierHitRow hit={hit} /> })),
    ...(text.trim() === '' ? [] : [searchAll(t('find.palette.all', { text: text.trim() }), text)]),
    ...offered.filter((one) => !meant.includes(one)).map(commandLine),
  ];
  const combobox = useCombobox({
    keys: lines.map(({ id }) => id),
    empty: false,
    always: true,
    onPick: (index, by) => {
      // An old answer is not taken for the present text by a key: then the search itself is gone to.
      const isOld = by === 'key' && (asked !== text || found.isPlaceholderData || dossiers.isPlaceholderData);
      const line = isOld && lines[index]?.group !== 'commands' ? lines.find(({ id }) => id === 'all') : lines[index];
      if (line === undefined) return;
      onClose();
      line.run();
    },
  });
  const { id, at } = combobox;
  useEffect(() => {
    document.getElementById(`${id}-${String(at)}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, at]);
  return (
    <div className={styles.body}>
      <Input
        data-first
        className={styles.field}
        {...combobox.field}
        aria-label={t('find.palette')}
        placeholder={t('find.palette.placeholder')}
        value={text}
        contentBefore={<Search20Regular aria-hidden="true" />}
        onChange={(_, { value }) => {
          setText(value);
          combobox.typed();
        }}
      />
      <ul id={`${id}-list`} role="listbox" aria-label={t('find.palette.options')} className={styles.list}>
        {lines.map((line, index) => (
          <li key={line.id} className={mergeClasses(styles.option, index === at && styles.active)} {...combobox.option(index)}>
            {line.group !== 'commands' ? <div className={styles.hit}>{line.content}</div> : line.content}
          </li>
        ))}
      </ul>
      <LiveRegion message={enabled && found.data !== undefined ? t(foundDossiers.length === 0 ? 'find.palette.found' : 'find.palette.foundBoth', { count: hits.length, dossiers: foundDossiers.length }) : ''} />
    </div>
  );
}

/** Whoever types more than a word as a command begins means the command, and not the documents that have the same words. */
function isBegun(words: string, typed: string): boolean {
  return typed.includes(' ') && words.startsWith(typed);
}

function searchAll(words: string, text: string): Line {
  return {
    id: 'all',
    group: 'commands',
    run: () => {
      goTo('search', { q: text.trim() });
    },
    content: (
      <>
        <DocumentSearch20Regular aria-hidden="true" />
        <span>{words}</span>
      </>
    ),
  };
}
