import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { makeStyles } from '@fluentui/react-components';
import { own } from '../../foundations/theme.ts';
import { Waiting } from '../Waiting.tsx';
import type { PdfFault } from './engine.ts';
import { PdfPage, type PageBox, type PageOverlay } from './PdfPage.tsx';
import { PdfToolbar, type PdfWords } from './PdfToolbar.tsx';
import { usePdf, type PageSize, type PdfState } from './use-pdf.ts';
import { fitScale, steppedZoom, trueScale, type Zoom } from './zoom.ts';

const gap = 12;

const useStyles = makeStyles({
  view: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 },
  scroller: {
    flexGrow: 1,
    minHeight: 0,
    overflow: 'auto',
    backgroundColor: own.tvtDesk,
    outlineOffset: '-2px',
    scrollbarGutter: 'stable',
  },
  body: { position: 'relative', minWidth: 'fit-content' },
  slot: { position: 'absolute', left: 0, right: 0 },
});

export type PdfViewProps = {
  /** Address of the file at our own origin. */
  readonly url: string;
  readonly words: PdfWords;
  readonly enlarged: boolean;
  readonly onEnlarge: () => void;
  readonly renderFault: (fault: PdfFault) => ReactNode;
  readonly overlay?: PageOverlay | undefined;
  /** places to point at; the first is brought into view when they change */
  readonly marks?: readonly PdfMark[];
  /** a place to point at instead, as the file itself tells it */
  readonly place?: PdfPlace | null;
  /** a place to bring into view without pointing at it, as something is drawn there */
  readonly bring?: PdfMark | undefined;
  /** at first no larger than paper is: for what is judged by its size */
  readonly paperSize?: boolean;
};

/** A place on a page, counted from 1. */
export type PdfMark = { readonly page: number; readonly box: PageBox };

/** Left, bottom, right, top in points of the page, which is counted from 1; all 0 for the whole page. */
export type PdfPlace = { readonly page: number; readonly box: readonly [number, number, number, number] };

const noMarks: readonly PdfMark[] = [];

/** Shows a PDF. It says nothing on signatures: verdicts are the station's own. */
export function PdfView(props: PdfViewProps): ReactNode {
  const state = usePdf(props.url);
  if (state.state === 'failed') return props.renderFault(state.fault);
  if (state.state === 'opening') return <Waiting label={props.words.opening} lines={12} />;
  return <OpenPdf key={props.url} {...props} {...state} />;
}

type OpenPdfProps = PdfViewProps & Extract<PdfState, { state: 'open' }>;

function OpenPdf({ words, pdf, firstPage, enlarged, onEnlarge, overlay, marks: given = noMarks, place = null, bring, paperSize = false }: OpenPdfProps): ReactNode {
  const styles = useStyles();
  const scroller = useRef<HTMLDivElement>(null);
  const placed = usePlace(pdf.document, place);
  const marks = placed.length > 0 ? placed : given;
  const [zoom, setZoom] = useState<Zoom>('width');
  const [paneWidth, setPaneWidth] = useState(0);
  const [sizes, setSizes] = useState<ReadonlyMap<number, PageSize>>(new Map());
  const count = pdf.document.numPages;
  const scale = zoom === 'width' ? fitScale(paneWidth, firstPage.width, gap, paperSize ? trueScale : undefined) : zoom;
  const sizeOf = (number: number): PageSize => sizes.get(number) ?? firstPage;

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => {
      setPaneWidth(element.clientWidth);
    });
    observer.observe(element);
    setPaneWidth(element.clientWidth);
    return () => {
      observer.disconnect();
    };
  }, []);

  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => Math.floor(sizeOf(index + 1).height * scale) + gap,
    paddingStart: gap,
    overscan: 1,
  });
  const before = useRef(scale);
  useLayoutEffect(() => {
    const element = scroller.current;
    virtual.measure();
    // Keep the place in the text when the scale changes.
    if (element !== null && before.current !== scale) element.scrollTop *= scale / before.current;
    before.current = scale;
  }, [virtual, scale, sizes]);

  const onSize = useCallback((number: number, size: PageSize) => {
    setSizes((known) => {
      const former = known.get(number);
      if (former?.width === size.width && former.height === size.height) return known;
      return new Map(known).set(number, size);
    });
  }, []);

  const middle = (virtual.scrollOffset ?? 0) + (scroller.current?.clientHeight ?? 0) / 2;
  const page = (virtual.getVirtualItems().findLast((item) => item.start <= middle)?.index ?? 0) + 1;

  useEffect(() => {
    if (enlarged) scroller.current?.focus();
  }, [enlarged]);

  const pointed = bring ?? marks[0];
  const measured = paneWidth > 0;
  useEffect(() => {
    const element = scroller.current;
    if (element === null || !measured || pointed === undefined || pointed.page > count) return;
    const start = virtual.getOffsetForIndex(pointed.page - 1, 'start')?.[0] ?? 0;
    const height = firstPage.height * scale;
    const [top, bottom] = [start + pointed.box[1] * height, start + pointed.box[3] * height];
    const seen = top >= element.scrollTop && bottom <= element.scrollTop + element.clientHeight;
    if (!seen) element.scrollTop = Math.max(0, top - element.clientHeight / 3);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only what is pointed at moves the page; scrolling away is the person's own doing
  }, [pointed, measured]);

  const step = (direction: 1 | -1): void => {
    setZoom(steppedZoom(scale, direction));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === '+' || event.key === '=') step(1);
    else if (event.key === '-') step(-1);
    else if (event.key === '0') setZoom('width');
    else return;
    event.preventDefault();
  };
  return (
    <div className={styles.view}>
      <PdfToolbar
        words={words}
        page={page}
        pageCount={count}
        percent={Math.round(scale * 100)}
        fitting={zoom === 'width'}
        enlarged={enlarged}
        onPage={(number) => {
          virtual.scrollToIndex(number - 1, { align: 'start' });
        }}
        onZoom={step}
        onFit={() => {
          setZoom('width');
        }}
        onEnlarge={onEnlarge}
      />
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- scrolled and zoomed by keys */}
      <div
        ref={scroller}
        className={styles.scroller}
        role="region"
        aria-label={words.region}
        tabIndex={0}
        data-pane="file"
        onKeyDown={onKeyDown}
      >
        <div
          className={styles.body}
          style={{ height: `${virtual.getTotalSize()}px`, minWidth: `${Math.floor(firstPage.width * scale)}px` }}
        >
          {paneWidth > 0 &&
            virtual.getVirtualItems().map(({ index, start }) => (
              <div key={index} className={styles.slot} style={{ transform: `translateY(${start}px)` }}>
                <PdfPage
                  document={pdf.document}
                  number={index + 1}
                  label={words.pageLabel(index + 1)}
                  faultLabel={words.pageFault}
                  scale={scale}
                  size={sizeOf(index + 1)}
                  marks={marks.filter((mark) => mark.page === index + 1).map((mark) => mark.box)}
                  onSize={onSize}
                  overlay={overlay}
                />
              </div>
            ))}
        </div>
      </div>
    </div>
  );
}

/** Where a place of the file stands on its page as it is shown: turned, and cut to its crop box. */
function usePlace(document: OpenPdfProps['pdf']['document'], place: PdfPlace | null): readonly PdfMark[] {
  const [marks, setMarks] = useState(noMarks);
  useEffect(() => {
    let wanted = true;
    async function find({ page, box }: PdfPlace): Promise<readonly PdfMark[]> {
      if (page < 1 || page > document.numPages) return noMarks;
      const view = (await document.getPage(page)).getViewport({ scale: 1 });
      const { width, height } = view;
      const [left, bottom, right, top] = box;
      if (right <= left || top <= bottom) return [{ page, box: [0.01, 0.01, 0.99, 0.99] }];
      const [x1 = 0, y1 = 0] = view.convertToViewportPoint(left, top) as readonly number[];
      const [x2 = 0, y2 = 0] = view.convertToViewportPoint(right, bottom) as readonly number[];
      return [{ page, box: [Math.min(x1, x2) / width, Math.min(y1, y2) / height, Math.max(x1, x2) / width, Math.max(y1, y2) / height] }];
    }
    (place === null ? Promise.resolve(noMarks) : find(place)).then(
      (found) => {
        if (wanted) setMarks(found);
      },
      // A page that cannot be read shows nothing to point at.
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, [document, place]);
  return marks;
}
