import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { SearchHit } from '#contract';
import { useWords } from '../../../i18n/use-words.ts';
import { rowAfterKey } from '../../../ui/grid-keys.ts';
import { HitRow } from './HitRow.tsx';

const useStyles = makeStyles({
  scroll: { height: '100%', overflowY: 'auto', outlineStyle: 'none' },
  list: { listStyle: 'none', margin: 0, padding: 0, outlineStyle: 'none' },
  option: {
    display: 'block',
    padding: '8px 16px',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    cursor: 'default',
    '@media (hover: hover)': { ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover } },
  },
  chosen: {
    backgroundColor: tokens.colorBrandBackground2,
    boxShadow: `inset 3px 0 0 ${tokens.colorCompoundBrandStroke}`,
    '@media (hover: hover)': { ':hover': { backgroundColor: tokens.colorBrandBackground2 } },
    '@media (forced-colors: active)': { outline: '2px solid Highlight', outlineOffset: '-2px' },
    '[role=listbox]:focus-visible > &': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  more: { padding: '12px 16px' },
});

export type ResultListProps = {
  readonly items: readonly SearchHit[];
  readonly chosenId: string | null;
  readonly onChoose: (hit: SearchHit) => void;
  readonly onOpen: (hit: SearchHit) => void;
  /** undefined when there is nothing more */
  readonly onMore: (() => void) | undefined;
  readonly loading: boolean;
};

/** What was found: one stop for the Tab key, arrows, Home, End and Page keys inside, Enter opens. */
export function ResultList({ items, chosenId, onChoose, onOpen, onMore, loading }: ResultListProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const list = useRef<HTMLUListElement>(null);
  const chosen = items.findIndex(({ id }) => id === chosenId);
  useEffect(() => {
    list.current?.children[chosen]?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const next = rowAfterKey(event.key, chosen, items.length, 8);
    const hit = items[next ?? -1];
    if (hit !== undefined) {
      event.preventDefault();
      onChoose(hit);
      if (next === items.length - 1 && !loading) onMore?.();
    } else if (event.key === 'Enter' && items[chosen] !== undefined) {
      event.preventDefault();
      onOpen(items[chosen]);
    }
  };
  return (
    <div className={styles.scroll}>
      <ul
        ref={list}
        role="listbox"
        tabIndex={0}
        aria-label={t('find.results')}
        aria-activedescendant={chosen < 0 ? undefined : `find-${String(chosen)}`}
        className={styles.list}
        onKeyDown={onKeyDown}
      >
        {items.map((hit, index) => (
          // eslint-disable-next-line jsx-a11y/click-events-have-key-events -- the list has the keys, as its one stop
          <li
            key={hit.id}
            id={`find-${String(index)}`}
            role="option"
            aria-selected={index === chosen}
            className={mergeClasses(styles.option, index === chosen && styles.chosen)}
            onClick={() => {
              onChoose(hit);
            }}
            onDoubleClick={() => {
              onOpen(hit);
            }}
          >
            <HitRow hit={hit} />
          </li>
        ))}
      </ul>
      {onMore !== undefined && (
        <div className={styles.more}>
          <Button size="small" disabled={loading} onClick={onMore}>
            {t('find.more')}
          </Button>
        </div>
      )}
    </div>
  );
}
