import { useEffect, useEffectEvent, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { Document24Regular, Signature20Regular } from '@fluentui/react-icons';
import type { SigningRole } from '#contract';
import { useAsk } from '../../../bridge/methods.ts';
import { useBarrier } from '../../../bridge/session.ts';
import type { SigningOrder } from '../../../bridge/signing-cache.ts';
import { useLatest } from '../../../bridge/streams.ts';
import { Unanswered } from '../../../bridge/Unanswered.tsx';
import type { Formatter } from '../../../i18n/formatter.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { KeyHint } from '../../../ui/KeyHint.tsx';
import { useShortcut } from '../../../ui/shortcuts.ts';
import { SplitPane } from '../../../ui/SplitPane.tsx';
import { useRememberedNumber } from '../../../ui/use-remembered.ts';
import { useWindowWidth } from '../../../ui/use-window-width.ts';
import { Waiting } from '../../../ui/Waiting.tsx';
import { useSigner } from '../parts/signer.ts';
import { roundOf } from '../parts/signing-words.ts';
import { useMaySign } from '../parts/waiting.ts';
import { DocumentColumn, type ColumnMode } from './DocumentColumn.tsx';
import { DocumentList } from './DocumentList.tsx';
import { SignerCard } from './SignerCard.tsx';
import { useCheck, type Checked } from './use-check.ts';
import { useReview, type Review } from './use-review.ts';
import { WaveDialog } from './WaveDialog.tsx';

const useStyles = makeStyles({
  view: { height: '100%', outlineStyle: 'none' },
  left: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 },
  title: { margin: 0, padding: '9px 16px', fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400, fontWeight: tokens.fontWeightSemibold, borderBottom: `1px solid ${tokens.colorNeutralStroke2}`, flexShrink: 0 },
  list: { flexGrow: 1, flexBasis: '45%', minHeight: '96px' },
  signer: { display: 'flex', flexDirection: 'column', flexShrink: 1, minHeight: '150px', maxHeight: '52%', borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
  bar: { display: 'flex', flexDirection: 'column', gap: '8px', padding: '10px 16px', borderTop: `1px solid ${tokens.colorNeutralStroke2}`, backgroundColor: tokens.colorNeutralBackground2, flexShrink: 0 },
  acts: { display: 'flex', gap: '8px', flexWrap: 'wrap' },
  said: { margin: 0, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200, color: tokens.colorNeutralForeground2, minHeight: tokens.lineHeightBase200, textWrap: 'pretty' },
  note: { padding: '12px 16px' },
});

export type ReviewViewProps = {
  readonly role: SigningRole;
  readonly ids: readonly string[];
  /** everything is seen and known: the PIN is what is left */
  readonly onGoOn: (order: SigningOrder, checked: Checked) => void;
  readonly onBack: () => void;
};

/** What will be signed, document by document with what its signature will show, by whom, and what speaks against it. */
export function ReviewView({ role, ids, onGoOn, onBack }: ReviewViewProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const width = useWindowWidth();
  const [leftWidth, setLeftWidth] = useRememberedNumber('tvt.signing.left', Math.round(width * 0.32));
  const review = useReview(role, ids);
  const signer = useSigner();
  const check = useCheck(role, ids, signer.kind === 'found' ? signer.signer : undefined);
  const settings = useAsk('signingSettings', 'settings', {}, { fresh: true });
  const running = useLatest('signing', 'progress')?.endedAt === null;
  const [chosenId, setChosenId] = useState<string | null>(null);
  const [waving, setWaving] = useState(false);
  const [mode, setMode] = useState<ColumnMode>('reading');
  const [said, setSaid] = useState('');
  const view = useRef<HTMLDivElement>(null);
  const { documents, ready, unopened, plan } = review;
  const chosen = Math.max(0, documents.findIndex(({ item }) => item.id === chosenId));
  const document = documents[chosen];
  const barred = useBarrier('signing', 'start');
  const mayRole = useMaySign(role);
  const obstacle = obstacleWords({ t, review, signerFound: signer.kind === 'found', check, running, barred: barred !== undefined || !mayRole, role });

  const show = (id: string): void => {
    setChosenId(id);
    setSaid('');
    if (mode === 'aiming') setMode('reading');
  };
  const choose = (index: number): void => {
    const next = documents[Math.min(Math.max(index, 0), documents.length - 1)];
    if (next !== undefined) show(next.item.id);
  };
  const toNextUnopened = (): void => {
    if (document === undefined) return;
    if (document.state === 'waiting' || document.state === 'waved') review.open(document.item);
    const order = [...documents.slice(chosen + 1), ...documents.slice(0, chosen)];
    const next = order.find(({ state }) => state === 'waiting') ?? documents[chosen + 1];
    if (next !== undefined) show(next.item.id);
  };
  const order = (opened: boolean): void => {
    if (signer.kind !== 'found' || check.checked === undefined) return;
    // The one before the eyes has been seen, however soon the key came.
    const isOpened = (one: (typeof ready)[number]): boolean => one.state === 'opened' || (opened && one === document);
    onGoOn(
      {
        role,
        items: ready.map((one) => ({ id: one.item.id, version: one.item.version, place: one.placed?.place ?? null, opened: isOpened(one) })),
        device: signer.signer.device.id,
        certificate: signer.signer.certificate.sha256,
        seen: check.checked.warnings.map(({ key }) => key),
      },
      check.checked,
    );
  };
  const goOn = (): void => {
    if (obstacle !== '') {
      setSaid(obstacle);
      return;
    }
    const rest = unopened.filter((one) => one !== document);
    if (document !== undefined && document.state === 'waiting') review.open(document.item);
    const [first] = rest;
    if (first === undefined) order(true);
    else if (settings.data?.openEach === true) {
      show(first.item.id);
      setSaid(t('signing.openEach', { count: rest.length }));
    } else setWaving(true);
  };
  useShortcut('F8', goOn);
  const toMode = (next: ColumnMode): void => {
    setMode(next);
    // From what was moved back to the list, whose arrows go on.
    if (mode === 'aiming' && next === 'reading') view.current?.querySelector<HTMLElement>('#signing-documents')?.focus();
  };
  useShortcut('Escape', () => {
    if (mode === 'reading') onBack();
    else toMode('reading');
  });
  useShortcut('Delete', () => {
    if (document !== undefined) review.leave(document.item.id, document.state !== 'left');
  });

  const onKeys = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.ctrlKey || event.altKey || event.metaKey || !(event.target instanceof Element)) return;
    const at = event.target;
    if (event.key === ' ' && !at.matches('button, input, select, a, summary')) toNextUnopened();
    else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && !at.matches('[data-signing-grip], input, select, [role=separator], #signing-documents')) choose(chosen + (event.key === 'ArrowDown' ? 1 : -1));
    else if ((event.key === 'PageDown' || event.key === 'PageUp') && !at.matches('[data-pane=file], [data-pane=signer], input, select')) {
      const pages = view.current?.querySelector('[data-pane=file]');
      pages?.scrollBy({ top: (event.key === 'PageDown' ? 0.85 : -0.85) * pages.clientHeight });
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const there = documents.length > 0;
  const round = roundOf(role, documents.map(({ item }) => item));
  const onThere = useEffectEvent(() => {
    if (view.current?.contains(window.document.activeElement) !== true) view.current?.querySelector<HTMLElement>('#signing-documents')?.focus();
  });
  useEffect(() => {
    if (there) onThere();
  }, [there]);

  if (plan.error !== null && !there) {
    return (
      <div className={styles.note}>
        <Unanswered error={plan.error} onAgain={plan.again} place="signing" />
      </div>
    );
  }
  if (!there && plan.complete) {
    return (
      <EmptyState icon={<Document24Regular />} title={t('signing.none.title')} text={t('signing.none.text')}>
        <Button onClick={onBack}>{t('signing.back')}</Button>
      </EmptyState>
    );
  }
  return (
    // Keys of the whole view; each thing in it has its own way as well.
    <div ref={view} className={styles.view} tabIndex={-1} onKeyDownCapture={onKeys}>
      <SplitPane
        id="signing-left"
        label={t('incoming.listWidth')}
        size={leftWidth}
        min={330}
        max={Math.round(width * 0.42)}
        onSize={setLeftWidth}
        first={
          <div className={styles.left}>
            <h2 className={styles.title}>{t(`signing.title.${round}`, { count: ids.length })}</h2>
            <div className={styles.list} data-pane="list">
              {there ? <DocumentList documents={documents} chosen={chosen} onChoose={choose} /> : <Waiting label={t('common.loading')} lines={6} />}
            </div>
            <div className={styles.signer}>
              <SignerCard role={role} state={signer} check={check} />
            </div>
            <div className={styles.bar} role="group" aria-label={t('life.acts')}>
              <p className={styles.said} role="status">
                {said !== '' && (obstacle !== '' || unopened.length > 0) ? said : plan.complete ? summaryWords(t, review) : t('signing.reading', { looked: plan.looked, count: ids.length })}
              </p>
              <div className={styles.acts}>
                <Button appearance="primary" icon={<Signature20Regular />} disabledFocusable={obstacle !== ''} aria-keyshortcuts="F8" onClick={goOn}>
                  {t(`signing.goOn.${round}`, { count: ready.length })}
                  <KeyHint keys="F8" onPrimary />
                </Button>
                <Button aria-keyshortcuts="Escape" onClick={onBack}>
                  {t('signing.back')}
                  <KeyHint keys="Esc" inButton />
                </Button>
              </div>
            </div>
          </div>
        }
        second={
          document === undefined ? (
            <Waiting label={t('common.loading')} lines={14} />
          ) : (
            <DocumentColumn
              key={document.item.id}
              document={document}
              mode={mode}
              onMode={toMode}
              onOpened={() => {
                review.open(document.item);
              }}
              onNext={toNextUnopened}
              onLeave={(out) => {
                review.leave(document.item.id, out);
              }}
              onPut={(place) => {
                review.put(document.item.id, place);
              }}
            />
          )
        }
      />
      <WaveDialog
        documents={waving ? unopened.filter((one) => one !== document) : null}
        onClose={() => {
          setWaving(false);
        }}
        onWave={(items) => {
          review.wave(items);
          setWaving(false);
          order(true);
        }}
      />
    </div>
  );
}

type Obstacle = {
  readonly t: Formatter;
  readonly review: Review;
  readonly signerFound: boolean;
  readonly check: ReturnType<typeof useCheck>;
  readonly running: boolean;
  readonly barred: boolean;
  readonly role: SigningRole;
};

/** Why one cannot go on to the PIN yet; '' when one can. */
function obstacleWords({ t, review: { plan, documents, ready }, signerFound, check, running, barred, role }: Obstacle): string {
  if (barred) return t(`signing.barred.${role}`);
  if (running) return t('failure.signing-busy');
  if (!plan.complete || documents.some(({ state }) => state === 'looking')) return t('signing.stillReading');
  if (ready.length === 0) return t('signing.nothingReady');
  if (!signerFound) return t('signing.noSigner');
  if (check.checking) return t('signing.check.running');
  if (check.checked === undefined) return t('signing.check.failed');
  return check.checked.check.result === 'refuse' ? t('failure.signing-certificate-refused') : '';
}

function summaryWords(t: Formatter, { ready, unopened, documents }: Review): string {
  const count = (wanted: string): number => documents.filter(({ state }) => state === wanted).length;
  return t('signing.summary', { ready: ready.length, unopened: unopened.length, refused: count('refused'), left: count('left') });
}
