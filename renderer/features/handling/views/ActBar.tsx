import { useState, type ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { ChevronDown16Regular, ChevronUp16Regular, Send20Regular } from '@fluentui/react-icons';
import type { HandlingAct, HandlingDetail, IncomingDetail } from '#contract';
import { goTo } from '../../../foundations/address.ts';
import { momentOf } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import type { MessageKey } from '../../../i18n/catalogue.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { useDocumentKey } from '../../../ui/document-keys.ts';
import { KeyHint } from '../../../ui/KeyHint.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { ReasonDialog } from '../../../ui/ReasonDialog.tsx';
import { useMakeAndShow } from '../../printing/index.ts';
import { useHandling, useStep } from '../use-handling.ts';
import { directionFormId } from './DirectionForm.tsx';
import { DeadlineDialog, FinishDialog, PresentDialog, ProgressDialog } from './ActDialogs.tsx';

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    flexDirection: 'column',
    gap: '8px',
    padding: '10px 16px',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground2,
    flexShrink: 0,
  },
  row: { display: 'flex', alignItems: 'center', gap: '8px 12px', flexWrap: 'wrap' },
  number: { fontWeight: tokens.fontWeightSemibold, fontSize: tokens.fontSizeBase400 },
});

/** What a button of the bar opens. */
type Opened = HandlingAct | 'deadline';

/** The direction is written beside the document, not in a dialog over it. */
const directing: readonly Opened[] = ['direct', 'record-direction', 'reassign'];

export type ActBarProps = {
  readonly document: IncomingDetail;
  readonly enabled: boolean;
  /** whether the direction's form is open already */
  readonly directing: boolean;
  readonly onDirect: () => void;
  /** closes the form */
  readonly onLater: () => void;
  /** told what happened, in words */
  readonly onDone: (words: string) => void;
};

/** What a registered document has in the register, the usual next step with its key, and behind a button the others. */
export function ActBar({ document, enabled, directing: formOpen, onDirect, onLater, onDone }: ActBarProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const handling = useHandling(document.id).data;
  const [opened, setOpened] = useState<Opened | null>(null);
  const [more, setMore] = useState(false);
  const slip = useMakeAndShow('makeHandlingSlip');
  // Between a step and what is read anew after it, nothing may be asked of the step before.
  const acts = handling?.standing === document.state ? handling.next : [];
  const usual = (acts.length === 0 ? null : handling?.usual) ?? undefined;
  // Beside the waiting for a leader's word there is one thing that the clerk may have in hand: the paper with it.
  const onPaper = usual === undefined && handling?.standing === 'presented' && acts.includes('record-direction');
  const others: Opened[] = othersOf(acts, usual).filter((which) => !onPaper || which !== 'record-direction');
  const act = (which: Opened): void => {
    if (!enabled) return;
    if (directing.includes(which)) onDirect();
    else setOpened(which);
  };
  useDocumentKey(
    'F8',
    document.id,
    enabled && usual !== undefined
      ? () => {
          act(usual);
        }
      : undefined,
  );
  const reply = (): void => {
    goTo('outgoing', { edit: 'reply', about: document.id });
  };
  useDocumentKey('Alt+R', document.id, enabled && acts.length > 0 ? reply : undefined);
  const close = (): void => {
    setOpened(null);
  };
  const done = (words: string): void => {
    close();
    setMore(false);
    onDone(words);
  };
  return (
    <div className={styles.bar} role="group" aria-label={t('register.label')}>
      {document.arrivalNumber !== null && (
        <Notice tone="good">
          <span className={styles.number}>{t('register.number', { number: `${String(document.arrivalNumber)}${document.arrivalSuffix}` })}</span>{' '}
          {document.registeredAt !== null &&
            t('register.done', {
              year: String(document.arrivalYear ?? ''),
              at: momentOf(document.registeredAt),
              by: document.registeredBy ?? '',
              known: (document.registeredBy ?? '') === '' ? 'no' : 'yes',
            })}
        </Notice>
      )}
      {acts.length > 0 && (
        <div className={styles.row}>
          {formOpen ? (
            <>
              <Button appearance="primary" type="submit" form={directionFormId} icon={<Send20Regular />} disabledFocusable={!enabled} aria-keyshortcuts="Control+Enter">
                {t(acts.includes('direct') ? 'handling.direct.act' : 'handling.direct.paperAct')}
                <KeyHint keys="Ctrl+Enter" onPrimary />
              </Button>
              <Button onClick={onLater}>{t('handling.later')}</Button>
            </>
          ) : (
            usual !== undefined && (
            <Button
              appearance="primary"
              disabledFocusable={!enabled}
              aria-keyshortcuts="F8"
              onClick={() => {
                act(usual);
              }}
            >
              {t(actWords(usual, handling))}
              <KeyHint keys="F8" onPrimary />
            </Button>
            )
          )}
          {onPaper && !formOpen && (
            <Button
              disabledFocusable={!enabled}
              onClick={() => {
                act('record-direction');
              }}
            >
              {t(actWords('record-direction', handling))}
            </Button>
          )}
          <Button
            icon={more ? <ChevronUp16Regular /> : <ChevronDown16Regular />}
            iconPosition="after"
            aria-expanded={more}
            onClick={() => {
              setMore((before) => !before);
            }}
          >
            {t('handling.more')}
          </Button>
        </div>
      )}
      {more && (
        <div className={styles.row} role="group" aria-label={t('handling.more')}>
          {others.map((which) => (
            <Button
              key={which}
              size="small"
              disabledFocusable={!enabled}
              onClick={() => {
                act(which);
              }}
            >
              {t(actWords(which, handling))}
            </Button>
          ))}
          <Button
            size="small"
            aria-keyshortcuts="Alt+R"
            disabledFocusable={!enabled}
            onClick={() => {
              if (enabled) reply();
            }}
          >
            {t('draft.reply')}&nbsp;
            <KeyHint keys="Alt+R" />
          </Button>
          <Button
            size="small"
            disabledFocusable={slip.pending}
            onClick={() => {
              void slip.make({ incoming: document.id });
            }}
          >
            {t('printing.slip')}
          </Button>
          {slip.failure !== undefined && <Notice tone="attention">{failureWords(t, slip.failure)}</Notice>}
        </div>
      )}
      {handling !== undefined && opened !== null && <Dialogs key={opened} opened={opened} document={document} handling={handling} onDone={done} onClose={close} />}
    </div>
  );
}

/** The rest of the acts, each once: three kinds of direction are one form. */
function othersOf(acts: readonly HandlingAct[], usual: HandlingAct | undefined): Opened[] {
  const rest = acts.filter((act) => act !== usual);
  const direction = [...(usual === undefined ? [] : [usual]), ...rest].find((act) => directing.includes(act));
  const kept = rest.filter((act) => !directing.includes(act) || (act === direction && !(usual !== undefined && directing.includes(usual))));
  return [...kept, ...(acts.includes('return') ? (['deadline'] as const) : [])];
}

function actWords(which: Opened, handling: HandlingDetail | undefined): MessageKey {
  if (which === 'progress' && handling?.standing === 'assigned') return 'handling.act.begin';
  if (which === 'finish' && handling?.standing === 'presented') return 'handling.act.seen';
  if (directing.includes(which) && (handling?.assignments.some((one) => one.endedAt === null) ?? false)) return 'handling.act.directAgain';
  return `handling.act.${which}`;
}

type DialogsProps = {
  readonly opened: Opened;
  readonly document: IncomingDetail;
  readonly handling: HandlingDetail;
  readonly onDone: (words: string) => void;
  readonly onClose: () => void;
};

function Dialogs({ opened, document, handling, onDone, onClose }: DialogsProps): ReactNode {
  const code = `${document.codeNumber}/${document.codeNotation}`;
  const common = { handling, code, onDone, onClose };
  switch (opened) {
    case 'present':
      return <PresentDialog {...common} />;
    case 'progress':
      return <ProgressDialog {...common} />;
    case 'finish':
      return <FinishDialog {...common} />;
    case 'deadline':
      return <DeadlineDialog {...common} assignment={null} />;
    case 'take-back':
      return <ReasonStep {...common} method="takeBack" words="takeBack" issuer="" />;
    case 'reopen':
      return <ReasonStep {...common} method="reopen" words="reopen" issuer="" />;
    case 'return':
      return <ReasonStep {...common} method="returnToSender" words={document.source === 'axis' ? 'return' : 'returnPaper'} issuer={document.issuerName} />;
    case 'register':
    case 'refuse':
    case 'direct':
    case 'record-direction':
    case 'reassign':
    case 'recall':
    case 'replace':
      // Directions have their form; the rest is done where an arrived document or a sender's request stands.
      return null;
  }
}

type ReasonStepProps = {
  readonly handling: HandlingDetail;
  readonly code: string;
  readonly method: 'takeBack' | 'reopen' | 'returnToSender';
  readonly words: 'takeBack' | 'reopen' | 'return' | 'returnPaper';
  readonly issuer: string;
  readonly onDone: (words: string) => void;
  readonly onClose: () => void;
};

const reasonStarts: Readonly<Record<ReasonStepProps['words'], readonly MessageKey[]>> = {
  takeBack: ['handling.start.wrongLeader', 'handling.start.incomplete'],
  reopen: ['handling.start.notDone', 'handling.start.newPaper'],
  return: ['refuse.start.wrongPlace', 'refuse.start.signature', 'refuse.start.attachment', 'handling.start.notOurs'],
  returnPaper: ['refuse.start.wrongPlace', 'handling.start.notOurs'],
};

function ReasonStep({ handling, code, method, words, issuer, onDone, onClose }: ReasonStepProps): ReactNode {
  const t = useWords();
  const command = useStep(method);
  return (
    <ReasonDialog
      open
      title={t(`handling.${words}.title`, { code })}
      reason={{
        label: t('handling.reason'),
        missing: t('ask.reasonMissing'),
        starts: reasonStarts[words].map((key) => t(key)),
        startsLabel: t('ask.starts'),
      }}
      confirm={t(`handling.${words}.confirm`)}
      cancel={t('ask.cancel')}
      pending={command.pending}
      failure={command.failure === undefined ? undefined : failureWords(t, command.failure, 'handling')}
      onConfirm={(reason) => {
        void command.run({ id: handling.id, reason }).then((done) => {
          if (done) onDone(t(`handling.done.${method}`));
        });
      }}
      onClose={onClose}
    >
      <p>{t(`handling.${words}.meaning`, { who: issuer })}</p>
    </ReasonDialog>
  );
}
