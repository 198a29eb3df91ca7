import { useRef, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { makeStyles, tokens } from '@fluentui/react-components';

const useStyles = makeStyles({
  row: { display: 'flex', height: '100%', minHeight: 0, minWidth: 0 },
  first: { flexShrink: 0, minWidth: 0, minHeight: 0, overflow: 'hidden' },
  second: { flexGrow: 1, flexBasis: 0, minWidth: 0, minHeight: 0, overflow: 'hidden' },
  handle: {
    flexShrink: 0,
    width: '7px',
    marginInline: '-3px',
    zIndex: 1,
    cursor: 'col-resize',
    touchAction: 'none',
    position: 'relative',
    '::after': {
      content: '""',
      position: 'absolute',
      top: 0,
      bottom: 0,
      left: '3px',
      width: '1px',
      backgroundColor: tokens.colorNeutralStroke2,
    },
    ':hover::after': { left: '2px', width: '3px', backgroundColor: tokens.colorBrandStroke1 },
    ':focus-visible': { outlineStyle: 'none' },
    ':focus-visible::after': { left: '2px', width: '3px', backgroundColor: tokens.colorStrokeFocus2 },
  },
});

const step = 16;

export type SplitPaneProps = {
  /** Name of the separator, e.g. "Độ rộng danh sách". */
  readonly label: string;
  readonly id: string;
  readonly size: number;
  readonly min: number;
  readonly max: number;
  readonly onSize: (size: number) => void;
  readonly first: ReactNode;
  readonly second: ReactNode;
};

/** Two panes with a separator that the mouse drags and the arrow keys move. */
export function SplitPane({ label, id, size, min, max, onSize, first, second }: SplitPaneProps): ReactNode {
  const styles = useStyles();
  const drag = useRef<{ readonly x: number; readonly size: number } | null>(null);
  const shown = Math.round(Math.min(Math.max(size, min), Math.max(min, max)));
  const set = (next: number): void => {
    onSize(Math.round(Math.min(Math.max(next, min), Math.max(min, max))));
  };
  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    drag.current = { x: event.clientX, size: shown };
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>): void => {
    if (drag.current !== null) set(drag.current.size + event.clientX - drag.current.x);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const next = { ArrowLeft: shown - step, ArrowRight: shown + step, Home: min, End: max }[event.key];
    if (next === undefined || event.ctrlKey || event.altKey) return;
    event.preventDefault();
    set(next);
  };
  return (
    <div className={styles.row}>
      <div className={styles.first} id={id} style={{ width: `${shown}px` }}>
        {first}
      </div>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a focusable separator is a widget */}
      <div
        className={styles.handle}
        role="separator"
        aria-orientation="vertical"
        aria-label={label}
        aria-controls={id}
        aria-valuenow={shown}
        aria-valuemin={min}
        aria-valuemax={Math.max(min, max)}
        tabIndex={0}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={() => (drag.current = null)}
        onKeyDown={onKeyDown}
      />
      <div className={styles.second}>{second}</div>
    </div>
  );
}
