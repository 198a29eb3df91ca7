import { useVirtualizer, defaultRangeExtractor } from '@tanstack/react-virtual';
import { useEffect, useRef, useState, type DragEvent, type KeyboardEvent, type ReactNode } from 'react';
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { carry, type CarriedDocument } from './carried.ts';
import { rowAfterKey } from './grid-keys.ts';
import { useWantedFocus } from './list-focus.ts';

const useStyles = makeStyles({
  grid: {
    height: '100%',
    overflow: 'auto',
    position: 'relative',
    outlineStyle: 'none',
    // The list's own scroll must not be moved by what is loaded above it.
    overflowAnchor: 'none',
  },
  header: {
    position: 'sticky',
    top: 0,
    zIndex: 2,
    backgroundColor: tokens.colorNeutralBackground2,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  body: { position: 'relative', width: '100%' },
  row: {
    position: 'absolute',
    top: 0,
    left: 0,
    width: '100%',
    boxSizing: 'border-box',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    cursor: 'default',
    overflow: 'hidden',
    '@media (hover: hover)': { ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover } },
  },
  selected: {
    backgroundColor: tokens.colorBrandBackground2,
    boxShadow: `inset 3px 0 0 ${tokens.colorCompoundBrandStroke}`,
    '@media (hover: hover)': { ':hover': { backgroundColor: tokens.colorBrandBackground2 } },
    '@media (forced-colors: active)': { outline: '2px solid Highlight', outlineOffset: '-2px' },
  },
  // The focus stays on the grid, so the active row draws the ring for it.
  before: { borderTop: `2px solid ${tokens.colorCompoundBrandStroke}` },
  after: { borderBottom: `2px solid ${tokens.colorCompoundBrandStroke}` },
  active: {
    '[role=grid]:focus-visible &': {
      outline: `2px solid ${tokens.colorStrokeFocus2}`,
      outlineOffset: '-2px',
    },
  },
});

/** Rows that are dragged within their own grid. */
const dragType = 'application/x-tvt-row';

export type GridRow = {
  readonly index: number;
  readonly selected: boolean;
};

export type VirtualGridProps = {
  readonly id: string;
  readonly label: string;
  readonly rowCount: number;
  readonly columnCount: number;
  readonly rowHeight: number;
  /** −1 when nothing is chosen. */
  readonly activeIndex: number;
  readonly onActive: (index: number) => void;
  /** Enter on a row. */
  readonly onOpen: (index: number) => void;
  /** The cells of a row, each `role="gridcell"`; a row that is not loaded yet gives its placeholder cell. */
  readonly renderCells: (row: GridRow) => ReactNode;
  /** A row of `role="columnheader"` cells. */
  readonly header?: ReactNode;
  readonly headerHeight?: number;
  /** Minimum width of the content, beyond which the grid scrolls sideways. */
  readonly minWidth?: number;
  readonly onRange?: (first: number, last: number) => void;
  readonly busy?: boolean;
  /** Alt and an arrow, or dragging, puts a row at another place; absent: rows stay where they are. */
  readonly onMove?: ((from: number, to: number) => void) | undefined;
  /** What dragging a row carries to elsewhere; undefined for a row that stays. A way beside one that the keyboard has. */
  readonly carries?: ((index: number) => CarriedDocument | undefined) | undefined;
};

/**
 * A grid of rows of which only those in sight exist. The focus stays on the grid and `aria-activedescendant` names
 * the row, so that scrolling can never drop the focus.
 */
export function VirtualGrid(props: VirtualGridProps): ReactNode {
  const { id, rowCount, rowHeight, activeIndex, onRange, headerHeight = 0 } = props;
  const styles = useStyles();
  const scroller = useRef<HTMLDivElement>(null);
  useWantedFocus(scroller);
  const virtual = useVirtualizer({
    count: rowCount,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    scrollPaddingStart: headerHeight,
    rangeExtractor(range) {
      const indexes = defaultRangeExtractor(range);
      if (activeIndex < 0 || activeIndex >= range.count || indexes.includes(activeIndex)) return indexes;
      return [...indexes, activeIndex].sort((a, b) => a - b);
    },
  });
  useEffect(() => {
    virtual.measure();
  }, [virtual, rowHeight]);
  useEffect(() => {
    if (activeIndex >= 0) virtual.scrollToIndex(activeIndex, { align: 'auto' });
  }, [virtual, activeIndex]);

  const first = virtual.range?.startIndex ?? 0;
  const last = virtual.range?.endIndex ?? 0;
  useEffect(() => {
    onRange?.(first, last);
  }, [onRange, first, last, rowCount]);

  const { onMove, carries } = props;
  const carriedBy = (index: number): object => {
    const document = carries?.(index);
    return document === undefined
      ? {}
      : {
          draggable: true,
          onDragStart: (event: DragEvent) => {
            event.dataTransfer.setData('text/plain', document.code);
            event.dataTransfer.effectAllowed = 'copy';
            // What comes to be shown at once under the pointer would end the drag.
            setTimeout(() => {
              carry(document);
            });
          },
          onDragEnd: () => {
            carry(null);
          },
        };
  };
  const [drag, setDrag] = useState<{ readonly from: number; readonly over: number } | null>(null);
  const dragOf = (index: number): object =>
    onMove === undefined
      ? {}
      : {
          draggable: true,
          onDragStart: (event: DragEvent) => {
            event.dataTransfer.setData(dragType, String(index));
            event.dataTransfer.effectAllowed = 'move';
            setDrag({ from: index, over: index });
          },
          onDragOver: (event: DragEvent) => {
            if (drag === null || !event.dataTransfer.types.includes(dragType)) return;
            event.preventDefault();
            if (drag.over !== index) setDrag({ from: drag.from, over: index });
          },
          onDragEnd: () => {
            setDrag(null);
          },
          onDrop: (event: DragEvent) => {
            event.preventDefault();
            setDrag(null);
            if (drag !== null && drag.from !== index) onMove(drag.from, index);
          },
        };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (onMove !== undefined && event.altKey && !event.ctrlKey && activeIndex >= 0 && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      event.preventDefault();
      const to = activeIndex + (event.key === 'ArrowUp' ? -1 : 1);
      if (to >= 0 && to < rowCount) onMove(activeIndex, to);
      return;
    }
    if (event.target !== event.currentTarget || event.altKey || event.metaKey) return;
    if (event.ctrlKey && event.key !== 'Home' && event.key !== 'End') return;
    const page = Math.floor(((scroller.current?.clientHeight ?? 0) - headerHeight) / rowHeight);
    const next = rowAfterKey(event.key, activeIndex, rowCount, page);
    if (next !== undefined) {
      event.preventDefault();
      props.onActive(next);
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      if (activeIndex < 0) props.onActive(0);
      else if (event.key === 'Enter') props.onOpen(activeIndex);
      else props.onActive(activeIndex);
    }
  };
  const firstDataRow = props.header === undefined ? 1 : 2;
  return (
    <div
      ref={scroller}
      className={styles.grid}
      role="grid"
      tabIndex={0}
      aria-label={props.label}
      aria-rowcount={rowCount + firstDataRow - 1}
      aria-colcount={props.columnCount}
      aria-busy={props.busy ?? false}
      {...(activeIndex >= 0 ? { 'aria-activedescendant': `${id}-${activeIndex}` } : {})}
      onKeyDown={onKeyDown}
    >
      {props.header !== undefined && (
        <div role="rowgroup" className={styles.header} style={{ minWidth: props.minWidth }}>
          {props.header}
        </div>
      )}
      <div
        role="rowgroup"
        className={styles.body}
        style={{ height: `${virtual.getTotalSize()}px`, minWidth: props.minWidth }}
      >
        {virtual.getVirtualItems().map(({ index, start }) => (
          // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- keys go to the grid, which has the focus and names this row its active descendant
          <div
            key={index}
            id={`${id}-${index}`}
            role="row"
            aria-rowindex={index + firstDataRow}
            aria-selected={index === activeIndex}
            className={mergeClasses(
              styles.row,
              index === activeIndex && styles.selected,
              index === activeIndex && styles.active,
              drag !== null && drag.over === index && drag.over < drag.from && styles.before,
              drag !== null && drag.over === index && drag.over > drag.from && styles.after,
            )}
            {...dragOf(index)}
            {...carriedBy(index)}
            style={{ height: `${rowHeight}px`, transform: `translateY(${start}px)` }}
            onClick={() => {
              props.onActive(index);
            }}
            onDoubleClick={() => {
              props.onOpen(index);
            }}
          >
            {props.renderCells({ index, selected: index === activeIndex })}
          </div>
        ))}
      </div>
    </div>
  );
}
