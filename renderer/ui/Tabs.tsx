import { useRef, type KeyboardEvent, type ReactNode } from 'react';
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { wantListFocus } from './list-focus.ts';
import { useShortcut } from './shortcuts.ts';

const useStyles = makeStyles({
  list: {
    display: 'flex',
    flexShrink: 0,
    overflowX: 'auto',
    scrollbarWidth: 'none',
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    padding: '0 8px',
  },
  wrap: { flexWrap: 'wrap', overflowX: 'visible', '& button': { height: '31px' } },
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
  // Two lines where one does not hold them all: no tab, and no count, is out of sight.
  wrapped: { flexWrap: 'wrap', '& > [role=tab]': { height: '30px', padding: '0 7px', fontSize: tokens.fontSizeBase200 } },
  chosen: {
    color: tokens.colorNeutralForeground1,
    fontWeight: tokens.fontWeightSemibold,
    borderBottomColor: tokens.colorCompoundBrandStroke,
    ':hover': { borderBottomColor: tokens.colorCompoundBrandStroke },
    '@media (forced-colors: active)': { borderBottomColor: 'Highlight' },
  },
});

export type TabsProps<T extends string> = {
  readonly label: string;
  readonly tabs: readonly { readonly name: T; readonly words: string }[];
  readonly chosen: T;
  readonly onChoose: (name: T) => void;
  /** goes on to further lines where there is no room */
  readonly wrap?: boolean;
  /** parts of a section: Ctrl+PageUp and Ctrl+PageDown go through them from wherever the focus is, and into the list */
  readonly ofList?: boolean;
};

/**
 * Tabs with one stop for the Tab key and arrows between them. Ours rather than Fluent's, whose focus helper puts
 * hidden focusable elements beside the list, which accessibility checks rightly report.
 */
export function Tabs<T extends string>({ label, tabs, chosen, onChoose, wrap = false, ofList = false }: TabsProps<T>): ReactNode {
  const styles = useStyles();
  const list = useRef<HTMLDivElement>(null);
  const turn = (by: 1 | -1): void => {
    const tab = tabs[tabs.findIndex((one) => one.name === chosen) + by];
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
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const here = tabs.findIndex((tab) => tab.name === chosen);
    const last = tabs.length - 1;
    const next = {
      ArrowRight: here === last ? 0 : here + 1,
      ArrowLeft: here === 0 ? last : here - 1,
      Home: 0,
      End: last,
    }[event.key];
    const tab = next === undefined ? undefined : tabs[next];
    if (next === undefined || tab === undefined) return;
    event.preventDefault();
    onChoose(tab.name);
    (list.current?.children[next] as HTMLElement | undefined)?.focus();
  };
  return (
    // eslint-disable-next-line jsx-a11y/interactive-supports-focus -- keys bubble up from the tabs, which have the focus
    <div ref={list} role="tablist" aria-label={label} className={mergeClasses(styles.list, wrap && styles.wrapped)} onKeyDown={onKeyDown}>
      {tabs.map((tab) => (
        <button
          key={tab.name}
          type="button"
          role="tab"
          aria-selected={tab.name === chosen}
          tabIndex={tab.name === chosen ? 0 : -1}
          className={mergeClasses(styles.tab, tab.name === chosen && styles.chosen)}
          onClick={() => {
            onChoose(tab.name);
          }}
        >
          {tab.words}
        </button>
      ))}
    </div>
  );
}
