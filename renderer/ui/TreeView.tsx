import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { ChevronDown12Regular, ChevronRight12Regular } from '@fluentui/react-icons';
import { treeMove, type TreeMove } from './tree-keys.ts';

const useStyles = makeStyles({
  tree: { listStyle: 'none', margin: 0, padding: '4px 0', height: '100%', boxSizing: 'border-box', overflowY: 'auto', outlineStyle: 'none' },
  row: {
    display: 'flex',
    alignItems: 'baseline',
    gap: '4px',
    padding: '4px 10px 4px 0',
    cursor: 'default',
    minWidth: 0,
    '@media (hover: hover)': { ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover } },
  },
  chosen: {
    backgroundColor: tokens.colorBrandBackground2,
    boxShadow: `inset 3px 0 0 ${tokens.colorCompoundBrandStroke}`,
    '@media (hover: hover)': { ':hover': { backgroundColor: tokens.colorBrandBackground2 } },
    '@media (forced-colors: active)': { outline: '2px solid Highlight', outlineOffset: '-2px' },
    '[role=tree]:focus-visible &': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  twist: { width: '16px', flexShrink: 0, textAlign: 'center', color: tokens.colorNeutralForeground3 },
  content: { flexGrow: 1, minWidth: 0, overflowWrap: 'anywhere' },
});

export type TreeRow = {
  readonly key: string;
  /** from 1 */
  readonly level: number;
  /** null: nothing is below it */
  readonly expanded: boolean | null;
  /** what typing letters looks for */
  readonly text: string;
  readonly content: ReactNode;
};

export type TreeViewProps = {
  readonly id: string;
  readonly label: string;
  /** the rows in sight: what is folded up is left out */
  readonly rows: readonly TreeRow[];
  readonly chosen: string | null;
  readonly onChoose: (key: string) => void;
  readonly onFold: (key: string, expanded: boolean) => void;
  /** Enter or a double click */
  readonly onOpen?: (key: string) => void;
};

/**
 * A tree with one stop for the Tab key (WAI-ARIA tree view): arrows go up and down, right unfolds or goes in, left folds or goes
 * out, Home and End, letters find. Choosing follows the keys.
 */
export function TreeView({ id, label, rows, chosen, onChoose, onFold, onOpen }: TreeViewProps): ReactNode {
  const styles = useStyles();
  const list = useRef<HTMLUListElement>(null);
  const typed = useRef({ text: '', until: 0 });
  const at = rows.findIndex((row) => row.key === chosen);
  useEffect(() => {
    list.current?.children[at]?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  const take = (move: TreeMove): void => {
    if (move.kind === 'choose') onChoose(move.key);
    else onFold(move.key, move.expanded);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && at >= 0 && onOpen !== undefined) {
      event.preventDefault();
      onOpen(rows[at]?.key ?? '');
      return;
    }
    const now = performance.now();
    const prefix = now < typed.current.until ? typed.current.text + event.key : event.key;
    const move = treeMove(rows, at, event.key, prefix);
    if (move === undefined) return;
    event.preventDefault();
    if (event.key.length === 1) typed.current = { text: prefix, until: now + 700 };
    if (move !== null) take(move);
  };
  return (
    <ul
      ref={list}
      id={id}
      role="tree"
      tabIndex={0}
      aria-label={label}
      className={styles.tree}
      {...(at < 0 ? {} : { 'aria-activedescendant': `${id}-${String(at)}` })}
      onKeyDown={onKeyDown}
    >
      {rows.map((row, index) => (
        // eslint-disable-next-line jsx-a11y/click-events-have-key-events -- the tree has the keys, as its one stop
        <li
          key={row.key}
          id={`${id}-${String(index)}`}
          role="treeitem"
          aria-level={row.level}
          aria-selected={index === at}
          {...(row.expanded === null ? {} : { 'aria-expanded': row.expanded })}
          {...placeAmong(rows, index)}
          className={mergeClasses(styles.row, index === at && styles.chosen)}
          style={{ paddingInlineStart: `${String(row.level * 14 - 6)}px` }}
          onClick={() => {
            onChoose(row.key);
          }}
          onDoubleClick={() => {
            if (row.expanded !== null) onFold(row.key, !row.expanded);
            else onOpen?.(row.key);
          }}
        >
          {/* A way of the pointer; arrows fold by key. */}
          <span
            className={styles.twist}
            aria-hidden="true"
            onClick={() => {
              if (row.expanded !== null) onFold(row.key, !row.expanded);
            }}
          >
            {row.expanded === null ? null : row.expanded ? <ChevronDown12Regular /> : <ChevronRight12Regular />}
          </span>
          <span className={styles.content}>{row.content}</span>
        </li>
      ))}
    </ul>
  );
}

/** The rows of one level under one parent stand together but for what is below them. */
function placeAmong(rows: readonly TreeRow[], index: number): { readonly 'aria-setsize': number; readonly 'aria-posinset': number } {
  const level = rows[index]?.level ?? 1;
  let before = 0;
  let after = 0;
  for (let at = index - 1; at >= 0 && (rows[at]?.level ?? 0) >= level; at -= 1) if (rows[at]?.level === level) before += 1;
  for (let at = index + 1; at < rows.length && (rows[at]?.level ?? 0) >= level; at += 1) if (rows[at]?.level === level) after += 1;
  return { 'aria-setsize': before + after + 1, 'aria-posinset': before + 1 };
}
