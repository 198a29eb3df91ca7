import { useState, type ReactNode } from 'react';
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { DossierDetail } from '#contract';
import { useAsk } from '../../../bridge/methods.ts';
import { useBarrier } from '../../../bridge/session.ts';
import { Unanswered } from '../../../bridge/Unanswered.tsx';
import { formatAddress, goTo, useAddress } from '../../../foundations/address.ts';
import { calendarDay, momentOf } from '../../../i18n/dates.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { AddressLink } from '../../../ui/AddressLink.tsx';
import { LiveRegion } from '../../../ui/LiveRegion.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { Tabs } from '../../../ui/Tabs.tsx';
import { Waiting } from '../../../ui/Waiting.tsx';
import { CopiesTab, HeldPackage } from '../../handover/index.ts';
import { DossierMark } from '../parts/DossierMark.tsx';
import { makerWords, retentionWords } from '../parts/dossier-words.ts';
import { AccessTab } from './AccessTab.tsx';
import { DossierActs, type DossierAsk } from './DossierActs.tsx';
import { FactsTab } from './FactsTab.tsx';
import { HistoryTab } from './HistoryTab.tsx';
import { MemberGrid } from './MemberGrid.tsx';
import { Remarks } from './Remarks.tsx';

const useStyles = makeStyles({
  column: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 },
  stack: { display: 'flex', flexDirection: 'column', gap: '8px', padding: '12px 16px 8px', maxHeight: '45%', overflowY: 'auto', flexShrink: 0, outlineOffset: '-2px' },
  title: { margin: 0, fontSize: tokens.fontSizeBase500, lineHeight: tokens.lineHeightBase500, fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere' },
  struck: { textDecorationLine: 'line-through', color: tokens.colorNeutralForeground2 },
  source: { margin: 0, display: 'flex', flexWrap: 'wrap', gap: '4px 12px', color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  body: { flexGrow: 1, minHeight: 0 },
  scroll: { height: '100%', boxSizing: 'border-box', overflowY: 'auto', padding: '10px 16px 16px', outlineOffset: '-2px' },
  note: { padding: '12px 16px' },
});

const tabs = ['documents', 'facts', 'access', 'holdings', 'copies', 'trace'] as const;
type TabName = (typeof tabs)[number];

export type DossierPaneProps = {
  readonly id: string;
  /** False while the choice has moved on: then nothing may be done to what is still shown. */
  readonly current: boolean;
};

/** The chosen dossier: what it is, what is missing, its documents in their order, and what to do next. */
export function DossierPane({ id, current }: DossierPaneProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const detail = useAsk('dossiers', 'get', { id });
  if (detail.isError) {
    return (
      <div className={styles.note}>
        <Unanswered error={detail.error} onAgain={() => void detail.refetch()} />
      </div>
    );
  }
  if (detail.data === undefined) return <Waiting label={t('common.loading')} lines={10} />;
  return <Shown dossier={detail.data} current={current && !detail.isStale} />;
}

function Shown({ dossier, current }: { readonly dossier: DossierDetail; readonly current: boolean }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  // Who comes from the signing desk wants to see what was signed.
  const wanted = useAddress().params['tab'];
  const [tab, setTab] = useState<TabName>(wanted === 'copies' || wanted === 'holdings' ? wanted : 'documents');
  const [copying, setCopying] = useState<readonly string[] | null>(null);
  const [asked, setAsked] = useState<DossierAsk | null>(null);
  const [said, setSaid] = useState('');
  const [dropped, setDropped] = useState<readonly File[]>([]);
  const ask = (what: DossierAsk | null): void => {
    if (what !== null) setSaid('');
    if (what !== 'file') setDropped([]);
    // What was made and what was given out before stand there.
    if (what === 'use-copy') setTab('holdings');
    setAsked(what);
  };
  const mayCopy = useBarrier('copies', 'make') === undefined;
  const copy = (members: readonly string[] | null): void => {
    if (members !== null) {
      setSaid('');
      setTab('copies');
    }
    setCopying(members);
  };
  const gives = useBarrier('holdings', 'makeUseCopy') === undefined;
  const held = useAsk('holdings', 'ofDossier', { dossier: dossier.id }, { enabled: gives }).data ?? null;
  const maker = makerWords(dossier.maker);
  const days = dossier.firstDay === null ? '' : t('dossiers.days', { first: calendarDay(dossier.firstDay), last: calendarDay(dossier.lastDay ?? dossier.firstDay) });
  return (
    <section className={styles.column} aria-label={t('dossiers.reading')} data-pane="reading">
      <div className={styles.stack} tabIndex={0} role="group" aria-label={t('dossiers.head')}>
        <div>
          <h2 className={mergeClasses(styles.title, dossier.state === 'discarded' && styles.struck)}>
            {dossier.notation} · {dossier.title}
          </h2>
          <p className={styles.source}>
            <DossierMark state={dossier.state} />
            {[t('dossiers.row.year', { year: String(dossier.catalog) }), retentionWords(t, dossier.retention), maker, days].filter((part) => part !== '').map((part) => (
              <span key={part}>{part}</span>
            ))}
            {dossier.keepUntil !== null && <span>{t('dossiers.keepUntil', { year: String(dossier.keepUntil) })}</span>}
          </p>
        </div>
        {dossier.state === 'closed' && dossier.closedAt !== null && <Notice tone="good">{t('dossiers.closedNote', { at: momentOf(dossier.closedAt), by: dossier.closedBy })}</Notice>}
        {dossier.state === 'locked' && dossier.lockedAt !== null && <Notice tone="info">{t('dossiers.lockedNote', { at: momentOf(dossier.lockedAt), by: dossier.lockedBy, reason: dossier.lockedReason })}</Notice>}
        {dossier.disposal !== null && <Notice tone="attention">{t(`dossiers.disposal.${dossier.disposal}`)}</Notice>}
        {dossier.state === 'open' && <Remarks dossier={dossier} onAsk={ask} />}
      </div>
      <Tabs label={t('dossiers.tabs')} chosen={tab} tabs={tabs.filter((name) => (name !== 'holdings' || held !== null) && (name !== 'copies' || mayCopy)).map((name) => ({ name, words: t(`dossiers.part.${name}`, { count: dossier.members }) }))} onChoose={setTab} />
      <div className={styles.body}>
        {tab === 'documents' ? (
          <MemberGrid
            dossier={dossier}
            enabled={current}
            onAsk={ask}
            onFiles={(files) => {
              setDropped(files);
              ask('file');
            }}
            onDone={setSaid}
            onCopy={mayCopy && (dossier.state === 'closed' || dossier.state === 'locked') ? copy : undefined}
          />
        ) : (
          <div className={styles.scroll} tabIndex={0} role="region" aria-label={t(`dossiers.part.${tab}`, { count: dossier.members })}>
            {tab === 'facts' && <FactsTab dossier={dossier} />}
            {tab === 'access' && <AccessTab dossier={dossier} enabled={current} onDone={setSaid} />}
            {tab === 'holdings' && held !== null && (
              <HeldPackage
                heading="h3"
                held={{ id: held.package, documents: held.documents }}
                code={held.code}
                asked={asked === 'use-copy'}
                askedAround
                onAsk={(open) => { ask(open ? 'use-copy' : null); }}
                onDone={setSaid}
                elsewhere={<ReceiptLink id={held.receipt} />}
              />
            )}
            {tab === 'copies' && <CopiesTab dossier={dossier} enabled={current} asked={copying} onAsk={copy} onDone={setSaid} />}
            {tab === 'trace' && <HistoryTab id={dossier.id} />}
          </div>
        )}
      </div>
      <DossierActs dossier={dossier} enabled={current} asked={asked} files={dropped} said={said} gives={held?.archived === true} onAsk={ask} onDone={setSaid} />
      <LiveRegion message={said} />
    </section>
  );
}

function ReceiptLink({ id }: { readonly id: string }): ReactNode {
  const t = useWords();
  const params = { part: 'handover', side: 'receiving', one: id };
  return (
    <AddressLink href={formatAddress('dossiers', params)} onGo={() => { goTo('dossiers', params); }}>
      {t('holdings.cameWith')}
    </AddressLink>
  );
}
