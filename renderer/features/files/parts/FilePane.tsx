import { useState, type ReactNode } from 'react';
import { makeStyles, mergeClasses, Select, tokens } from '@fluentui/react-components';
import { Document24Regular, DocumentPdf20Regular } from '@fluentui/react-icons';
import type { FileRef } from '#contract';
import { layout } from '../../../foundations/layout.ts';
import type { Formatter } from '../../../i18n/formatter.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import type { PdfWords } from '../../../ui/pdf/PdfToolbar.tsx';
import type { PageOverlay } from '../../../ui/pdf/PdfPage.tsx';
import { PdfView, type PdfMark, type PdfPlace } from '../../../ui/pdf/PdfView.tsx';
import { sizeWords } from '../size-words.ts';
import { SaveLink } from './SaveLink.tsx';

const useStyles = makeStyles({
  pane: {
    display: 'flex',
    flexDirection: 'column',
    height: '100%',
    minHeight: 0,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  enlarged: {
    position: 'fixed',
    zIndex: 5,
    top: layout.topBar,
    bottom: layout.statusBar,
    left: layout.rail,
    right: 0,
    height: 'auto',
  },
  head: {
    display: 'flex',
    alignItems: 'center',
    gap: '6px',
    minHeight: '40px',
    padding: '0 12px',
    boxSizing: 'border-box',
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    flexShrink: 0,
    '& svg': { flexShrink: 0, color: tokens.colorNeutralForeground2 },
  },
  name: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', minWidth: 0 },
  size: { marginInlineStart: 'auto', color: tokens.colorNeutralForeground2, whiteSpace: 'nowrap', fontSize: tokens.fontSizeBase200 },
  select: { minWidth: 0, flexGrow: 1 },
  body: { flexGrow: 1, minHeight: 0 },
  names: { margin: 0, paddingInlineStart: '18px', textAlign: 'left', overflowWrap: 'anywhere' },
});

export type FilePaneProps = {
  readonly files: readonly FileRef[];
  /** the files of a recalled document are gone; their names stay */
  readonly destroyed?: boolean;
  /** what an empty place says here; a received document has words of its own */
  readonly none?: string;
  readonly enlarged: boolean;
  readonly onEnlarge: () => void;
  /** what is drawn over the pages of a PDF, by its file */
  readonly overlay?: (file: string) => PageOverlay;
  /** further acts on a PDF, beside saving */
  readonly acts?: (file: string) => ReactNode;
  /** places of the first file to point at */
  readonly marks?: readonly PdfMark[];
  /** a place of one of the files to show, its box in points */
  readonly place?: (PdfPlace & { readonly file: string }) | null;
  /** a place of the first file to bring into view */
  readonly bring?: PdfMark | undefined;
  /** pages are at first no larger than on paper */
  readonly paperSize?: boolean;
};

/** A document's files, one at a time. PDFs are shown; others can be saved. */
export function FilePane({ files, destroyed = false, none, enlarged, onEnlarge, overlay, acts, marks, place = null, bring, paperSize = false }: FilePaneProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const [chosen, setChosen] = useState<string | null>(null);
  const [shown, setShown] = useState(place);
  if (place !== shown) {
    setShown(place);
    if (place !== null) setChosen(place.file);
  }
  // An update puts other files in place of the one that was chosen.
  const file = files.find((one) => one.id === chosen) ?? files.find(isPdf) ?? files[0];
  if (destroyed) {
    return (
      <EmptyState icon={<Document24Regular />} title={t('file.destroyed.title')} text={t('file.destroyed.text')}>
        <ul className={styles.names}>
          {files.map((one) => (
            <li key={one.id}>{one.name}</li>
          ))}
        </ul>
      </EmptyState>
    );
  }
  if (file === undefined) {
    return (
      <EmptyState
        icon={<Document24Regular />}
        title={t('file.none.title')}
        text={none ?? t('file.none.text')}
      />
    );
  }
  return (
    <section className={mergeClasses(styles.pane, enlarged && styles.enlarged)} aria-label={t('file.label')}>
      <div className={styles.head}>
        <DocumentPdf20Regular aria-hidden="true" />
        {files.length > 1 ? (
          <Select
            className={styles.select}
            size="small"
            value={file.id}
            aria-label={t('file.choose', { count: files.length })}
            onChange={(_, { value }) => {
              setChosen(value);
            }}
          >
            {files.map((one, index) => (
              <option key={one.id} value={one.id}>
                {t('file.option', { place: index + 1, count: files.length, name: one.name })}
              </option>
            ))}
          </Select>
        ) : (
          <span className={styles.name} title={file.name}>
            {file.name}
          </span>
        )}
        <span className={styles.size}>{sizeWords(t, file.size)}</span>
        {isPdf(file) && acts?.(file.id)}
        <SaveLink id={file.id} name={file.name} words={null} />
      </div>
      <div className={styles.body}>
        {isPdf(file) ? (
          <PdfView
            url={`/files/${file.id}`}
            words={pdfWords(t)}
            enlarged={enlarged}
            onEnlarge={onEnlarge}
            overlay={overlay?.(file.id)}
            place={place?.file === file.id ? place : null}
            {...(marks === undefined || file.id !== files[0]?.id ? {} : { marks })}
            bring={file.id === files[0]?.id ? bring : undefined}
            paperSize={paperSize}
            renderFault={(fault) => (
              <EmptyState
                icon={<Document24Regular />}
                title={t('pdf.fault.title')}
                text={t(`pdf.fault.${fault}`)}
              />
            )}
          />
        ) : (
          <EmptyState
            icon={<Document24Regular />}
            title={t('file.other.title')}
            text={t('file.other.text', { name: file.name, size: sizeWords(t, file.size) })}
          >
            <SaveLink id={file.id} name={file.name} words={t('file.saveWords')} />
          </EmptyState>
        )}
      </div>
    </section>
  );
}

function isPdf(file: FileRef): boolean {
  return file.mediaType === 'application/pdf' || file.name.toLowerCase().endsWith('.pdf');
}

function pdfWords(t: Formatter): PdfWords {
  return {
    region: t('pdf.region'),
    page: t('pdf.page'),
    pageOf: (count) => t('pdf.pageOf', { count }),
    pageLabel: (number) => t('pdf.pageLabel', { number }),
    pageFault: t('pdf.pageFault'),
    zoomIn: t('pdf.zoomIn'),
    zoomOut: t('pdf.zoomOut'),
    fitWidth: t('pdf.fitWidth'),
    enlarge: t('pdf.enlarge'),
    reduce: t('pdf.reduce'),
    opening: t('pdf.opening'),
  };
}
