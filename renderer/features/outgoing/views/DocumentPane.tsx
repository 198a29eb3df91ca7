import { useState, type ReactNode } from 'react';
import { Button } from '@fluentui/react-components';
import { ArrowUndo20Regular, Prohibited20Regular, Send20Regular } from '@fluentui/react-icons';
import type { OutgoingDetail } from '#contract';
import { failureOf } from '../../../bridge/failure.ts';
import { useAsk, useCommand } from '../../../bridge/methods.ts';
import { useRefreshLife } from '../../../bridge/outgoing-cache.ts';
import { useMay } from '../../../bridge/session.ts';
import { adjustAddress, formatAddress, goTo } from '../../../foundations/address.ts';
import { calendarDay, momentOf } from '../../../i18n/dates.ts';
import { oldRegisterWords } from '../../../i18n/old-register-words.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { AddressLink } from '../../../ui/AddressLink.tsx';
import { useDocumentKey } from '../../../ui/document-keys.ts';
import { FieldLines } from '../../../ui/FieldLines.tsx';
import { KeyHint } from '../../../ui/KeyHint.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { DossierLine } from '../../dossiers/index.ts';
import { Trace } from '../../incoming/index.ts';
import { VerdictBox, type PointedPlace } from '../../verification/index.ts';
import { RecallDialog } from '../../outbox/index.ts';
import { PaperActs } from '../../printing/index.ts';
import { goToSigning, SignatureLabels } from '../../signing/index.ts';
import { IssueDialog } from '../acts/IssueDialog.tsx';
import { ReasonAct } from '../acts/ReasonAct.tsx';
import { SignDialog } from '../acts/SignDialog.tsx';
import { useSigningWay } from '../acts/signing-way.ts';
import { UpdateDialog } from '../acts/UpdateDialog.tsx';
import { documentLines } from '../parts/draft-lines.ts';
import { codeOf, hasEnded } from '../parts/life-words.ts';
import { anotherForm } from '../form/another-form.ts';
import { LifeSteps } from '../parts/LifeSteps.tsx';
import { PaneFrame } from './PaneFrame.tsx';

type Asked = 'seal' | 'issue' | 'update' | 'recall';

/** `chosenAs`: the id by which the list chose it, which may be its draft's. */
export type DocumentPaneProps = { readonly document: OutgoingDetail; readonly chosenAs: string; readonly current: boolean };

/** A row of the register: its number, large; where it is, and what may be done with it. */
export function DocumentPane({ document, chosenAs, current }: DocumentPaneProps): ReactNode {
  const t = useWords();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [said, setSaid] = useState('');
  const [place, setPlace] = useState<PointedPlace | null>(null);
  const send = useCommand('drafting', 'send');
  const paper = useCommand('drafting', 'paperSent');
  const refresh = useRefreshLife();
  const [way, setWay] = useSigningWay('seal');
  const deliveries = useAsk('exchange', 'deliveries', { document: document.id }, { enabled: document.sentAt !== null });
  const code = codeOf(document);
  const issued = document.state === 'issued';
  const toSend = issued && document.sentAt === null && (document.plannedTo.length > 0 || document.replaces !== null);
  const toHandOver = issued && document.paperTo.length > 0 && document.paperSentAt === null;
  const may = useMay();
  // Numbers, seal, issue and sending are the clerk's (NĐ 30/2020 art. 6.3): to others nothing of it is offered.
  const isClerk = may('drafting', 'issue');
  const next = !isClerk ? null : document.state === 'numbered' ? 'seal' : document.state === 'sealed' ? 'issue' : toSend ? 'send' : toHandOver ? 'paper' : null;
  const close = (): void => {
    setAsked(null);
  };
  const act = (): void => {
    if (!current || next === null) return;
    setSaid('');
    if (next === 'seal' && way === 'program') goToSigning('agency', [document.id]);
    else if (next === 'seal' || next === 'issue') setAsked(next);
    else if (next === 'send' && !send.pending) {
      void send.run({ document: document.id }).then(async (outcome) => {
        await refresh([document.id]);
        if (outcome.ok) setSaid(t('send.done', { count: outcome.value.queued }));
      });
    } else if (next === 'paper' && !paper.pending) {
      void paper.run({ document: document.id, note: '' }).then(async (outcome) => {
        await refresh([document.id]);
        if (outcome.ok) setSaid(t('paper.done'));
      });
    }
  };
  useDocumentKey('F8', chosenAs, current && next !== null ? act : undefined);
  const failure = send.failure ?? paper.failure;
  const went = document.sentAt !== null && document.sentAt !== document.paperSentAt;
  return (
    <>
      <PaneFrame
        heading={{
          title: code,
          big: true,
          struck: hasEnded(document.state),
          source: document.imported
            ? [document.typeName, calendarDay(document.issuedDate), document.signerName].filter((part) => part !== '').join(' · ')
            : t('document.source', { type: document.typeName, day: calendarDay(document.issuedDate), signer: document.signerName }),
          subject: document.subject,
        }}
        notices={
          <>
            <Frozen document={document} />
            {document.importedFrom !== null && <Notice tone="info">{oldRegisterWords(t, document.importedFrom)}</Notice>}
            <Relations document={document} />
            {document.updatedAt !== null && <Notice tone="info">{t('document.updated', { at: momentOf(document.updatedAt) })}</Notice>}
            {!hasEnded(document.state) && <DossierLine document={{ kind: 'outgoing', id: document.id }} code={code} chosenAs={chosenAs} enabled={current} onDone={setSaid} />}
            {!document.imported && <VerdictBox document={document.id} enabled={current} onPlace={setPlace} onDone={setSaid} />}
            {document.imported ? null : <LifeSteps state={document.state} through={issued && !toSend && !toHandOver} />}
            {document.state === 'numbered' && <Notice tone="info">{t(way === 'program' ? 'document.putNumberHere' : 'document.putNumber', { code, day: calendarDay(document.issuedDate) })}</Notice>}
            {!document.imported && <SignatureLabels id={document.id} file={document.files[0]} />}
            {document.sentAt !== null && deliveries.data !== undefined && deliveries.data.length > 0 && (
              <Notice tone="info">
                {t('document.deliveries', {
                  count: deliveries.data.length,
                  arrived: deliveries.data.filter((one) => one.statusCode !== '' && one.statusCode !== '02').length,
                  alarms: deliveries.data.filter((one) => one.alarm !== null).length,
                })}{' '}
                <AddressLink
                  href={formatAddress('outbox', { tab: 'sent', document: document.id })}
                  onGo={() => {
                    goTo('outbox', { tab: 'sent', document: document.id });
                  }}
                >
                  {t('document.openDeliveries')}
                </AddressLink>
              </Notice>
            )}
            {deliveries.isError && <Notice tone="attention">{failureWords(t, failureOf(deliveries.error))}</Notice>}
            {failure !== undefined && (
              <Notice tone="attention" live>
                {failureWords(t, failure, 'drafting')}
              </Notice>
            )}
          </>
        }
        tabs={[
          { name: 'fields', words: t('reading.tab.fields'), body: <FieldLines lines={documentLines(t, document)} /> },
          {
            name: 'trace',
            words: t('reading.tab.trace'),
            body: (
              <>
                {document.draft !== null && <Trace id={document.draft} />}
                <Trace id={document.id} />
              </>
            ),
          },
        ]}
        files={document.files}
        place={place}
        {...(document.imported ? { noFile: t('legacy.noFile') } : {})}
        said={said}
        acts={
          hasEnded(document.state) ? null : (
            <>
              {next !== null && (
                <Button appearance="primary" icon={<Send20Regular />} disabledFocusable={!current || send.pending || paper.pending} aria-keyshortcuts="F8" onClick={act}>
                  {t(next === 'seal' && way === 'program' ? 'document.next.sealHere' : `document.next.${next}`)}
                  <KeyHint keys="F8" onPrimary />
                </Button>
              )}
              {next === 'seal' && (
                <Button
                  disabledFocusable={!current}
                  onClick={() => {
                    if (current) setAsked('seal');
                  }}
                >
                  {t('sign.otherWays')}
                </Button>
              )}
              {isClerk && (document.state === 'numbered' || document.state === 'sealed') && document.draft !== null && (
                <ReasonAct kind="void" id={document.id} chosenAs={chosenAs} what={code} icon={<Prohibited20Regular />} enabled={current} onDone={setSaid} />
              )}
              {issued && <IssuedActs document={document} chosenAs={chosenAs} went={went} current={current} onAsk={setAsked} onDone={setSaid} />}
              <PaperActs document={document} current={current} />
            </>
          )
        }
      />
      <SignDialog what={{ kind: 'seal', id: document.id, code }} open={asked === 'seal'} way={way} onWay={setWay} onClose={close} onDone={setSaid} />
      <IssueDialog document={document} open={asked === 'issue'} onClose={close} onDone={setSaid} />
      <UpdateDialog document={document} open={asked === 'update'} onClose={close} onDone={setSaid} />
      <RecallDialog
        document={document}
        deliveries={deliveries.data ?? []}
        chosen={asked === 'recall' ? 'all' : null}
        onClose={close}
        onDone={(words) => {
          void refresh([document.id]);
          setSaid(words);
        }}
      />
    </>
  );
}

type IssuedActsProps = {
  readonly document: OutgoingDetail;
  readonly chosenAs: string;
  /** it left over the axis */
  readonly went: boolean;
  readonly current: boolean;
  readonly onAsk: (what: Asked) => void;
  readonly onDone: (words: string) => void;
};

/** What may be done with a document that is out: put right, replaced, updated, taken back. */
function IssuedActs({ document, chosenAs, went, current, onAsk, onDone }: IssuedActsProps): ReactNode {
  const t = useWords();
  const may = useMay();
  const mayDraft = may('drafting', 'create');
  const mayRecall = may('exchange', 'recallDocument');
  const recall = (): void => {
    if (current) onAsk('recall');
  };
  useDocumentKey('Delete', chosenAs, mayRecall && went && current ? recall : undefined);
  const follow = (edit: 'correction' | 'replacement'): void => {
    adjustAddress(anotherForm(edit, document.id));
  };
  return (
    <>
      {mayDraft && (
        <Button
          disabledFocusable={!current}
          onClick={() => {
            follow('correction');
          }}
        >
          {t('document.correct')}
        </Button>
      )}
      {mayDraft && !document.imported && (
        <Button
          disabledFocusable={!current}
          onClick={() => {
            follow('replacement');
          }}
        >
          {t('document.replace')}
        </Button>
      )}
      {may('exchange', 'updateDocument') && went && (
        <Button
          disabledFocusable={!current}
          onClick={() => {
            if (current) onAsk('update');
          }}
        >
          {t('document.update')}
        </Button>
      )}
      {!mayRecall ? null : went ? (
        <Button
          icon={<ArrowUndo20Regular />}
          disabledFocusable={!current}
          aria-keyshortcuts="Delete"
          onClick={recall}
        >
          {t('recall.act')}
        </Button>
      ) : (
        <ReasonAct kind="recallPaper" id={document.id} chosenAs={chosenAs} what={codeOf(document)} icon={<ArrowUndo20Regular />} enabled={current} onDone={onDone} />
      )}
    </>
  );
}

/** Why a document is frozen, since when, and what stands in its place. */
function Frozen({ document }: { readonly document: OutgoingDetail }): ReactNode {
  const t = useWords();
  const { state, frozenAt, frozenReason, replacedBy } = document;
  if (state !== 'recalled' && state !== 'replaced' && state !== 'voided') return null;
  return (
    <Notice tone="info">
      <div>{t(`sent.frozen.${state}`, { time: frozenAt === null ? '' : momentOf(frozenAt) })}</div>
      {frozenReason !== '' && <div>{t('closed.reason', { reason: frozenReason })}</div>}
      <div>{t('sent.frozenMeaning')}</div>
      {replacedBy !== null && <DocumentLink id={replacedBy} words={t('closed.openReplacing')} />}
    </Notice>
  );
}

/** What it answers, puts right or takes the place of, and what puts it right. */
function Relations({ document }: { readonly document: OutgoingDetail }): ReactNode {
  const t = useWords();
  return (
    <>
      {document.corrects !== null && (
        <Notice tone="info">
          <DocumentLink id={document.corrects} words={t('document.corrects')} />
        </Notice>
      )}
      {document.replaces !== null && (
        <Notice tone="info">
          <DocumentLink id={document.replaces} words={t('document.replaces')} />
        </Notice>
      )}
      {document.correctedBy.map((one) => (
        <Notice key={one.id} tone="attention">
          <DocumentLink id={one.id} words={t('document.correctedBy', { code: one.code })} />
        </Notice>
      ))}
      {document.repliesTo !== null && (
        <Notice tone="info">
          <AddressLink
            href={formatAddress('incoming', { id: document.repliesTo })}
            onGo={() => {
              goTo('incoming', { id: document.repliesTo ?? '' });
            }}
          >
            {t('document.repliesTo')}
          </AddressLink>
        </Notice>
      )}
    </>
  );
}

function DocumentLink({ id, words }: { readonly id: string; readonly words: string }): ReactNode {
  return (
    <AddressLink
      href={formatAddress('outgoing', { id })}
      onGo={() => {
        adjustAddress({ id, edit: null });
      }}
    >
      {words}
    </AddressLink>
  );
}
