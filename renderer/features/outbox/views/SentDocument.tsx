import { useState, type ReactNode } from 'react';
import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { ArrowUndo20Regular, DocumentCheckmark20Regular } from '@fluentui/react-icons';
import type { Contract, Delivery, OutgoingDetail, OutputOf } from '#contract';
import { useAsk, useCommand } from '../../../bridge/methods.ts';
import { renewSentMs } from '../../../bridge/sent-cache.ts';
import { Unanswered } from '../../../bridge/Unanswered.tsx';
import { calendarDay } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { LiveRegion } from '../../../ui/LiveRegion.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { useShortcut } from '../../../ui/shortcuts.ts';
import { Tabs } from '../../../ui/Tabs.tsx';
import { Waiting } from '../../../ui/Waiting.tsx';
import { AnsweredLine } from '../../handling/index.ts';
import { FilePane, SaveLink } from '../../files/index.ts';
import { FrozenNotice } from '../parts/FrozenNotice.tsx';
import { codeOf, isHolder } from '../parts/sent-words.ts';
import { Matrix, shows, type RecipientFilter } from './Matrix.tsx';
import { RecallDialog } from './RecallDialog.tsx';

type Evidence = OutputOf<Contract['exchange']['makeEvidence']>;
type TabName = RecipientFilter | 'files' | 'evidence';

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0, backgroundColor: tokens.colorNeutralBackground1 },
  head: { display: 'flex', flexDirection: 'column', gap: '8px', padding: '12px 16px 8px', flexShrink: 0 },
  top: { display: 'flex', flexWrap: 'wrap', gap: '8px 16px', alignItems: 'flex-start', justifyContent: 'space-between' },
  words: { display: 'flex', flexDirection: 'column', gap: '2px', minWidth: 0, flexBasis: '320px', flexGrow: 1 },
  title: {
    margin: 0,
    fontSize: tokens.fontSizeBase500,
    lineHeight: tokens.lineHeightBase500,
    fontWeight: tokens.fontWeightSemibold,
    overflowWrap: 'anywhere',
  },
  struck: { textDecorationLine: 'line-through', color: tokens.colorNeutralForeground2 },
  subject: { margin: 0, textWrap: 'pretty', overflowWrap: 'anywhere' },
  source: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  acts: { display: 'flex', flexWrap: 'wrap', gap: '8px' },
  body: { flexGrow: 1, minHeight: 0, display: 'flex', flexDirection: 'column' },
  saves: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '8px', padding: '8px 16px', flexShrink: 0 },
  hint: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  file: { flexGrow: 1, minHeight: 0 },
  note: { padding: '12px 16px' },
});

/** One of our documents and what became of it at each recipient. */
export function SentDocument({ id }: { readonly id: string }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const document = useAsk('records', 'outgoingGet', { id });
  const deliveries = useAsk('exchange', 'deliveries', { document: id }, { renewMs: renewSentMs });
  const failed = document.isError ? document : deliveries.isError && deliveries.data === undefined ? deliveries : null;
  if (failed !== null) {
    return (
      <div className={styles.note}>
        <Unanswered error={failed.error} onAgain={() => void failed.refetch()} />
      </div>
    );
  }
  if (document.data === undefined || deliveries.data === undefined) return <Waiting label={t('common.loading')} lines={10} />;
  return <Shown document={document.data} deliveries={deliveries.data} />;
}

type ShownProps = { readonly document: OutgoingDetail; readonly deliveries: readonly Delivery[] };

function Shown({ document, deliveries }: ShownProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const [tab, setTab] = useState<TabName>('all');
  const [recalling, setRecalling] = useState<'all' | readonly string[] | null>(null);
  const [evidence, setEvidence] = useState<Evidence | null>(null);
  const [enlarged, setEnlarged] = useState(false);
  const [said, setSaid] = useState('');
  const make = useCommand('exchange', 'makeEvidence');
  const code = codeOf(document);
  const frozen = document.state !== 'issued';
  const recallable = document.state !== 'replaced' && (frozen || document.replacedBy === null) && deliveries.some(isHolder);
  const files = tab === 'evidence' && evidence !== null ? [evidence.pdf] : document.files;
  const enlarge = (): void => {
    setEnlarged((before) => !before);
  };
  const filter = tab === 'files' || tab === 'evidence' ? null : tab;
  useShortcut('F4', enlarge, filter === null);
  useShortcut('Escape', enlarge, enlarged);
  const makeEvidence = (): void => {
    if (make.pending) return;
    setSaid('');
    void make.run({ document: document.id }).then((outcome) => {
      if (!outcome.ok) return;
      setEvidence(outcome.value);
      setTab('evidence');
      setSaid(t('evidence.made', { code }));
    });
  };
  const shownTabs: readonly TabName[] = 
    evidence === null ? ['all', 'alarms', 'open', 'files'] : ['all', 'alarms', 'open', 'files', 'evidence'];
  return (
    <section className={styles.page} aria-label={t('sent.document')}>
      <div className={styles.head} data-pane="reading" tabIndex={0} role="group" aria-label={t('sent.document')}>
        <div className={styles.top}>
          <div className={styles.words}>
            <h2 className={mergeClasses(styles.title, frozen && styles.struck)}>{code}</h2>
            <span className={styles.source}>
              {t('sent.source', { day: calendarDay(document.issuedDate), signer: document.signerName, type: document.typeName })}
            </span>
            <p className={styles.subject}>{document.subject}</p>
            <AnsweredLine outgoing={document.id} className={styles.source} />
          </div>
          <div className={styles.acts}>
            <Button icon={<DocumentCheckmark20Regular />} disabledFocusable={make.pending} onClick={makeEvidence}>
              {t(make.pending ? 'evidence.making' : 'evidence.make')}
            </Button>
            {recallable && (
              <Button
                icon={<ArrowUndo20Regular />}
                onClick={() => {
                  setRecalling('all');
                }}
              >
                {t(frozen ? 'recall.again' : 'recall.act')}
              </Button>
            )}
          </div>
        </div>
        <FrozenNotice document={document} />
        {make.failure !== undefined && (
          <Notice tone="attention" live>
            {failureWords(t, make.failure, 'makeEvidence')}
          </Notice>
        )}
      </div>
      <Tabs
        label={t('sent.parts')}
        chosen={tab}
        tabs={shownTabs.map((name) => ({
          name,
          words: t(`sent.part.${name}`, {
            count:
              name === 'files' || name === 'evidence' ? document.files.length : deliveries.filter((one) => shows(one, name)).length,
          }),
        }))}
        onChoose={setTab}
      />
      <div className={styles.body}>
        {filter !== null ? (
          <Matrix
            key={filter}
            deliveries={deliveries}
            filter={filter}
            onRecall={
              recallable
                ? (organId) => {
                    setRecalling([organId]);
                  }
                : null
            }
          />
        ) : (
          <>
            {tab === 'evidence' && evidence !== null && (
              <div className={styles.saves}>
                <SaveLink id={evidence.pdf.id} name={evidence.pdf.name} words={t('evidence.savePdf')} />
                <SaveLink id={evidence.json.id} name={evidence.json.name} words={t('evidence.saveJson')} />
                <span className={styles.hint}>{t('evidence.meaning')}</span>
              </div>
            )}
            <div className={styles.file}>
              <FilePane key={`${tab} ${files[0]?.id ?? ''}`} files={files} enlarged={enlarged} onEnlarge={enlarge} />
            </div>
          </>
        )}
      </div>
      <RecallDialog
        document={document}
        deliveries={deliveries}
        chosen={recalling}
        onClose={() => {
          setRecalling(null);
        }}
        onDone={setSaid}
      />
      <LiveRegion message={said} />
    </section>
  );
}
