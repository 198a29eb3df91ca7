import type { ReactNode } from 'react';
import { makeStyles, tokens } from '@fluentui/react-components';
import { DocumentArrowRight24Regular } from '@fluentui/react-icons';
import { LifeTab, type StationStatus } from '#contract';
import { useMay } from '../../../bridge/session.ts';
import { adjustAddress, useAddress } from '../../../foundations/address.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { useDocumentKeys } from '../../../ui/document-keys.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { KeyHint } from '../../../ui/KeyHint.tsx';
import { useShortcut } from '../../../ui/shortcuts.ts';
import { SplitPane } from '../../../ui/SplitPane.tsx';
import { useRememberedNumber } from '../../../ui/use-remembered.ts';
import { useWindowWidth } from '../../../ui/use-window-width.ts';
import { useSettled } from '../../../ui/use-settled.ts';
import { anotherForm } from '../form/another-form.ts';
import { FormPane } from '../form/FormPane.tsx';
import { LifePane } from './LifePane.tsx';
import { OutgoingList } from './OutgoingList.tsx';

const useStyles = makeStyles({
  reading: { height: '100%', backgroundColor: tokens.colorNeutralBackground1 },
});

/** Văn bản đi: drafts and documents of ours on the left, by how far they are; the chosen one, or a form, on the right. */
export function OutgoingView({ status }: { readonly status: StationStatus }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const { params } = useAddress();
  const width = useWindowWidth();
  const [listWidth, setListWidth] = useRememberedNumber('tvt.outgoing.list', Math.round(width * 0.31));
  const tab = LifeTab.safeParse(params['tab']).data ?? 'draft';
  const chosenId = params['id'] ?? null;
  const shownId = useSettled(chosenId, 110);
  const editing = params['edit'] ?? null;
  // A form in which a new draft came to be stays the same form, with the hand in it, under the draft's id.
  const formKey = params['form'] ?? `${editing ?? ''} ${params['about'] ?? ''} ${params['nth'] ?? ''}`;
  useDocumentKeys(chosenId, editing === null);
  const mayDraft = useMay()('drafting', 'create');
  useShortcut(
    'Alt+N',
    () => {
      adjustAddress(anotherForm('new'));
    },
    mayDraft,
  );
  return (
    <SplitPane
      id="outgoing-list"
      label={t('incoming.listWidth')}
      size={listWidth}
      min={400}
      max={Math.round(width * 0.5)}
      onSize={setListWidth}
      first={
        <OutgoingList
          tab={tab}
          text={params['q'] ?? ''}
          chosenId={chosenId}
          editing={editing !== null}
          onOpen={() => {
            document.querySelector<HTMLElement>('[data-pane=reading]')?.focus();
          }}
        />
      }
      second={
        <div className={styles.reading}>
          {editing !== null ? (
            <FormPane key={formKey} formKey={formKey} what={editing} about={params['about'] ?? null} />
          ) : shownId === null ? (
            <EmptyState icon={<DocumentArrowRight24Regular />} title={t('reading.none.title')} text={t(mayDraft ? 'life.none.text' : 'reading.none.text')}>
              {mayDraft && <KeyHint keys="Alt+N" />}
            </EmptyState>
          ) : (
            <LifePane id={shownId} current={shownId === chosenId} agency={status.agency.name} />
          )}
        </div>
      }
    />
  );
}
