import type { ReactNode } from 'react';
import { DocumentText24Regular } from '@fluentui/react-icons';
import { useWords } from '../../../i18n/use-words.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { SplitPane } from '../../../ui/SplitPane.tsx';
import { useRememberedNumber } from '../../../ui/use-remembered.ts';
import { useWindowWidth } from '../../../ui/use-window-width.ts';
import { SentDocument } from './SentDocument.tsx';
import { SentList } from './SentList.tsx';

export type SentViewProps = {
  readonly documentId: string | null;
  /** only documents with a recipient that asks for attention */
  readonly alarms: boolean;
  readonly text: string;
};

/** Theo dõi nơi nhận: our sent documents on the left, the recipients of the chosen one on the right. */
export function SentView({ documentId, alarms, text }: SentViewProps): ReactNode {
  const t = useWords();
  const width = useWindowWidth();
  const [listWidth, setListWidth] = useRememberedNumber('tvt.sent.list', Math.round(width * 0.25));
  return (
    <SplitPane
      id="sent-list"
      label={t('incoming.listWidth')}
      size={listWidth}
      min={300}
      max={Math.round(width * 0.4)}
      onSize={setListWidth}
      first={<SentList chosenId={documentId} alarms={alarms} text={text} />}
      second={
        documentId === null ? (
          <EmptyState icon={<DocumentText24Regular />} title={t('sent.none.title')} text={t('sent.none.text')} />
        ) : (
          <SentDocument key={documentId} id={documentId} />
        )
      }
    />
  );
}
