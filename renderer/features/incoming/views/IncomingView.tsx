import { useCallback, useRef, type ReactNode } from 'react';
import { makeStyles, tokens } from '@fluentui/react-components';
import { DocumentText24Regular } from '@fluentui/react-icons';
import { IncomingState, type StationStatus } from '#contract';
import { useLeader } from '../../../bridge/session.ts';
import { adjustAddress, useAddress } from '../../../foundations/address.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { useDocumentKeys } from '../../../ui/document-keys.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { SplitPane } from '../../../ui/SplitPane.tsx';
import { useRememberedNumber } from '../../../ui/use-remembered.ts';
import { useWindowWidth } from '../../../ui/use-window-width.ts';
import { useSettled } from '../../../ui/use-settled.ts';
import { IncomingList } from './IncomingList.tsx';
import { ReadingPane } from './ReadingPane.tsx';

const useStyles = makeStyles({
  reading: { height: '100%', backgroundColor: tokens.colorNeutralBackground1 },
});

export type IncomingViewProps = { readonly status: StationStatus };

/** Văn bản đến: the list on the left, the chosen document on the right. */
export function IncomingView({ status }: IncomingViewProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const { params } = useAddress();
  const width = useWindowWidth();
  const [listWidth, setListWidth] = useRememberedNumber('tvt.incoming.list', Math.round(width * 0.31));
  const state = IncomingState.safeParse(params['state']).data ?? null;
  const leader = useLeader();
  // A leader's part of the list; somebody who is also the clerk has all of it first.
  const mine = state !== 'presented' || leader === null ? null : params['of'] === undefined ? leader.first : params['of'] === 'mine';
  const chosenId = params['id'] ?? null;
  const shownId = useSettled(chosenId, 110);
  useDocumentKeys(chosenId);
  const listed = useRef<readonly string[]>([]);
  const onRows = useCallback((ids: readonly string[]) => {
    listed.current = ids;
  }, []);
  const goOn = (from: string): void => {
    const next = listed.current[listed.current.indexOf(from) + 1];
    if (next !== undefined) adjustAddress({ id: next });
  };
  return (
    <SplitPane
      id="incoming-list"
      label={t('incoming.listWidth')}
      size={listWidth}
      min={400}
      max={Math.round(width * 0.5)}
      onSize={setListWidth}
      first={
        <IncomingList
          status={status}
          state={state}
          due={params['due'] === 'overdue' || params['due'] === 'soon' ? params['due'] : null}
          text={params['q'] ?? ''}
          mine={mine}
          asked={params['asked'] === 'yes'}
          chosenId={chosenId}
          onRows={onRows}
          onOpen={() => {
            document.querySelector<HTMLElement>('[data-pane=reading]')?.focus();
          }}
        />
      }
      second={
        <div className={styles.reading}>
          {shownId === null ? (
            <EmptyState
              icon={<DocumentText24Regular />}
              title={t('reading.none.title')}
              text={t('reading.none.text')}
            />
          ) : (
            <ReadingPane id={shownId} current={shownId === chosenId} onNext={goOn} />
          )}
        </div>
      }
    />
  );
}
