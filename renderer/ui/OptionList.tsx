import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';

const useStyles = makeStyles({
  list: {
    listStyle: 'none',
    margin: 0,
    padding: 0,
    height: '100%',
    overflowY: 'auto',
    outlineStyle: 'none',
  },
  option: {
    display: 'block',
    padding: '6px 16px',
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
});

export type OptionListProps = {
  readonly id: string;
  readonly label: string;
  readonly options: readonly { readonly key: string; readonly content: ReactNode }[];
  /** −1 when none is */
  readonly chosen: number;
  readonly onChoose: (index: number) => void;
};

/** A list of which one is chosen: one stop for the Tab key, arrows, Home and End inside. */
export function OptionList({ id, label, options, chosen, onChoose }: OptionListProps): ReactNode {
  const styles = useStyles();
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    list.current?.children[chosen]?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const last = options.length - 1;
    const next = {
      ArrowDown: Math.min(chosen + 1, last),
      ArrowUp: Math.max(chosen - 1, 0),
      PageDown: Math.min(chosen + 10, last),
      PageUp: Math.max(chosen - 10, 0),
      Home: 0,
      End: last,
    }[event.key];
    if (next === undefined || last < 0) return;
    event.preventDefault();
    onChoose(next);
  };
  return (
    <ul
      ref={list}
      id={id}
      role="listbox"
      tabIndex={0}
      aria-label={label}
      aria-activedescendant={chosen < 0 ? undefined : `${id}-${String(chosen)}`}
      className={styles.list}
      onKeyDown={onKeyDown}
    >
      {options.map(({ key, content }, index) => (
        // eslint-disable-next-line jsx-a11y/click-events-have-key-events -- the list has the keys, as its one stop
        <li
          key={key}
          id={`${id}-${String(index)}`}
          role="option"
          aria-selected={index === chosen}
          className={mergeClasses(styles.option, index === chosen && styles.chosen)}
          onClick={() => {
            onChoose(index);
          }}
        >
          {content}
        </li>
      ))}
    </ul>
  );
}
