import type { PDFDocumentProxy, RenderTask } from 'pdfjs-dist';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { makeStyles } from '@fluentui/react-components';
import { own } from '../../foundations/theme.ts';
import { loadEngine } from './engine.ts';
import './text-layer.css';
import type { PageSize } from './use-pdf.ts';

// Beyond this Chromium drops a canvas without a word.
const maxCanvasPixels = 64_000_000;

const useStyles = makeStyles({
  page: {
    position: 'relative',
    backgroundColor: own.tvtPaper,
    marginInline: 'auto',
    boxShadow: own.tvtPaperShadow,
    '& canvas': { display: 'block', width: '100%', height: '100%' },
  },
  fault: { position: 'absolute', inset: '24px', margin: 0, color: own.tvtInk },
  canvasHolder: { width: '100%', height: '100%' },
  mark: {
    position: 'absolute',
    boxSizing: 'border-box',
    border: `2px solid ${own.tvtMark}`,
    borderRadius: '2px',
    backgroundColor: own.tvtMarkSurface,
    pointerEvents: 'none',
  },
});

/** What is drawn over a page; `canvas` is null while the page is not drawn. */
export type PageOverlay = (page: {
  readonly number: number;
  /** pixels per point */
  readonly scale: number;
  /** in points */
  readonly size: PageSize;
  readonly canvas: HTMLCanvasElement | null;
}) => ReactNode;
/** Left, top, right, bottom as fractions (0 to 1) of a page. */
export type PageBox = readonly [number, number, number, number];

export type PdfPageProps = {
  readonly document: PDFDocumentProxy;
  readonly number: number;
  readonly label: string;
  /** Said on the page when it cannot be drawn. */
  readonly faultLabel: string;
  readonly scale: number;
  readonly size: PageSize;
  /** places to point at, as fractions of the page: left, top, right, bottom */
  readonly marks: readonly PageBox[];
  /** Reports the page's true size once known, when it differs from the first page's. */
  readonly onSize: (number: number, size: PageSize) => void;
  readonly overlay?: PageOverlay | undefined;
};

/**
 * One page: a canvas with the appearances of form fields and signatures drawn in it (number and date of real
 * letters live only there), and over it the text for selection and for screen readers.
 */
export function PdfPage({ document, number, label, faultLabel, scale, size, marks, onSize, overlay }: PdfPageProps): ReactNode {
  const styles = useStyles();
  const canvasHolder = useRef<HTMLDivElement>(null);
  const textHolder = useRef<HTMLDivElement>(null);
  const [faulty, setFaulty] = useState(false);
  const [drawn, setDrawn] = useState<HTMLCanvasElement | null>(null);
  useEffect(() => {
    let wanted = true;
    let task: RenderTask | undefined;
    async function draw(): Promise<void> {
      const [pdfjs, page] = await Promise.all([loadEngine(), document.getPage(number)]);
      if (!wanted) return;
      const plain = page.getViewport({ scale: 1 });
      onSize(number, { width: plain.width, height: plain.height });
      const fit = Math.sqrt(maxCanvasPixels / (plain.width * plain.height));
      const viewport = page.getViewport({ scale: Math.min(scale * Math.max(devicePixelRatio, 1), fit) });
      const canvas = window.document.createElement('canvas');
      canvas.width = Math.floor(viewport.width);
      canvas.height = Math.floor(viewport.height);
      canvas.setAttribute('aria-hidden', 'true');
      task = page.render({ canvas, viewport, annotationMode: pdfjs.AnnotationMode.ENABLE });
      await task.promise;
      if (!wanted) return;
      canvasHolder.current?.replaceChildren(canvas);
      setDrawn(canvas);
      const holder = textHolder.current;
      if (holder === null) return;
      holder.replaceChildren();
      holder.style.setProperty('--total-scale-factor', String(scale));
      await new pdfjs.TextLayer({
        textContentSource: page.streamTextContent(),
        container: holder,
        viewport: page.getViewport({ scale }),
      }).render();
    }
    draw().catch((error: unknown) => {
      // Scrolling past a page cancels its drawing; anything else would leave a white page that looks like an empty one.
      if (wanted && (error as { name?: unknown }).name !== 'RenderingCancelledException') setFaulty(true);
    });
    return () => {
      wanted = false;
      task?.cancel();
    };
  }, [document, number, scale, onSize]);
  return (
    <div
      className={styles.page}
      role="group"
      aria-label={label}
      style={{ width: `${Math.floor(size.width * scale)}px`, height: `${Math.floor(size.height * scale)}px` }}
    >
      <div ref={canvasHolder} className={styles.canvasHolder} data-pdf-page={number} />
      <div ref={textHolder} className="tvt-text-layer" />
      {overlay?.({ number, scale, size, canvas: drawn })}
      {marks.map(([left, top, right, bottom], index) => (
        <div
          key={index}
          className={styles.mark}
          data-pdf-mark={number}
          style={{
            left: `calc(${left * 100}% - 3px)`,
            top: `calc(${top * 100}% - 2px)`,
            width: `calc(${(right - left) * 100}% + 6px)`,
            height: `calc(${(bottom - top) * 100}% + 4px)`,
          }}
        />
      ))}
      {faulty && <p className={styles.fault}>{faultLabel}</p>}
    </div>
  );
}
