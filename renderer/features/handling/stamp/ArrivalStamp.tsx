import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { makeStyles, tokens } from '@fluentui/react-components';
import type { StampPicture } from '#contract';
import { methodKey, useAsk, useCommand } from '../../../bridge/methods.ts';
import { own } from '../../../foundations/theme.ts';
import { useWords } from '../../../i18n/use-words.ts';
import type { PageOverlay } from '../../../ui/pdf/PdfPage.tsx';
import { foundPlace, inkOf, notePlace, placeFor, type Place } from './find-place.ts';

/** Points per millimetre. */
const mm = 72 / 25.4;
const fine = 1;
const coarse = 5;
/** After the last arrow key, so that a held key writes once. */
const restMs = 400;

const useStyles = makeStyles({
  stamp: { position: 'absolute', zIndex: 1, '& svg': { display: 'block', width: '100%', height: '100%' } },
  grip: {
    position: 'absolute',
    inset: 0,
    padding: 0,
    border: 'none',
    background: 'none',
    cursor: 'move',
    touchAction: 'none',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '3px' },
  },
});

/** The arrival mark over the first page of a file; nothing over the others. */
export function stampOverlay(file: string): PageOverlay {
  return function overlay({ number, scale, size, canvas }): ReactNode {
    return number === 1 && canvas !== null ? <ArrivalStamp key={file} file={file} scale={scale} size={size} canvas={canvas} /> : null;
  };
}

type ArrivalStampProps = {
  readonly file: string;
  /** pixels per point */
  readonly scale: number;
  /** of the page, in points */
  readonly size: { readonly width: number; readonly height: number };
  readonly canvas: HTMLCanvasElement;
};

/**
 * The mark "ĐẾN" drawn over the page, in its real size beside the document. The file is never touched. Pointer or arrow keys move it;
 * where it was moved to is kept.
 */
function ArrivalStamp({ file, scale, size, canvas }: ArrivalStampProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const cache = useQueryClient();
  const stamp = useAsk('handling', 'stamp', { file }).data;
  const save = useCommand('handling', 'placeStamp');
  const [moved, setMoved] = useState<Place | null>(null);
  const [free, setFree] = useState<Place | undefined>(() => foundPlace(file));
  const dragged = useRef<{ readonly x: number; readonly y: number; readonly from: Place } | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const picture = stamp?.picture;
  useEffect(() => {
    if (picture === undefined || foundPlace(file) !== undefined) return;
    const ink = inkOf(canvas, size);
    if (ink === undefined) return;
    notePlace(file, placeFor(ink.inked, ink.page, picture));
    setFree(foundPlace(file));
  }, [picture, file, canvas, size]);
  const place = moved ?? stamp?.place ?? free;
  if (picture === undefined || place === undefined) return null;

  const clamped = (x: number, y: number): Place => ({
    x: Math.round(Math.max(0, Math.min(x, size.width / mm - picture.width)) * 10) / 10,
    y: Math.round(Math.max(0, Math.min(y, size.height / mm - picture.height)) * 10) / 10,
  });
  const keep = (next: Place): void => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      void save.run({ file, ...next }).then(() => cache.invalidateQueries({ queryKey: methodKey('handling', 'stamp', { file }) }));
    }, restMs);
  };
  const move = (next: Place): void => {
    setMoved(next);
    keep(next);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = event.shiftKey ? coarse : fine;
    const [dx, dy] = { ArrowLeft: [-by, 0], ArrowRight: [by, 0], ArrowUp: [0, -by], ArrowDown: [0, by] }[event.key] ?? [0, 0];
    if (dx === 0 && dy === 0) return;
    event.preventDefault();
    event.stopPropagation();
    move(clamped(place.x + (dx ?? 0), place.y + (dy ?? 0)));
  };
  const onPointerMove = (event: PointerEvent): void => {
    const start = dragged.current;
    if (start === null) return;
    const px = scale * mm;
    setMoved(clamped(start.from.x + (event.clientX - start.x) / px, start.from.y + (event.clientY - start.y) / px));
  };
  return (
    <div
      className={styles.stamp}
      style={{
        left: `${place.x * mm * scale}px`,
        top: `${place.y * mm * scale}px`,
        width: `${picture.width * mm * scale}px`,
        height: `${picture.height * mm * scale}px`,
      }}
    >
      <Picture picture={picture} />
      <button
        type="button"
        className={styles.grip}
        aria-label={t('stamp.label', { words: wordsOf(picture) })}
        title={t('stamp.move')}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          dragged.current = { x: event.clientX, y: event.clientY, from: place };
        }}
        onPointerMove={onPointerMove}
        onPointerUp={() => {
          const changed = dragged.current !== null && moved !== null && (moved.x !== dragged.current.from.x || moved.y !== dragged.current.from.y);
          dragged.current = null;
          if (changed) keep(place);
        }}
      />
    </div>
  );
}

function Picture({ picture }: { readonly picture: StampPicture }): ReactNode {
  return (
    <svg viewBox={`0 0 ${picture.width} ${picture.height}`} aria-hidden="true" fontFamily="'Times New Roman', Tinos, 'Liberation Serif', serif" fill={own.tvtSeal}>
      <rect x={0.2} y={0.2} width={picture.width - 0.4} height={picture.height - 0.4} fill="none" stroke={own.tvtSeal} strokeWidth={0.42} />
      {picture.lines.map((line) => (
        <line key={`${line.x1} ${line.y1} ${line.x2} ${line.y2}`} {...line} stroke={own.tvtSeal} strokeWidth={0.25} />
      ))}
      {picture.texts.map((text) => (
        // A machine without the decree's typeface has letters of another width; the mark keeps its measure.
        <text
          key={`${text.x} ${text.y} ${text.text}`}
          x={text.x}
          y={text.y}
          textLength={text.width}
          lengthAdjust="spacingAndGlyphs"
          fontSize={text.size / mm}
          fontWeight={text.bold ? 700 : 400}
        >
          {text.text}
        </text>
      ))}
    </svg>
  );
}

function wordsOf(picture: StampPicture): string {
  return picture.texts.map((one) => one.text).filter((text) => !/^\.+$/.test(text)).join(' ');
}
