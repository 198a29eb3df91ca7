import { useEffect, useRef, useState, type ReactNode } from 'react';
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { own } from '../../foundations/theme.ts';
import { useWords } from '../../i18n/use-words.ts';
import { ModalDialog } from '../../ui/ModalDialog.tsx';
import { comparePlace, type Comparison, type Picture } from '../../ui/pdf/compare.ts';
import type { PageBox } from '../../ui/pdf/PdfPage.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import type { ComparedPlace } from './places.ts';
import { changeWords } from './verdict-words.tsx';

const useStyles = makeStyles({
  text: { margin: 0, textWrap: 'pretty' },
  pictures: { display: 'grid', gap: '14px', gridTemplateColumns: 'repeat(auto-fit, minmax(min(360px, 100%), 1fr))', alignItems: 'start' },
  // One at a time and at the same place, so that what differs jumps to the eye.
  alone: { gridTemplateColumns: 'minmax(0, 820px)', justifyContent: 'start' },
  figure: { margin: 0, minWidth: 0 },
  caption: { marginBottom: '4px', fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
  label: { fontSize: tokens.fontSizeBase400, fontWeight: tokens.fontWeightSemibold, color: tokens.colorNeutralForeground1, marginInlineEnd: '8px' },
  paper: { position: 'relative', backgroundColor: own.tvtPaper, outline: `1px solid ${tokens.colorNeutralStroke1}`, '& canvas': { display: 'block', width: '100%', height: 'auto' } },
  fault: { margin: 0, padding: '20px', backgroundColor: tokens.colorNeutralBackground3, textWrap: 'pretty' },
  mark: { position: 'absolute', boxSizing: 'border-box', pointerEvents: 'none', borderRadius: '2px' },
  frame: { border: `2px solid ${own.tvtMark}` },
  differing: { border: `2px dashed ${own.tvtPreview}` },
});

const views = ['both', 'before', 'now'] as const;
type View = (typeof views)[number];
const sides = ['before', 'now'] as const;
type Side = (typeof sides)[number];

export type CompareDialogProps = { readonly compared: ComparedPlace | null; readonly onClose: () => void };

/** A place that was changed after the file was signed: as it was then and as it is now, beside each other or one for the other. */
export function CompareDialog({ compared, onClose }: CompareDialogProps): ReactNode {
  const t = useWords();
  return (
    <ModalDialog open={compared !== null} title={compared === null ? '' : t('verdict.compare.title', { page: compared.place.page })} closeLabel={t('common.close')} wide onClose={onClose}>
      {compared !== null && <Compared of={compared} />}
    </ModalDialog>
  );
}

function Compared({ of }: { readonly of: ComparedPlace }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const [view, setView] = useState<View>('both');
  const comparison = useComparison(of);
  const revisions = { before: of.signed.revision, now: of.revisions };
  return (
    <>
      <p className={styles.text}>{changeWords(t, of.change.code)}</p>
      <Tabs label={t('verdict.compare.views')} tabs={views.map((name) => ({ name, words: t(`verdict.compare.view.${name}`) }))} chosen={view} onChoose={setView} />
      {comparison === null ? (
        <Waiting label={t('verdict.compare.drawing')} lines={8} />
      ) : (
        <>
          <div className={mergeClasses(styles.pictures, view !== 'both' && styles.alone)}>
            {sides
              .filter((side) => view === 'both' || view === side)
              .map((side) => (
                <figure key={side} className={styles.figure} data-compared={side}>
                  <figcaption className={styles.caption}>
                    <span className={styles.label}>{t(`verdict.compare.view.${side}`)}</span>
                    {t(`verdict.compare.of.${side}`, { revision: revisions[side] })}
                  </figcaption>
                  <Paper side={side} picture={comparison[side]} differing={comparison.differing ?? []} page={of.place.page} />
                </figure>
              ))}
          </div>
          <p className={styles.text} role="status">
            {legend(t, comparison)}
          </p>
        </>
      )}
    </>
  );
}

function legend(t: ReturnType<typeof useWords>, { before, now, differing }: Comparison): string {
  if (before.state === 'failed' || now.state === 'failed') return '';
  if (differing === null) return t('verdict.compare.apart');
  return differing.length === 0 ? t('verdict.compare.same') : t('verdict.compare.differs', { count: differing.length });
}

type PaperProps = { readonly side: Side; readonly picture: Picture; readonly differing: readonly PageBox[]; readonly page: number };

function Paper({ side, picture, differing, page }: PaperProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const holder = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (picture.state === 'drawn') holder.current?.replaceChildren(picture.canvas);
  }, [picture]);
  if (picture.state === 'failed') return <p className={styles.fault}>{t(`verdict.compare.fault.${picture.fault}`, { page })}</p>;
  return (
    <div className={styles.paper} style={inSight(picture)} role="img" aria-label={t(`verdict.compare.picture.${side}`, { page })}>
      <div ref={holder} />
      {differing.map((box, at) => (
        <div key={at} className={mergeClasses(styles.mark, styles.differing)} style={placed(box, 2)} data-differing />
      ))}
      {picture.frame !== null && <div className={mergeClasses(styles.mark, styles.frame)} style={placed(picture.frame, 4)} data-frame />}
    </div>
  );
}

/** A place is seen whole without scrolling, with all that stands above and below; a whole page stays as wide as can be, to be read. */
function inSight({ canvas, frame }: Extract<Picture, { state: 'drawn' }>): { readonly maxWidth?: string } {
  return frame === null ? {} : { maxWidth: `max(240px, calc((100vh - 350px) * ${String(canvas.width / canvas.height)}))` };
}

/** `room`: pixels between a mark and what it is round. */
function placed([left, top, right, bottom]: PageBox, room: number): { readonly left: string; readonly top: string; readonly width: string; readonly height: string } {
  const [before, both] = [`${String(room)}px`, `${String(2 * room)}px`];
  return { left: `calc(${String(left * 100)}% - ${before})`, top: `calc(${String(top * 100)}% - ${before})`, width: `calc(${String((right - left) * 100)}% + ${both})`, height: `calc(${String((bottom - top) * 100)}% + ${both})` };
}

/** Both pictures; null while they are drawn, which ends with the dialog. */
function useComparison({ file, place, signed }: ComparedPlace): Comparison | null {
  const [known, setKnown] = useState<Comparison | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    void comparePlace({ url: `/files/${file.id}`, place, lengths: { before: signed.length, now: file.size }, signal: stop.signal }).then((comparison) => {
      if (!stop.signal.aborted) setKnown(comparison);
    });
    return () => {
      stop.abort();
    };
  }, [file, place, signed]);
  return known;
}
