import { useState, type ReactNode } from 'react';
import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { Assignment, HandlingDetail, IncomingDetail } from '#contract';
import { formatAddress, goTo } from '../../../foundations/address.ts';
import { calendarDay, momentOf } from '../../../i18n/dates.ts';
import type { Formatter } from '../../../i18n/formatter.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { AddressLink } from '../../../ui/AddressLink.tsx';
import { Waiting } from '../../../ui/Waiting.tsx';
import { partyName } from '../direction-draft.ts';
import { DueMark } from '../parts/DueMark.tsx';
import { useHandling } from '../use-handling.ts';
import { DeadlineDialog, EndPartDialog, TransferDialog } from './ActDialogs.tsx';

const useStyles = makeStyles({
  title: { margin: '14px 0 4px', fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold, ':first-child': { marginTop: 0 } },
  list: { listStyle: 'none', margin: 0, padding: 0 },
  item: { padding: '6px 0', borderBottom: `1px solid ${tokens.colorNeutralStroke3}`, overflowWrap: 'anywhere' },
  said: { margin: 0, whiteSpace: 'pre-wrap' },
  small: { margin: 0, color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  name: { fontWeight: tokens.fontWeightSemibold },
  ended: { color: tokens.colorNeutralForeground2 },
  acts: { display: 'flex', flexWrap: 'wrap', gap: '6px', marginTop: '4px' },
});

type Asked = { readonly what: 'transfer' | 'endPart' | 'deadline'; readonly assignment: Assignment };

export type HandlingRecordProps = {
  readonly document: IncomingDetail;
  readonly enabled: boolean;
  readonly onDone: (words: string) => void;
};

/** What was directed, who has the work, how far it is, and what answers it. */
export function HandlingRecord({ document, enabled, onDone }: HandlingRecordProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const handling = useHandling(document.id).data;
  const [asked, setAsked] = useState<Asked | null>(null);
  if (handling === undefined) return <Waiting label={t('common.loading')} lines={4} />;
  const progress = handling.steps.filter((step) => step.note !== '');
  const code = `${document.codeNumber}/${document.codeNotation}`;
  const common = {
    handling,
    code,
    onDone: (words: string) => {
      setAsked(null);
      onDone(words);
    },
    onClose: () => {
      setAsked(null);
    },
  };
  return (
    <>
      <h3 className={styles.title}>{t('handling.record.due')}</h3>
      <p className={styles.small}>{dueWords(t, handling)}</p>
      <h3 className={styles.title}>{t('handling.record.directions')}</h3>
      {handling.directions.length === 0 ? (
        <p className={styles.small}>{t('handling.record.noDirection')}</p>
      ) : (
        <ol className={styles.list}>
          {handling.directions.map((one) => (
            <li key={one.id} className={styles.item}>
              <p className={styles.said}>{one.text === '' ? t('handling.record.noText') : one.text}</p>
              <p className={styles.small}>
                {t('handling.record.by', {
                  leader: one.delegatedAs === '' ? one.leaderName : `${one.delegatedAs} ${one.leaderName}`,
                  day: calendarDay(one.givenOn),
                  paper: one.fromPaper ? 'yes' : 'no',
                  recorder: one.recordedBy,
                })}
              </p>
            </li>
          ))}
        </ol>
      )}
      {handling.assignments.length > 0 && (
        <>
          <h3 className={styles.title}>{t('handling.record.assignments')}</h3>
          <ul className={styles.list}>
            {handling.assignments.map((one) => (
              <li key={one.id} className={mergeClasses(styles.item, one.endedAt !== null && styles.ended)}>
                <span className={styles.name}>{partyName(one)}</span> · {t(`handling.part.${one.part}`)} · {t(`handling.assigned.${one.state}`)}{' '}
                {one.endedAt === null && one.due !== null && <DueMark due={one.due} days={one.dueDays} />}
                <p className={styles.small}>{transferWords(t, one)}</p>
                {one.endedAt === null && (
                  <div className={styles.acts}>
                    {(['transfer', 'endPart', 'deadline'] as const).map((what) => (
                      <Button
                        key={what}
                        size="small"
                        disabledFocusable={!enabled}
                        aria-label={t('handling.actOf', { act: t(`handling.act.${what}`), name: partyName(one) })}
                        onClick={() => {
                          if (enabled) setAsked({ what, assignment: one });
                        }}
                      >
                        {t(`handling.act.${what}`)}
                      </Button>
                    ))}
                  </div>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      {progress.length > 0 && (
        <>
          <h3 className={styles.title}>{t('handling.record.notes')}</h3>
          <ol className={styles.list}>
            {progress.map((step) => (
              <li key={`${step.at} ${step.act} ${step.note}`} className={styles.item}>
                <p className={styles.said}>{step.note}</p>
                <p className={styles.small}>{t('handling.record.noted', { act: t(`handling.step.${step.act}`), by: step.by, at: momentOf(step.at) })}</p>
              </li>
            ))}
          </ol>
        </>
      )}
      {(handling.result !== null || handling.answeredBy.length > 0) && (
        <>
          <h3 className={styles.title}>{t('handling.record.result')}</h3>
          {handling.result !== null && (
            <p className={styles.small}>
              {t('handling.record.done', { result: t(`handling.result.${handling.result}`), at: handling.doneAt === null ? '' : momentOf(handling.doneAt) })}
            </p>
          )}
          {handling.answeredBy.map((own) => (
            <p key={own.id} className={styles.said}>
              <AddressLink
                href={formatAddress('outbox', { tab: 'sent', document: own.id })}
                onGo={() => {
                  goTo('outbox', { tab: 'sent', document: own.id });
                }}
              >
                {own.code}
              </AddressLink>{' '}
              {own.subject}
            </p>
          ))}
        </>
      )}
      {asked?.what === 'transfer' && <TransferDialog {...common} assignment={asked.assignment} />}
      {asked?.what === 'endPart' && <EndPartDialog {...common} assignment={asked.assignment} />}
      {asked?.what === 'deadline' && <DeadlineDialog {...common} assignment={asked.assignment} />}
    </>
  );
}

function dueWords(t: Formatter, { due, dueBasis, dueCertain }: HandlingDetail): string {
  if (due === null || dueBasis === null) return t('handling.record.noDue');
  const words = t('handling.record.dueOn', { day: calendarDay(due), basis: t(`handling.basis.${dueBasis}`) });
  return dueCertain ? words : `${words} ${t('duties.uncertain')}`;
}

function transferWords(t: Formatter, one: Assignment): string {
  const parts = [
    one.transferredOn === null ? '' : t('handling.transferred', { day: calendarDay(one.transferredOn) }),
    one.receivedAt === null ? t('handling.notReceived') : t('handling.received', { by: one.receivedBy, at: momentOf(one.receivedAt) }),
    one.endedAt === null ? '' : t('handling.ended', { at: momentOf(one.endedAt), note: one.endedNote, noted: one.endedNote === '' ? 'no' : 'yes' }),
  ];
  return parts.filter((part) => part !== '').join(' ');
}
