import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { useWords } from '../i18n/use-words.ts';
import { wantListFocus } from './list-focus.ts';
import { MoreTabs } from './MoreTabs.tsx';
import { useShortcut } from './shortcuts.ts';
import { useRowFit } from './use-row-fit.ts';

const useStyles = makeStyles({
  row: { display: 'flex', flexShrink: 0, minWidth: 0, borderBottom: `1px solid ${tokens.colorNeutralStroke2}`, padding: '0 8px' },
  dense: { fontSize: tokens.fontSizeBase200 },
  list: { display: 'flex', minWidth: 0 },
  tab: {
    appearance: 'none',
    border: 'none',
    background: 'none',
    font: 'inherit',
    color: tokens.colorNeutralForeground2,
    padding: '0 9px',
    height: '39px',
    whiteSpace: 'nowrap',
    cursor: 'pointer',
    borderBottom: '2px solid transparent',
    borderTop: '2px solid transparent',
    ':hover': { color: tokens.colorNeutralForeground1, borderBottomColor: tokens.colorNeutralStroke1 },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-3px' },
  },
  denseTab: { padding: '0 7px', height: '33px' },
  chosen: {
    color: tokens.colorNeutralForeground1,
    fontWeight: tokens.fontWeightSemibold,
    borderBottomColor: tokens.colorCompoundBrandStroke,
    ':hover': { borderBottomColor: tokens.colorCompoundBrandStroke },
    '@media (forced-colors: active)': { borderBottomColor: 'Highlight' },
  },
});

/** What a tab and the button for the others need beside their words, in px; as the styles above have it. */
const plainSpace = { sides: 18, icon: 18 };
const denseSpace = { sides: 14, icon: 18 };

export type TabsProps<T extends string> = {
  readonly label: string;
  readonly tabs: readonly { readonly name: T; readonly words: string }[];
  readonly chosen: T;
  readonly onChoose: (name: T) => void;
  /** smaller letters, for a narrow list */
  readonly dense?: boolean;
  /** those that stay longest where there is no room for all; the chosen one always does */
  readonly first?: readonly T[];
  /** parts of a section: Ctrl+PageUp and Ctrl+PageDown go through them from wherever the focus is, and into the list */
  readonly ofList?: boolean;
};

/**
 * Tabs in one line with one stop for the Tab key and arrows between them; those for which there is no room stand behind a button at the
 * end, and the arrows and keys go through them as well. Ours rather than Fluent's, whose focus helper puts hidden focusable elements
 * beside the list, which accessibility checks rightly report.
 */
export function Tabs<T extends string>({ label, tabs, chosen, onChoose, dense = false, first = [], ofList = false }: TabsProps<T>): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const row = useRef<HTMLDivElement>(null);
  const wanted = useRef<T | null>(null);
  const chosenAt = tabs.findIndex((one) => one.name === chosen);
  const fit = useRowFit(
    row,
    tabs.map(({ words }) => words),
    t('tabs.more'),
    chosenAt,
    first.map((name) => tabs.findIndex((one) => one.name === name)),
    dense ? denseSpace : plainSpace,
  );
  const others = tabs.filter((_, at) => !fit.includes(at));
  // A tab that was behind the button stands in the row once it is chosen, and has the focus there.
  useEffect(() => {
    if (wanted.current !== chosen) return;
    wanted.current = null;
    row.current?.querySelector<HTMLElement>('[role=tab][aria-selected=true]')?.focus();
  }, [chosen]);
  const turn = (by: 1 | -1): void => {
    const tab = tabs[chosenAt + by];
    if (tab === undefined) return;
    onChoose(tab.name);
    wantListFocus();
  };
  useShortcut(
    'Ctrl+PageDown',
    () => {
      turn(1);
    },
    ofList,
  );
  useShortcut(
    'Ctrl+PageUp',
    () => {
      turn(-1);
    },
    ofList,
  );
  const chooseAndFocus = (name: T): void => {
    wanted.current = name;
    onChoose(name);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const last = tabs.length - 1;
    const next = {
      ArrowRight: chosenAt === last ? 0 : chosenAt + 1,
      ArrowLeft: chosenAt === 0 ? last : chosenAt - 1,
      Home: 0,
      End: last,
    }[event.key];
    const tab = next === undefined ? undefined : tabs[next];
    if (tab === undefined) return;
    event.preventDefault();
    chooseAndFocus(tab.name);
  };
  const tabStyle = mergeClasses(styles.tab, dense && styles.denseTab);
  return (
    <div ref={row} className={mergeClasses(styles.row, dense && styles.dense)}>
      {/* eslint-disable-next-line jsx-a11y/interactive-supports-focus -- keys bubble up from the tabs, which have the focus */}
      <div role="tablist" aria-label={label} className={styles.list} onKeyDown={onKeyDown}>
        {tabs.map((tab, at) =>
          fit.includes(at) ? (
            <button
              key={tab.name}
              type="button"
              role="tab"
              aria-selected={tab.name === chosen}
              aria-posinset={at + 1}
              aria-setsize={tabs.length}
              tabIndex={tab.name === chosen ? 0 : -1}
              className={mergeClasses(tabStyle, tab.name === chosen && styles.chosen)}
              onClick={() => {
                onChoose(tab.name);
              }}
            >
              {tab.words}
            </button>
          ) : null,
        )}
      </div>
      {others.length > 0 && <MoreTabs tabs={others} className={tabStyle} onChoose={chooseAndFocus} />}
    </div>
  );
}
