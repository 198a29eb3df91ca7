import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { ChevronDown16Regular } from '@fluentui/react-icons';
import { useWords } from '../i18n/use-words.ts';

const useStyles = makeStyles({
  box: { position: 'relative', flexShrink: 0 },
  button: { display: 'inline-flex', alignItems: 'center', gap: '2px', '& svg': { flexShrink: 0 } },
  menu: {
    position: 'absolute',
    zIndex: 20,
    top: '100%',
    right: 0,
    margin: '2px 0 0',
    padding: '4px 0',
    listStyle: 'none',
    minWidth: '180px',
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusMedium,
    boxShadow: tokens.shadow16,
  },
  item: {
    appearance: 'none',
    border: 'none',
    background: 'none',
    font: 'inherit',
    color: tokens.colorNeutralForeground1,
    display: 'block',
    width: '100%',
    padding: '6px 12px',
    textAlign: 'start',
    whiteSpace: 'nowrap',
    cursor: 'pointer',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
});

export type MoreTabsProps<T extends string> = {
  readonly tabs: readonly { readonly name: T; readonly words: string }[];
  /** how a tab of the row looks */
  readonly className: string;
  readonly onChoose: (name: T) => void;
};

/** The tabs for which the row has no room, behind a button at its end; arrows go through them, Esc closes. */
export function MoreTabs<T extends string>({ tabs, className, onChoose }: MoreTabsProps<T>): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const id = useId();
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const items = (): HTMLElement[] => [...(box.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
  useEffect(() => {
    if (!open) return undefined;
    box.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus();
    function onOutside(event: PointerEvent): void {
      if (event.target instanceof Node && box.current?.contains(event.target) === true) return;
      setOpen(false);
    }
    addEventListener('pointerdown', onOutside);
    return () => {
      removeEventListener('pointerdown', onOutside);
    };
  }, [open]);
  const onMenuKey = (event: KeyboardEvent): void => {
    const all = items();
    const here = all.findIndex((one) => one === document.activeElement);
    const to = { ArrowDown: (here + 1) % all.length, ArrowUp: (here + all.length - 1) % all.length, Home: 0, End: all.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      all[to]?.focus();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      setOpen(false);
      button.current?.focus();
    } else if (event.key === 'Tab') setOpen(false);
  };
  return (
    <div ref={box} className={styles.box}>
      <button
        ref={button}
        type="button"
        className={mergeClasses(className, styles.button)}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        title={tabs.map(({ words }) => words).join(' · ')}
        data-more-tabs
        onClick={() => {
          setOpen((before) => !before);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' || open) return;
          event.preventDefault();
          setOpen(true);
        }}
      >
        {t('tabs.more')}
        <ChevronDown16Regular aria-hidden="true" />
      </button>
      {open && (
        <ul id={id} role="menu" aria-label={t('tabs.more')} className={styles.menu} onKeyDown={onMenuKey}>
          {tabs.map(({ name, words }) => (
            <li key={name} role="none">
              <button
                type="button"
                role="menuitem"
                tabIndex={-1}
                className={styles.item}
                onClick={() => {
                  setOpen(false);
                  onChoose(name);
                }}
              >
                {words}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
