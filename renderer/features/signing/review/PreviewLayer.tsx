import { useEffect, useRef, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { makeStyles } from '@fluentui/react-components';
import type { SigningPlace, SigningPreview } from '#contract';
import { own } from '../../../foundations/theme.ts';
import { useWords } from '../../../i18n/use-words.ts';
import type { PageSize } from '../../../ui/pdf/use-pdf.ts';
import { centreOf, mm, placeOn } from './place.ts';

const fine = 1;
const coarse = 5;

const useStyles = makeStyles({
  shown: {
    position: 'absolute',
    zIndex: 1,
    boxSizing: 'border-box',
    outline: `1px dashed ${own.tvtPreview}`,
    pointerEvents: 'none',
    '& svg': { display: 'block', width: '100%', height: '100%', overflow: 'visible' },
  },
  grip: {
    position: 'absolute',
    inset: 0,
    padding: 0,
    border: 'none',
    background: 'none',
    cursor: 'move',
    touchAction: 'none',
    pointerEvents: 'auto',
    ':focus-visible': { outline: `3px solid ${own.tvtPreview}`, outlineOffset: '3px' },
  },
  aim: { position: 'absolute', inset: 0, zIndex: 2, cursor: 'crosshair', backgroundColor: 'transparent', outline: `2px solid ${own.tvtPreview}`, outlineOffset: '-2px' },
});

export type PreviewLayerProps = {
  readonly page: number;
  /** pixels per point */
  readonly scale: number;
  readonly size: PageSize;
  /** what signatures will show on this page */
  readonly previews: readonly SigningPreview[];
  readonly pictures: ReadonlyMap<string, string>;
  /** the one that may be put elsewhere, and how far it stands from where it was looked at */
  readonly movable: SigningPreview | undefined;
  readonly shift: { readonly x: number; readonly y: number };
  /** a click on the page puts it there */
  readonly aiming: boolean;
  /** told while a hand moves it, and where it came to rest */
  readonly onMove: (place: SigningPlace, rests: boolean) => void;
  readonly onAimed: (place: SigningPlace) => void;
};

/** What signatures will show on a page, in true size over the paper; the file is never touched. */
export function PreviewLayer({ page, scale, size, previews, pictures, movable, shift, aiming, onMove, onAimed }: PreviewLayerProps): ReactNode {
  const styles = useStyles();
  return (
    <>
      {previews.map((preview, index) => {
        const by = preview === movable ? shift : { x: 0, y: 0 };
        return (
          <div
            key={index}
            className={styles.shown}
            data-signing-preview={preview.page}
            style={{
              left: `${(preview.shown.left + by.x) * scale}px`,
              top: `${(size.height - preview.shown.bottom - preview.shown.height - by.y) * scale}px`,
              width: `${preview.shown.width * scale}px`,
              height: `${preview.shown.height * scale}px`,
            }}
          >
            <Marks preview={preview} pictures={pictures} />
            {preview === movable && <Grip preview={preview} shift={shift} scale={scale} size={size} onMove={onMove} />}
          </div>
        );
      })}
      {aiming && (
        // A way beside the arrow keys of what is moved.
        // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions -- F2 puts it on the page for the keyboard
        <div
          className={styles.aim}
          data-signing-aim={page}
          onClick={(event) => {
            const box = event.currentTarget.getBoundingClientRect();
            onAimed(placeOn(page, (event.clientX - box.left) / scale, size.height - (event.clientY - box.top) / scale, size));
          }}
        />
      )}
    </>
  );
}

function Marks({ preview: { shown, marks }, pictures }: { readonly preview: SigningPreview; readonly pictures: ReadonlyMap<string, string> }): ReactNode {
  return (
    <svg viewBox={`0 0 ${shown.width} ${shown.height}`} aria-hidden="true" fontFamily="'Times New Roman', Tinos, 'Liberation Serif', serif" fill={own.tvtInk}>
      {marks.map((mark, index) =>
        mark.kind === 'picture' ? (
          <image
            key={index}
            href={pictures.get(mark.picture)}
            x={mark.box.left}
            y={shown.height - mark.box.bottom - mark.box.height}
            width={mark.box.width}
            height={mark.box.height}
            preserveAspectRatio="none"
          />
        ) : (
          <text key={index} x={mark.left} y={shown.height - mark.baseline} fontSize={mark.size} fontStyle={mark.face === 'italic' ? 'italic' : 'normal'}>
            {mark.text}
          </text>
        ),
      )}
    </svg>
  );
}

type GripProps = Pick<PreviewLayerProps, 'shift' | 'scale' | 'size' | 'onMove'> & { readonly preview: SigningPreview };

function Grip({ preview, shift, scale, size, onMove }: GripProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const dragged = useRef<{ readonly x: number; readonly y: number; readonly from: SigningPlace } | null>(null);
  const centre = centreOf(preview);
  const here = { ...centre, x: centre.x + shift.x, y: centre.y + shift.y };
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = (event.shiftKey ? coarse : fine) * mm;
    const [dx, dy] = { ArrowLeft: [-by, 0], ArrowRight: [by, 0], ArrowUp: [0, by], ArrowDown: [0, -by] }[event.key] ?? [0, 0];
    if (dx === 0 && dy === 0) return;
    event.preventDefault();
    onMove(placeOn(here.page, here.x + (dx ?? 0), here.y + (dy ?? 0), size), true);
  };
  const drop = (event: PointerEvent): void => {
    const start = dragged.current;
    dragged.current = null;
    if (start === null || (event.clientX === start.x && event.clientY === start.y)) return;
    onMove(at(event, start), true);
  };
  const at = (event: PointerEvent, start: NonNullable<typeof dragged.current>): SigningPlace =>
    placeOn(start.from.page, start.from.x + (event.clientX - start.x) / scale, start.from.y - (event.clientY - start.y) / scale, size);
  return (
    <button
      type="button"
      className={styles.grip}
      aria-label={t('signing.place.grip')}
      title={t('signing.place.move')}
      data-signing-grip
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        dragged.current = { x: event.clientX, y: event.clientY, from: here };
      }}
      onPointerMove={(event) => {
        if (dragged.current !== null) onMove(at(event, dragged.current), false);
      }}
      onPointerUp={drop}
    />
  );
}

/** Tells that a page stands drawn before the person; shows nothing. */
export function DrawnPage({ page, size, onDrawn }: { readonly page: number; readonly size: PageSize; readonly onDrawn: (page: number, size: PageSize) => void }): ReactNode {
  useEffect(() => {
    onDrawn(page, size);
  }, [page, size, onDrawn]);
  return null;
}
