import { useLayoutEffect, useId, useRef, type ReactNode } from 'react';
import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { own } from '../foundations/theme.ts';
import { coverHints } from './Hint.tsx';

const useStyles = makeStyles({
  dialog: {
    width: 'min(640px, calc(100vw - 48px))',
    maxHeight: 'calc(100vh - 64px)',
    boxSizing: 'border-box',
    padding: 0,
    border: `1px solid ${tokens.colorTransparentStroke}`,
    borderRadius: tokens.borderRadiusXLarge,
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorNeutralForeground1,
    boxShadow: tokens.shadow64,
    '::backdrop': { backgroundColor: own.tvtCurtain },
  },
  wide: { width: 'min(1180px, calc(100vw - 48px))' },
  body: { padding: '20px 24px', display: 'flex', flexDirection: 'column', gap: '14px' },
  title: {
    margin: 0,
    fontSize: tokens.fontSizeBase500,
    lineHeight: tokens.lineHeightBase500,
    fontWeight: tokens.fontWeightSemibold,
  },
  // In sight however long the dialog is on a small screen.
  foot: {
    display: 'flex',
    justifyContent: 'flex-end',
    flexWrap: 'wrap',
    gap: '8px',
    position: 'sticky',
    bottom: 0,
    zIndex: 1,
    margin: '0 -24px -20px',
    padding: '8px 24px 20px',
    backgroundColor: tokens.colorNeutralBackground1,
  },
});

export type ModalDialogProps = {
  readonly open: boolean;
  readonly title: string;
  readonly closeLabel: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Buttons in place of the one that closes. */
  readonly foot?: ReactNode;
  /** for what is looked at rather than read */
  readonly wide?: boolean;
  /** Ctrl+Enter, wherever in the dialog the focus is */
  readonly onCtrlEnter?: () => void;
};

/**
 * The browser's own modal dialog: it keeps the focus inside, gives it back, and closes on Esc. What is marked
 * `data-first` has the focus at first.
 */
export function ModalDialog({ open, title, closeLabel, onClose, children, foot, wide = false, onCtrlEnter }: ModalDialogProps): ReactNode {
  const styles = useStyles();
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  // The browser tells of a closing later, when a quick key may have opened what comes next: ours is known already.
  const closing = useRef(0);
  // Before the next paint: an emptied dialog would still hold the keys of the page below.
  useLayoutEffect(() => {
    const shown = dialog.current;
    if (!open || shown === null) return undefined;
    coverHints();
    shown.showModal();
    shown.querySelector<HTMLElement>('[data-first]')?.focus();
    // Also when it is taken away as a whole: only a dialog that is closed gives the focus back.
    return () => {
      if (shown.open) closing.current += 1;
      shown.close();
    };
  }, [open]);
  return (
    <dialog
      ref={dialog}
      className={mergeClasses(styles.dialog, wide && styles.wide)}
      aria-labelledby={titleId}
      onClose={() => {
        if (closing.current === 0) onClose();
        else closing.current -= 1;
      }}
      onKeyDown={(event) => {
        if (onCtrlEnter === undefined || event.key !== 'Enter' || !event.ctrlKey || event.nativeEvent.isComposing) return;
        event.preventDefault();
        if (!event.repeat) onCtrlEnter();
      }}
    >
      {open && (
        <div className={styles.body}>
          <h2 id={titleId} className={styles.title}>
            {title}
          </h2>
          {children}
          <div className={styles.foot}>
            {foot ?? (
              <Button appearance="primary" onClick={onClose}>
                {closeLabel}
              </Button>
            )}
          </div>
        </div>
      )}
    </dialog>
  );
}
