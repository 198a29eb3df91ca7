import { useState, type ReactNode } from 'react';
import { makeStyles } from '@fluentui/react-components';
import type { IncomingDetail } from '#contract';
import { useAsk } from '../../../bridge/methods.ts';
import { Unanswered } from '../../../bridge/Unanswered.tsx';
import { layout } from '../../../foundations/layout.ts';
import { oldRegisterWords } from '../../../i18n/old-register-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { LiveRegion } from '../../../ui/LiveRegion.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { useShortcut } from '../../../ui/shortcuts.ts';
import { SplitPane } from '../../../ui/SplitPane.tsx';
import { Tabs } from '../../../ui/Tabs.tsx';
import { useRememberedNumber } from '../../../ui/use-remembered.ts';
import { useWindowWidth } from '../../../ui/use-window-width.ts';
import { Waiting } from '../../../ui/Waiting.tsx';
import { ActBar, DirectionForm, HandlingRecord, PrintCopyButton, stampOverlay, Stepper, useHandling } from '../../handling/index.ts';
import { DossierLine } from '../../dossiers/index.ts';
import { FilePane } from '../../files/index.ts';
import { VerdictBox, type PointedPlace } from '../../verification/index.ts';
import { Deviations, StoredDuplicates, StrangeParties } from '../../intake/index.ts';
import { ChangeHistory } from '../parts/ChangeHistory.tsx';
import { ClosedNotice, ReplacesNotice } from '../parts/ClosedNotice.tsx';
import { DocumentFields } from '../parts/DocumentFields.tsx';
import { DocumentHeading } from '../parts/DocumentHeading.tsx';
import { ChangeNotice } from './ChangeNotice.tsx';
import { RegisterAct } from './RegisterAct.tsx';
import { Trace } from './Trace.tsx';

const useStyles = makeStyles({
  column: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 },
  scroll: { flexGrow: 1, minHeight: 0, overflowY: 'auto', outlineOffset: '-2px' },
  part: { padding: '0 16px' },
  stack: { display: 'flex', flexDirection: 'column', gap: '10px', padding: '12px 16px 8px' },
  tabBody: { padding: '10px 16px 16px' },
  fileBody: { flexGrow: 1, minHeight: 0 },
  note: { padding: '12px 16px' },
});

type TabName = 'fields' | 'handling' | 'file' | 'trace';
const all: readonly TabName[] = ['fields', 'handling', 'file', 'trace'];
const besideFile: readonly TabName[] = ['fields', 'handling', 'trace'];

export type ReadingPaneProps = {
  readonly id: string;
  /** False while the choice has moved on: then nothing may be done to the document still shown. */
  readonly current: boolean;
  /** goes on to the document after this one in the list */
  readonly onNext: (id: string) => void;
};

/** The chosen document: what it is, where it stands, what to do next, its data and its file. */
export function ReadingPane({ id, current, onNext }: ReadingPaneProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const detail = useAsk('records', 'incomingGet', { id }, { keepFormer: true });
  if (detail.isError) {
    return (
      <div className={styles.note}>
        <Unanswered error={detail.error} onAgain={() => void detail.refetch()} />
      </div>
    );
  }
  if (detail.data === undefined) return <Waiting label={t('common.loading')} lines={10} />;
  return <Reading document={detail.data} current={current && detail.data.id === id && !detail.isStale} onNext={onNext} />;
}

type ReadingProps = { readonly document: IncomingDetail; readonly current: boolean; readonly onNext: (id: string) => void };

function Reading({ document, current, onNext }: ReadingProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const width = useWindowWidth();
  const sideBySide = width >= layout.sideBySideFrom;
  const [dataWidth, setDataWidth] = useRememberedNumber('tvt.incoming.data', Math.round(width * 0.27));
  const [chosenTab, setTab] = useState<TabName>('fields');
  const [enlarged, setEnlarged] = useState(false);
  const [said, setSaid] = useState('');
  const [place, setPlace] = useState<PointedPlace | null>(null);
  const open = document.changeRequests.filter((one) => one.state === 'open');
  const stands = document.state !== 'refused' && document.state !== 'recalled' && document.state !== 'replaced';
  const handling = useHandling(document.id).data;
  // What waits for the word of whoever sits here has its form open: page and form are all a leader needs.
  const [wanted, setWanted] = useState<{ readonly id: string; readonly open: boolean; readonly times: number } | null>(null);
  const asked = wanted?.id === document.id ? wanted.open : document.state === 'presented' && (handling?.usual === 'direct' || handling?.usual === 'record-direction');
  const mayDirect = handling?.standing === document.state && handling.next.some((act) => act === 'direct' || act === 'record-direction');
  const formOpen = asked && mayDirect;
  const tab: TabName = sideBySide && chosenTab === 'file' ? 'fields' : chosenTab;
  const hasFile = document.files.length > 0 && !document.filesDestroyed;
  const toggle = (): void => {
    if (!sideBySide) setTab('file');
    setEnlarged((before) => !before);
  };
  useShortcut('F4', toggle, hasFile);
  useShortcut(
    'Escape',
    () => {
      setEnlarged(false);
    },
    enlarged,
  );

  const file = (
    <FilePane
      key={document.id}
      files={document.files}
      destroyed={document.filesDestroyed}
      {...(document.imported ? { none: t('legacy.noFile') } : document.source === 'paper' ? { none: t('file.none.paper') } : {})}
      enlarged={enlarged && hasFile}
      onEnlarge={toggle}
      overlay={stampOverlay}
      place={place}
      acts={(id) => (document.arrivalNumber === null ? null : <PrintCopyButton file={id} onDone={setSaid} />)}
    />
  );
  const data = (
    <section className={styles.column} aria-label={t('reading.label')}>
      {/* Focusable as a pane, so that the keyboard can scroll it. */}
      <div className={tab === 'file' ? undefined : styles.scroll} data-pane="reading" tabIndex={0} role="group" aria-label={t('reading.label')}>
        <div className={styles.stack}>
          {open.map((request) => (
            <ChangeNotice key={request.id} document={document} request={request} enabled={current} onDone={setSaid} />
          ))}
          <StrangeParties id={document.id} />
          {document.state === 'arrived' && <StoredDuplicates id={document.id} />}
          <DocumentHeading document={document} />
          <ClosedNotice document={document} />
          <ReplacesNotice document={document} />
          {document.importedFrom !== null && <Notice tone="info">{oldRegisterWords(t, document.importedFrom)}</Notice>}
          {/* What was done with it then is not known here. */}
          {stands && !(document.imported && document.state === 'done') && <Stepper document={document} />}
          {formOpen && handling !== undefined && (
            <DirectionForm
              key={document.id}
              handling={handling}
              enabled={current}
              focus={wanted?.id === document.id ? wanted.times : 0}
              onDone={(words, next) => {
                setSaid(words);
                setWanted(null);
                if (next) onNext(document.id);
              }}
              onClose={() => {
                setWanted({ id: document.id, open: false, times: 0 });
              }}
            />
          )}
          {document.arrivalNumber !== null && stands && (
            <DossierLine
              key={`dossier ${document.id}`}
              document={{ kind: 'incoming', id: document.id }}
              code={`${document.codeNumber}/${document.codeNotation}`}
              chosenAs={document.id}
              enabled={current}
              onDone={setSaid}
            />
          )}
          {!document.imported && !document.filesDestroyed && (
            <VerdictBox
              document={document.id}
              enabled={current}
              onPlace={(wantedPlace) => {
                setPlace({ ...wantedPlace });
                if (!sideBySide) setTab('file');
              }}
              onDone={setSaid}
            />
          )}
        </div>
        <Tabs
          label={t('reading.tabs')}
          chosen={tab}
          tabs={(sideBySide ? besideFile : all).map((name) => ({ name, words: t(`reading.tab.${name}`) }))}
          onChoose={setTab}
        />
        {tab !== 'file' && (
          <div className={styles.tabBody}>
            {tab === 'fields' ? (
              <>
                <DocumentFields document={document} />
                <ChangeHistory requests={document.changeRequests} />
                <Deviations id={document.id} />
              </>
            ) : tab === 'handling' ? (
              <HandlingRecord document={document} enabled={current} onDone={setSaid} />
            ) : (
              <Trace id={document.id} />
            )}
          </div>
        )}
      </div>
      {tab === 'file' && <div className={styles.fileBody}>{file}</div>}
      {document.state === 'arrived' ? (
        <RegisterAct key={document.id} document={document} enabled={current} onDone={setSaid} />
      ) : (
        <ActBar
          key={document.id}
          document={document}
          enabled={current}
          directing={formOpen}
          onDirect={() => {
            setWanted((before) => ({ id: document.id, open: true, times: (before?.times ?? 0) + 1 }));
          }}
          onLater={() => {
            setWanted({ id: document.id, open: false, times: 0 });
          }}
          onDone={setSaid}
        />
      )}
      <LiveRegion message={said} />
    </section>
  );
  if (!sideBySide) return data;
  return (
    <SplitPane
      id="incoming-data"
      label={t('reading.dataWidth')}
      size={dataWidth}
      min={300}
      max={Math.round(width * 0.42)}
      onSize={setDataWidth}
      first={data}
      second={file}
    />
  );
}
