import { useState, type ReactNode } from 'react';
import { Button, makeStyles } from '@fluentui/react-components';
import type { IncomingDetail } from '#contract';
import { failureOf } from '../../../bridge/failure.ts';
import { useAsk } from '../../../bridge/methods.ts';
import { layout } from '../../../foundations/layout.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { LiveRegion } from '../../../ui/LiveRegion.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { useShortcut } from '../../../ui/shortcuts.ts';
import { SplitPane } from '../../../ui/SplitPane.tsx';
import { Tabs } from '../../../ui/Tabs.tsx';
import { useRememberedNumber } from '../../../ui/use-remembered.ts';
import { useWindowWidth } from '../../../ui/use-window-width.ts';
import { Waiting } from '../../../ui/Waiting.tsx';
import { FilePane } from '../../files/index.ts';
import { StoredDuplicates } from '../../intake/index.ts';
import { ChangeHistory } from '../parts/ChangeHistory.tsx';
import { ClosedNotice, ReplacesNotice } from '../parts/ClosedNotice.tsx';
import { Deviations, StrangeParties } from '../parts/Deviations.tsx';
import { DocumentFields } from '../parts/DocumentFields.tsx';
import { DocumentHeading } from '../parts/DocumentHeading.tsx';
import { SignatureLine } from '../parts/SignatureLine.tsx';
import { Steps } from '../parts/Steps.tsx';
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

type TabName = 'fields' | 'file' | 'trace';
const all: readonly TabName[] = ['fields', 'file', 'trace'];
const besideFile: readonly TabName[] = ['fields', 'trace'];

export type ReadingPaneProps = {
  readonly id: string;
  /** False while the choice has moved on: then nothing may be done to the document still shown. */
  readonly current: boolean;
};

/** The chosen document: what it is, where it stands, what to do next, its data and its file. */
export function ReadingPane({ id, current }: ReadingPaneProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const detail = useAsk('records', 'incomingGet', { id }, { keepFormer: true });
  if (detail.isError) {
    return (
      <div className={styles.note}>
        <Notice
          tone="attention"
          action={
            <Button size="small" onClick={() => void detail.refetch()}>
              {t('common.again')}
            </Button>
          }
        >
          {failureWords(t, failureOf(detail.error))}
        </Notice>
      </div>
    );
  }
  if (detail.data === undefined) return <Waiting label={t('common.loading')} lines={10} />;
  return <Reading document={detail.data} current={current && detail.data.id === id} />;
}

type ReadingProps = { readonly document: IncomingDetail; readonly current: boolean };

function Reading({ document, current }: ReadingProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const width = useWindowWidth();
  const sideBySide = width >= layout.sideBySideFrom;
  const [dataWidth, setDataWidth] = useRememberedNumber('tvt.incoming.data', Math.round(width * 0.27));
  const [chosenTab, setTab] = useState<TabName>('fields');
  const [enlarged, setEnlarged] = useState(false);
  const [said, setSaid] = useState('');
  const open = document.changeRequests.filter((one) => one.state === 'open');
  const stands = document.state === 'arrived' || document.state === 'registered';
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
      enlarged={enlarged && hasFile}
      onEnlarge={toggle}
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
          {stands && <Steps state={document.state} />}
          <SignatureLine />
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
            ) : (
              <Trace id={document.id} />
            )}
          </div>
        )}
      </div>
      {tab === 'file' && <div className={styles.fileBody}>{file}</div>}
      <RegisterAct key={document.id} document={document} enabled={current} onDone={setSaid} />
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
