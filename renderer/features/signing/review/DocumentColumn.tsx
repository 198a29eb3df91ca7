import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { ArrowMove20Regular, ArrowReset20Regular, Checkmark20Regular, DocumentAdd20Regular, SubtractCircle20Regular } from '@fluentui/react-icons';
import type { SigningPlace } from '#contract';
import { useWords } from '../../../i18n/use-words.ts';
import { KeyHint } from '../../../ui/KeyHint.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import type { PageOverlay } from '../../../ui/pdf/PdfPage.tsx';
import type { PageSize } from '../../../ui/pdf/use-pdf.ts';
import { useShortcut } from '../../../ui/shortcuts.ts';
import { FilePane } from '../../files/index.ts';
import { causeWords, sourceOf, titleOf } from '../parts/signing-words.ts';
import { movableOf, placeOn, shiftOf } from './place.ts';
import { DrawnPage, PreviewLayer } from './PreviewLayer.tsx';
import type { ReviewDocument } from './use-review.ts';

/** A document that is gone past is not one that was looked at. */
const lookMs = 700;

const useStyles = makeStyles({
  column: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 },
  head: { display: 'flex', flexDirection: 'column', gap: '6px', padding: '8px 16px', borderBottom: `1px solid ${tokens.colorNeutralStroke2}`, flexShrink: 0 },
  line: { display: 'flex', gap: '4px 12px', alignItems: 'baseline', flexWrap: 'wrap' },
  title: { margin: 0, fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400, fontWeight: tokens.fontWeightSemibold },
  less: { margin: 0, color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  subject: { margin: 0, overflowWrap: 'anywhere', textWrap: 'pretty' },
  acts: { display: 'flex', gap: '8px', flexWrap: 'wrap', alignItems: 'center' },
  file: { flexGrow: 1, minHeight: 0 },
});

/** What the hand does: reads, puts the picture elsewhere, or reads with the page over the whole window. */
export type ColumnMode = 'reading' | 'aiming' | 'enlarged';

export type DocumentColumnProps = {
  readonly document: ReviewDocument;
  readonly mode: ColumnMode;
  readonly onMode: (mode: ColumnMode) => void;
  readonly onOpened: () => void;
  /** seen, and on to the next that was not */
  readonly onNext: () => void;
  readonly onLeave: (out: boolean) => void;
  readonly onPut: (place: SigningPlace | null) => void;
};

/** One document of the round: its page with what the signature will show, and what may be decided about it. */
export function DocumentColumn({ document: { item, state, placed, pictures }, mode, onMode, onOpened, onNext, onLeave, onPut }: DocumentColumnProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const aiming = mode === 'aiming';
  const [moving, setMoving] = useState<SigningPlace | null>(null);
  const [drawn, setDrawn] = useState(false);
  const column = useRef<HTMLDivElement>(null);
  const sizes = useRef(new Map<number, PageSize>());
  const movable = movableOf(item);
  const out = state === 'left';

  const onDrawn = useCallback((page: number, size: PageSize) => {
    sizes.current.set(page, size);
    setDrawn(true);
  }, []);
  const opens = drawn && state === 'waiting';
  useEffect(() => {
    if (!opens) return undefined;
    const timer = setTimeout(onOpened, lookMs);
    return () => {
      clearTimeout(timer);
    };
  }, [opens, onOpened]);

  const toggle = (): void => {
    onMode(mode === 'enlarged' ? 'reading' : 'enlarged');
  };
  const aim = (): void => {
    if (!item.mayPoint || out) return;
    // Somewhere to begin from, where nothing was found: the middle of the page that is before the eyes.
    if (movable === undefined) {
      const place = middleOfView(column.current, sizes.current);
      if (place !== undefined) onPut(place);
    }
    onMode('aiming');
  };
  const gripIsThere = aiming && movable !== undefined;
  useEffect(() => {
    if (gripIsThere) column.current?.querySelector<HTMLElement>('[data-signing-grip]')?.focus({ preventScroll: true });
  }, [gripIsThere]);
  const still = (): void => {
    onMode('reading');
  };
  useShortcut('F4', toggle);
  useShortcut('F2', aim, item.mayPoint);

  const shift = movable === undefined ? { x: 0, y: 0 } : shiftOf(movable, placed, moving);
  const overlay = (file: string): PageOverlay =>
    function layer({ number, scale, size, canvas }) {
      return (
        <>
          {canvas !== null && <DrawnPage page={number} size={size} onDrawn={onDrawn} />}
          <PreviewLayer
            page={number}
            scale={scale}
            size={size}
            previews={out ? [] : item.previews.filter((one) => one.file === file && one.page === number)}
            pictures={pictures}
            movable={movable}
            shift={shift}
            aiming={aiming && file === item.file?.id}
            onMove={(place, rests) => {
              // At once, so that the next of two quick keys goes on from here.
              setMoving(place);
              if (rests) onPut(place);
            }}
            onAimed={(place) => {
              setMoving(null);
              onPut(place);
              still();
            }}
          />
        </>
      );
    };
  const shown = movable ?? item.previews.findLast(({ file }) => file === item.file?.id);
  const size = shown === undefined ? undefined : (sizes.current.get(shown.page) ?? a4);
  // The same object as long as it is the same place: a new one would scroll the page under the hand.
  const bring = useBring(item.id, shown?.page, shown === undefined || size === undefined ? undefined : [shown.shown.left / size.width, 1 - (shown.shown.bottom + shown.shown.height) / size.height, (shown.shown.left + shown.shown.width) / size.width, 1 - shown.shown.bottom / size.height]);
  return (
    <section ref={column} className={styles.column} aria-label={titleOf(t, item)}>
      <div className={styles.head}>
        <div className={styles.line}>
          <h2 className={styles.title}>{titleOf(t, item)}</h2>
          <p className={styles.less}>{sourceOf(t, item)}</p>
        </div>
        <p className={styles.subject}>{item.subject}</p>
        <Notices document={{ item, state, placed, pictures }} aiming={aiming} />
        <div className={styles.acts} role="group" aria-label={t('signing.acts')}>
          {state !== 'refused' && !out && (
            <Button size="small" icon={<Checkmark20Regular />} aria-keyshortcuts="Space" onClick={onNext}>
              {t('signing.seen')}
              <KeyHint keys="Space" inButton />
            </Button>
          )}
          {item.mayPoint && !out && (
            <Button size="small" icon={<ArrowMove20Regular />} aria-pressed={aiming} aria-keyshortcuts="F2" onClick={aiming ? still : aim}>
              {t('signing.place.elsewhere')}
              <KeyHint keys="F2" inButton />
            </Button>
          )}
          {placed !== undefined && !out && (
            <Button
              size="small"
              icon={<ArrowReset20Regular />}
              onClick={() => {
                setMoving(null);
                onPut(null);
              }}
            >
              {t('signing.place.reset')}
            </Button>
          )}
          <Button
            size="small"
            icon={out ? <DocumentAdd20Regular /> : <SubtractCircle20Regular />}
            aria-keyshortcuts="Delete"
            onClick={() => {
              onLeave(!out);
            }}
          >
            {t(out ? 'signing.takeIn' : 'signing.leaveOut')}
            <KeyHint keys="Delete" inButton />
          </Button>
        </div>
      </div>
      <div className={styles.file}>
        <FilePane
          files={item.file === null ? [] : [item.file, ...item.attachments, ...item.unsigned]}
          none={t('draft.noFile')}
          enlarged={mode === 'enlarged'}
          onEnlarge={toggle}
          overlay={overlay}
          bring={bring}
          paperSize
        />
      </div>
    </section>
  );
}

const a4: PageSize = { width: 595, height: 842 };

type Fractions = readonly [number, number, number, number];

function useBring(item: string, page: number | undefined, box: Fractions | undefined): { readonly page: number; readonly box: Fractions } | undefined {
  const [bring, setBring] = useState<{ readonly item: string; readonly mark: { readonly page: number; readonly box: Fractions } }>();
  const known = bring?.item === item && bring.mark.page === page;
  if (!known && page !== undefined && box !== undefined) setBring({ item, mark: { page, box } });
  return known ? bring.mark : undefined;
}

/** What must be known of a document before it is signed: a refusal, an unsure place, that it is left out. */
function Notices({ document: { item, state }, aiming }: { readonly document: ReviewDocument; readonly aiming: boolean }): ReactNode {
  const t = useWords();
  const unsure = item.previews.some(({ confidence }) => confidence === 'doubtful');
  if (state === 'left') return <Notice tone="info">{t('signing.leftMeaning')}</Notice>;
  return (
    <>
      {state === 'refused' && item.refusal !== null && (
        <Notice tone="attention" live>
          {causeWords(t, item.refusal)} {item.mayPoint && t('signing.place.helps')}
        </Notice>
      )}
      {state !== 'refused' && unsure && <Notice tone="attention">{t('signing.place.doubtful')}</Notice>}
      {item.signatures > 1 && <Notice tone="info">{t('signing.several', { count: item.signatures })}</Notice>}
      {item.unsigned.length > 0 && <Notice tone="attention">{t('signing.unsigned', { names: item.unsigned.map(({ name }) => name).join(', ') })}</Notice>}
      {aiming && (
        <Notice tone="info" live>
          {t('signing.place.how')}
        </Notice>
      )}
    </>
  );
}

/** The middle of the drawn page that stands in the middle of the view. */
function middleOfView(column: HTMLElement | null, sizes: ReadonlyMap<number, PageSize>): SigningPlace | undefined {
  const view = column?.querySelector('[data-pane=file]')?.getBoundingClientRect();
  if (column === null || view === undefined) return undefined;
  const middle = (view.top + view.bottom) / 2;
  const pages = [...column.querySelectorAll<HTMLElement>('[data-pdf-page]')];
  const page = pages.find((one) => one.getBoundingClientRect().bottom >= middle) ?? pages.at(-1);
  const number = Number(page?.dataset['pdfPage']);
  const size = sizes.get(number);
  return size === undefined ? undefined : placeOn(number, size.width / 2, size.height / 2, size);
}
