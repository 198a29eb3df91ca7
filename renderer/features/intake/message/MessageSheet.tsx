import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { MailInbox20Regular } from '@fluentui/react-icons';
import type { MessageFile } from '#contract';
import { failureOf, type AnyFailure } from '../../../bridge/failure.ts';
import { reloadIncoming } from '../../../bridge/incoming-cache.ts';
import { methodKey, useAsk, useCommand } from '../../../bridge/methods.ts';
import { formatAddress, goTo } from '../../../foundations/address.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { AddressLink } from '../../../ui/AddressLink.tsx';
import { KeyHint } from '../../../ui/KeyHint.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { useShortcut } from '../../../ui/shortcuts.ts';
import { LooseVerdicts, type PointedPlace } from '../../verification/index.ts';
import { DeviationList, PartyNotices } from '../parts/Deviations.tsx';
import { DuplicateList } from '../parts/DuplicateList.tsx';
import { MessageFields } from './MessageFields.tsx';

const useStyles = makeStyles({
  column: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 },
  scroll: { flexGrow: 1, minHeight: 0, overflowY: 'auto', padding: '10px 16px', display: 'flex', flexDirection: 'column', gap: '10px', outlineOffset: '-2px' },
  title: { margin: 0, fontSize: tokens.fontSizeBase500, lineHeight: tokens.lineHeightBase500, fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere' },
  kind: { margin: 0, color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200 },
  subject: { margin: 0, textWrap: 'pretty', overflowWrap: 'anywhere' },
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '8px',
    padding: '10px 16px',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground2,
    flexShrink: 0,
  },
});

export type MessageSheetProps = {
  readonly message: MessageFile;
  /** shows a place in the files' pane */
  readonly onPlace: (place: PointedPlace) => void;
  readonly onPutAway: () => void;
};

/** What a message in a file is, whether its document is here already, and what to do with it. */
export function MessageSheet({ message, onPlace, onPutAway }: MessageSheetProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const cache = useQueryClient();
  const enter = useCommand('messageFiles', 'enter');
  const [failure, setFailure] = useState<AnyFailure>();
  const [warned, setWarned] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const { kind, obstacle, duplicates, ours, missing } = message;
  const known = duplicates.length > 0 || ours.length > 0;

  // Opened by a double click in another program: the keys work here at once.
  useEffect(() => {
    box.current?.focus();
  }, []);

  const take = (): void => {
    if (obstacle !== null || enter.pending || enter.barred !== undefined) return;
    setFailure(undefined);
    if (known && !warned) {
      setWarned(true);
      return;
    }
    void enter.run({ id: message.file.id }).then((outcome) => {
      if (!outcome.ok) {
        setFailure(outcome.failure);
        return;
      }
      void reloadIncoming(cache);
      void cache.invalidateQueries({ queryKey: methodKey('intake', 'files') });
      goTo('incoming', { id: outcome.value.document });
    });
  };
  useShortcut('F8', (event) => {
    if (!event.repeat) take();
  });
  useShortcut('Alt+Delete', onPutAway);

  const heading = [message.codeNumber, message.codeNotation].filter((part) => part !== '').join('/');
  return (
    <section className={styles.column} aria-label={t('messageFile.label')}>
      <div className={styles.scroll} ref={box} tabIndex={-1} data-pane="form">
        <div>
          <p className={styles.kind}>{t(`messageFile.kind.${kind}`)}</p>
          <h2 className={styles.title}>{heading === '' ? t('duplicate.noCode') : heading}</h2>
          <p className={styles.subject}>{message.subject}</p>
        </div>
        {obstacle === 'message-no-document' && <Notice tone="attention">{t(`messageFile.only.${kind === 'recall' || kind === 'update' ? kind : 'status'}`)}</Notice>}
        {obstacle === 'message-incomplete' && <Notice tone="attention">{t('messageFile.missing', { count: missing.length, names: missing.slice(0, 10).join(', ') })}</Notice>}
        {kind === 'replacement' && <Notice tone="info">{t('messageFile.replaces')}</Notice>}
        {obstacle === null && <Notice tone="info">{t('messageFile.unvouched')}</Notice>}
        <PartyNotices found={message.deviations} />
        {warned && <Notice tone="attention" live>{t('duplicate.again')}</Notice>}
        <DuplicateList found={duplicates} />
        <OursNotice ours={ours} />
        {failure !== undefined && <Notice tone="attention" live>{failureWords(t, failure)}</Notice>}
        <Verdicts message={message} onPlace={onPlace} />
        <MessageFields message={message} />
        <DeviationList found={message.deviations} />
      </div>
      <div className={styles.bar} role="group" aria-label={t('messageFile.acts')}>
        {obstacle === null && (
          <Button appearance="primary" icon={<MailInbox20Regular />} aria-keyshortcuts="F8" disabledFocusable={enter.pending || enter.barred !== undefined} onClick={take}>
            {t('messageFile.enter')}
            <KeyHint keys="F8" onPrimary />
          </Button>
        )}
        <Button appearance={obstacle === null ? 'subtle' : 'secondary'} aria-keyshortcuts="Alt+Delete" onClick={onPutAway}>
          {t('messageFile.putAway')}&nbsp;
          <KeyHint keys="Alt+Delete" />
        </Button>
      </div>
    </section>
  );
}

/** Documents of our own that a message brings back. */
function OursNotice({ ours }: Pick<MessageFile, 'ours'>): ReactNode {
  const t = useWords();
  return ours.slice(0, 5).map(({ id, code }) => (
    <Notice key={id} tone="attention">
      {t('messageFile.ours')}{' '}
      <AddressLink
        href={formatAddress('outgoing', { id })}
        onGo={() => {
          goTo('outgoing', { id });
        }}
      >
        {code}
      </AddressLink>
    </Notice>
  ));
}

/** What is believed of the signatures in the attachments, looked at when the message is shown. */
function Verdicts({ message, onPlace }: Pick<MessageSheetProps, 'message' | 'onPlace'>): ReactNode {
  const t = useWords();
  const found = useAsk('messageFiles', 'verdicts', { id: message.file.id }, { enabled: message.files.length > 0 });
  if (message.files.length === 0) return null;
  if (found.isError) return <Notice tone="attention">{failureWords(t, failureOf(found.error))}</Notice>;
  if (found.data === undefined) return <Notice tone="info">{t('messageFile.checking')}</Notice>;
  return <LooseVerdicts files={found.data} onPlace={onPlace} />;
}
