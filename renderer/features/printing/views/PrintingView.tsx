import { useState, type ReactNode } from 'react';
import { makeStyles } from '@fluentui/react-components';
import { Print24Regular } from '@fluentui/react-icons';
import { failureOf } from '../../../bridge/failure.ts';
import { useAsk } from '../../../bridge/methods.ts';
import { adjustAddress, useAddress } from '../../../foundations/address.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { SplitPane } from '../../../ui/SplitPane.tsx';
import { Tabs } from '../../../ui/Tabs.tsx';
import { useRememberedNumber } from '../../../ui/use-remembered.ts';
import { useWindowWidth } from '../../../ui/use-window-width.ts';
import { FilePane } from '../../files/index.ts';
import { BookForm } from './BookForm.tsx';
import { PrintedList } from './PrintedList.tsx';
import { ReportForm } from './ReportForm.tsx';

const tabs = ['book', 'report', 'printed'] as const;

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 },
  body: { flexGrow: 1, minHeight: 0 },
  side: { height: '100%', overflowY: 'auto', padding: '14px 16px', boxSizing: 'border-box', outlineOffset: '-2px' },
  note: { padding: '12px 16px' },
});

/** In sổ, báo cáo: registers as books, reports, and what was printed before; at the right the print itself. */
export function PrintingView(): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const { params } = useAddress();
  const width = useWindowWidth();
  const [size, setSize] = useRememberedNumber('tvt.printing.form', 420);
  const tab = tabs.find((one) => one === params['tab']) ?? 'book';
  const file = params['file'] ?? null;
  return (
    <div className={styles.page}>
      <Tabs
        label={t('printing.tabs')}
        ofList
        chosen={tab}
        tabs={tabs.map((name) => ({ name, words: t(`printing.tab.${name}`) }))}
        onChoose={(name) => {
          adjustAddress({ tab: name });
        }}
      />
      <div className={styles.body}>
        <SplitPane
          id="printing-form"
          label={t('printing.formWidth')}
          size={size}
          min={340}
          max={Math.round(width * 0.5)}
          onSize={setSize}
          first={
            <div className={styles.side} tabIndex={0} role="region" aria-label={t(`printing.tab.${tab}`)} data-pane="list">
              {tab === 'book' ? <BookForm /> : tab === 'report' ? <ReportForm /> : <PrintedList chosen={file} />}
            </div>
          }
          second={file === null ? <NothingChosen /> : <Preview id={file} />}
        />
      </div>
    </div>
  );
}

function NothingChosen(): ReactNode {
  const t = useWords();
  return <EmptyState icon={<Print24Regular />} title={t('printing.empty.title')} text={t('printing.empty.text')} />;
}

function Preview({ id }: { readonly id: string }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const print = useAsk('printing', 'printedGet', { id });
  const [enlarged, setEnlarged] = useState(false);
  if (print.isError) {
    return (
      <div className={styles.note}>
        <Notice tone="attention">{failureWords(t, failureOf(print.error))}</Notice>
      </div>
    );
  }
  if (print.data === undefined) return null;
  const { kind: _kind, madeAt: _madeAt, madeBy: _madeBy, ...file } = print.data;
  return (
    <FilePane
      key={id}
      files={[file]}
      enlarged={enlarged}
      onEnlarge={() => {
        setEnlarged((before) => !before);
      }}
    />
  );
}
