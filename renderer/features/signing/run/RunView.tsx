import { useEffect, useRef, type ReactNode } from 'react';
import { Button, makeStyles, ProgressBar, tokens } from '@fluentui/react-components';
import { ArrowClockwise20Regular, ArrowRight20Regular, Signature24Regular, Stop20Regular } from '@fluentui/react-icons';
import type { SigningPaper, SigningProgress } from '#contract';
import { useCommand } from '../../../bridge/methods.ts';
import { useGivenOrder, useReadBatch, type SigningOrder } from '../../../bridge/signing-cache.ts';
import { useLatest } from '../../../bridge/streams.ts';
import { formatAddress, goTo } from '../../../foundations/address.ts';
import { momentOf } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { AddressLink } from '../../../ui/AddressLink.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { KeyHint } from '../../../ui/KeyHint.tsx';
import { LiveRegion } from '../../../ui/LiveRegion.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { useShortcut } from '../../../ui/shortcuts.ts';
import { goToSigning } from '../parts/go.ts';
import { causeWords, roundOf } from '../parts/signing-words.ts';
import { tabOf } from '../parts/waiting.ts';
import { RunTable } from './RunTable.tsx';
import { failuresOf, lineOf } from './run-words.tsx';

const useStyles = makeStyles({
  page: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) minmax(340px, 34%)', gridTemplateRows: 'minmax(0, 1fr)', height: '100%', minHeight: 0 },
  list: { display: 'flex', flexDirection: 'column', minHeight: 0, borderRight: `1px solid ${tokens.colorNeutralStroke2}` },
  head: { padding: '14px 20px 12px', borderBottom: `1px solid ${tokens.colorNeutralStroke2}`, display: 'flex', flexDirection: 'column', gap: '6px', flexShrink: 0 },
  title: { margin: 0, fontSize: tokens.fontSizeBase500, lineHeight: tokens.lineHeightBase500, fontWeight: tokens.fontWeightSemibold },
  less: { margin: 0, color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
  aside: { display: 'flex', flexDirection: 'column', gap: '12px', padding: '14px 20px', overflowY: 'auto', minHeight: 0, outlineOffset: '-2px' },
  acts: { display: 'flex', gap: '8px', flexWrap: 'wrap' },
  failures: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '10px' },
  part: { margin: '4px 0 0', fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  names: { margin: '4px 0 0', paddingInlineStart: '18px', overflowWrap: 'anywhere' },
});

export type RunViewProps = {
  /** the same documents once more, with a PIN that is typed anew */
  readonly onRetry: (order: SigningOrder) => void;
  readonly onBack: () => void;
};

/** The batch that runs or was the last: each document with what came of it, and what to do about what did not. */
export function RunView({ onRetry, onBack }: RunViewProps): ReactNode {
  const t = useWords();
  const progress = useLatest('signing', 'progress');
  if (progress === undefined || progress === null) {
    return (
      <EmptyState icon={<Signature24Regular />} title={t('signing.noBatch.title')} text={t('signing.noBatch.text')}>
        <Button onClick={onBack}>{t('signing.back')}</Button>
      </EmptyState>
    );
  }
  return <Batch progress={progress} onRetry={onRetry} onBack={onBack} />;
}

function Batch({ progress, onRetry, onBack }: RunViewProps & { readonly progress: SigningProgress }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const cancel = useCommand('signing', 'cancel');
  const [given] = useGivenOrder();
  const [, noteRead] = useReadBatch();
  const aside = useRef<HTMLElement>(null);
  const { id, role, endedAt, total, done, failed, cancelled } = progress;
  const runs = endedAt === null;
  const rest = progress.items.filter(({ state }) => state === 'failed' || state === 'cancelled');
  const failures = failuresOf(progress);
  const round = roundOf(role, progress.items);
  useEffect(() => {
    if (!runs) noteRead(id);
  }, [runs, id, noteRead]);
  useEffect(() => {
    if (document.activeElement === document.body || document.activeElement === null) aside.current?.querySelector('button')?.focus();
  }, [runs]);

  const stop = (): void => {
    if (runs && !progress.cancelling && !cancel.pending) void cancel.run({ batch: id });
  };
  const retry = (): void => {
    const again = given?.batch === id ? given.order : undefined;
    const left = again?.items.filter((item) => rest.some((one) => one.id === item.id)) ?? [];
    // What has changed meanwhile must be looked at again, and so must everything once this window forgot what was seen.
    const changed = rest.some(({ cause }) => cause !== null && mustBeSeen.includes(cause.code));
    if (again === undefined || left.length !== rest.length || changed) goToSigning(role, rest.map((one) => one.id));
    else onRetry({ ...again, items: left });
  };
  const first = progress.items.find(({ state }) => state === 'done');
  const next = (): void => {
    if (first?.paper != null) goTo('dossiers', placeOf(first.paper));
    else goTo('outgoing', { tab: role === 'person' ? 'numbering' : tabOf.agency, id: first?.id ?? null });
  };
  const act = runs ? undefined : rest.length > 0 ? retry : next;
  useShortcut('F8', () => act?.());
  useShortcut('Escape', onBack);
  return (
    <div className={styles.page}>
      <div className={styles.list}>
        <div className={styles.head}>
          <h2 className={styles.title}>{t(runs ? `signing.run.title.${round}` : `signing.run.ended.${round}`, { total, done })}</h2>
          <p className={styles.less}>
            {t('signing.run.by', { signer: progress.signer, at: momentOf(progress.startedAt), ended: runs ? 'no' : 'yes', end: endedAt === null ? '' : momentOf(endedAt) })}
          </p>
          <ProgressBar value={done + failed + cancelled} max={total} thickness="large" aria-label={lineOf(t, progress)} />
        </div>
        <RunTable progress={progress} />
      </div>
      <section ref={aside} className={styles.aside} aria-label={t('signing.run.aside')} data-pane="reading" tabIndex={0}>
        <div className={styles.acts}>
          {runs ? (
            <>
              <Button icon={<Stop20Regular />} disabledFocusable={progress.cancelling} onClick={stop}>
                {t(progress.cancelling ? 'signing.run.stopping' : 'signing.run.stop')}
              </Button>
              <Button onClick={onBack}>
                {t('signing.run.leave')}
                <KeyHint keys="Esc" inButton />
              </Button>
            </>
          ) : (
            <>
              <Button appearance="primary" icon={rest.length > 0 ? <ArrowClockwise20Regular /> : <ArrowRight20Regular />} aria-keyshortcuts="F8" onClick={act}>
                {rest.length > 0 ? t(cancelled > 0 ? 'signing.run.goOn' : 'signing.run.retry', { count: rest.length }) : t(`signing.run.next.${round}`)}
                <KeyHint keys="F8" onPrimary />
              </Button>
              <Button onClick={onBack}>
                {t('signing.run.leave')}
                <KeyHint keys="Esc" inButton />
              </Button>
            </>
          )}
        </div>
        {cancel.failure !== undefined && <Notice tone="attention" live>{failureWords(t, cancel.failure, 'signing')}</Notice>}
        {runs && <Notice tone="info">{t(progress.cancelling ? 'signing.run.stoppingMeaning' : 'signing.run.mayLeave')}</Notice>}
        {progress.recovered && <Notice tone="info">{t('signing.run.recovered')}</Notice>}
        {!runs && rest.length === 0 && <Notice tone="good">{t(`signing.run.allDone.${round}`, { count: done })}</Notice>}
        {!runs && cancelled > 0 && <Notice tone="info">{t('signing.run.cancelledMeaning', { count: cancelled })}</Notice>}
        {failures.length > 0 && (
          <>
            <h3 className={styles.part}>{t('signing.run.failures', { count: failed })}</h3>
            <ul className={styles.failures}>
              {failures.map(({ cause, items }) => (
                <li key={JSON.stringify(cause)}>
                  <Notice tone="attention">
                    {causeWords(t, cause)}
                    <ul className={styles.names}>
                      {items.map((item) => (
                        <li key={item.id}>
                          <AddressLink
                            href={item.paper === null ? formatAddress('outgoing', { id: item.id }) : formatAddress('dossiers', placeOf(item.paper))}
                            onGo={() => {
                              if (item.paper !== null) goTo('dossiers', placeOf(item.paper));
                              else goTo('outgoing', { id: item.id, tab: tabOf[role] });
                            }}
                          >
                            {item.code === '' ? item.subject : `${item.code} · ${item.subject}`}
                          </AddressLink>
                        </li>
                      ))}
                    </ul>
                  </Notice>
                </li>
              ))}
            </ul>
          </>
        )}
        <LiveRegion message={lineOf(t, progress)} />
      </section>
    </div>
  );
}

/** Where a paper of the archive is: at its dossier. */
function placeOf({ dossier, kind }: SigningPaper): Readonly<Record<string, string>> {
  return { id: dossier, tab: kind === 'copy' ? 'copies' : 'holdings' };
}

/** Causes that another PIN does not help against: the document, or what is known of the certificate, is another now. */
const mustBeSeen: readonly string[] = ['draft-changed', 'wrong-step', 'sign-changed-meanwhile', 'not-found'];
