import { useQueryClient } from '@tanstack/react-query';
import { useId, useState, type ReactNode } from 'react';
import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { ChevronDown16Regular, ChevronUp16Regular } from '@fluentui/react-icons';
import type { DocumentVerdicts, FileVerdict } from '#contract';
import { renewMarks } from '../../bridge/incoming-cache.ts';
import { failureOf } from '../../bridge/failure.ts';
import { methodKey, useAsk, useCommand } from '../../bridge/methods.ts';
import { goTo } from '../../foundations/address.ts';
import { own } from '../../foundations/theme.ts';
import { momentOf } from '../../i18n/dates.ts';
import { failureWords } from '../../i18n/failure-words.ts';
import { useWords } from '../../i18n/use-words.ts';
import { Notice } from '../../ui/Notice.tsx';
import { ReasonDialog } from '../../ui/ReasonDialog.tsx';
import { StateMark, type Tone } from '../../ui/StateMark.tsx';
import { Basis } from './Basis.tsx';
import type { PointedPlace } from './places.ts';
import { useVerdicts } from './use-verdicts.ts';
import { checkedWords, fileLook } from './verdict-words.tsx';

const useStyles = makeStyles({
  box: {
    display: 'flex',
    flexDirection: 'column',
    gap: '6px',
    padding: '6px 10px',
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
  neutral: { backgroundColor: tokens.colorNeutralBackground2 },
  good: { border: `1px solid ${own.tvtGood}` },
  attention: { border: `1px solid ${own.tvtAttention}`, backgroundColor: own.tvtAttentionSurface },
  danger: { border: `2px solid ${own.tvtDanger}` },
  row: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '2px 8px' },
  state: { fontWeight: tokens.fontWeightSemibold, fontSize: tokens.fontSizeBase300, whiteSpace: 'normal' },
  name: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', maxWidth: '100%' },
  checked: { color: tokens.colorNeutralForeground2 },
  text: { margin: 0, textWrap: 'pretty' },
  acts: { display: 'flex', flexWrap: 'wrap', gap: '6px' },
});

export type VerdictBoxProps = {
  /** a document, or the member that a file of a dossier's own is */
  readonly document: string;
  readonly enabled: boolean;
  /** shows a place in the file's pane; undefined where there is none */
  readonly onPlace: ((place: PointedPlace) => void) | undefined;
  /** told what happened, in words */
  readonly onDone: (words: string) => void;
};

/** The verdict on a document's signatures: the word, how many, when it was looked at, and on what it stands. */
export function VerdictBox(props: VerdictBoxProps): ReactNode {
  const t = useWords();
  const found = useVerdicts(props.document);
  if (found.isError) return <Notice tone="attention">{failureWords(t, failureOf(found.error))}</Notice>;
  if (found.data === undefined || found.data.files.length === 0) return null;
  return <Known key={props.document} {...props} verdicts={found.data} />;
}

const strictness: readonly Tone[] = ['neutral', 'brand', 'good', 'attention', 'danger'];

function Known({ verdicts, document, enabled, onPlace, onDone }: VerdictBoxProps & { readonly verdicts: DocumentVerdicts }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const { decision } = verdicts;
  return (
    <Box files={verdicts.files} document={document} enabled={enabled} onPlace={onPlace} onDone={onDone}>
      {decision !== null && decision.decision !== 'accept' && <p className={styles.text}>{t(`verdict.desk.${decision.decision}`, { why: t(`verification.desk.${decision.why}`) })}</p>}
      {verdicts.alarm !== null && <Alarm document={document} alarm={verdicts.alarm} enabled={enabled} onDone={onDone} />}
    </Box>
  );
}

/** The same of files that no document has yet: there is nothing to be done about them here. */
export function LooseVerdicts({ files, onPlace }: { readonly files: readonly FileVerdict[]; readonly onPlace: VerdictBoxProps['onPlace'] }): ReactNode {
  return <Box files={files} document={null} enabled={false} onPlace={onPlace} onDone={() => undefined} />;
}

type BoxProps = Omit<FileLineProps, 'of' | 'named'> & { readonly files: readonly FileVerdict[]; readonly children?: ReactNode };

function Box({ files, document, enabled, onPlace, onDone, children }: BoxProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const pdfs = files.filter(({ state }) => state !== 'other');
  const tones = pdfs.map((one) => fileLook(t, one).tone);
  const tone = strictness[Math.max(0, ...tones.map((one) => strictness.indexOf(one)))] ?? 'neutral';
  return (
    <section className={mergeClasses(styles.box, styles[tone === 'brand' ? 'neutral' : tone])} aria-label={t('verdict.label')}>
      {pdfs.length === 0 && <p className={styles.text}>{t('verdict.noPdf')}</p>}
      {pdfs.map((one) => (
        <FileLine key={one.file.id} of={one} named={pdfs.length > 1} document={document} enabled={enabled} onPlace={onPlace} onDone={onDone} />
      ))}
      {children}
    </section>
  );
}

type FileLineProps = Omit<VerdictBoxProps, 'document'> & { readonly of: FileVerdict; readonly named: boolean; readonly document: string | null };

function FileLine({ of, named, document, enabled, onPlace, onDone }: FileLineProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const [open, setOpen] = useState(false);
  const basisId = useId();
  const look = fileLook(t, of);
  const practice = useAsk('station', 'status', {}).data?.practice === true;
  return (
    <>
      <div className={styles.row}>
        {named && (
          <span className={styles.name} title={of.file.name}>
            {of.file.name}
          </span>
        )}
        <StateMark tone={look.tone} icon={look.icon} className={styles.state}>
          {t('verdict.line', { words: look.words })}
        </StateMark>
        {of.result !== null && <span className={styles.checked}>{checkedWords(t, of, practice)}</span>}
        {of.result !== null && of.state === 'waiting' && <span className={styles.checked}>{t('verdict.again.running')}</span>}
        {of.result !== null && (
          <Button
            size="small"
            appearance="subtle"
            icon={open ? <ChevronUp16Regular /> : <ChevronDown16Regular />}
            iconPosition="after"
            aria-expanded={open}
            aria-controls={basisId}
            {...(named ? { 'aria-label': t('verdict.basisOf', { name: of.file.name }) } : {})}
            onClick={() => {
              setOpen((before) => !before);
            }}
          >
            {t('verdict.basis')}
          </Button>
        )}
      </div>
      <div id={basisId} hidden={!open}>
        {open && (
          <>
            <Basis of={of} onPlace={onPlace} />
            {document !== null && <Acts of={of} document={document} enabled={enabled} onDone={onDone} />}
          </>
        )}
      </div>
    </>
  );
}

/** Look again, and take what was found along on paper or as data. */
function Acts({ of, document, enabled, onDone }: Pick<FileLineProps, 'of' | 'enabled' | 'onDone'> & { readonly document: string }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const cache = useQueryClient();
  const again = useCommand('verification', 'again');
  const sheet = useCommand('verification', 'makeSheet');
  const failure = again.failure ?? sheet.failure;
  const make = (): void => {
    if (!enabled || sheet.pending) return;
    void sheet.run({ document, file: of.file.id }).then((outcome) => {
      if (!outcome.ok) return;
      void cache.invalidateQueries({ queryKey: methodKey('printing', 'printed') });
      goTo('printing', { tab: 'printed', file: outcome.value.sheet.id });
    });
  };
  return (
    <>
      <div className={styles.acts}>
        <Button
          size="small"
          disabledFocusable={!enabled || again.pending || again.barred !== undefined}
          onClick={() => {
            if (!enabled || again.pending) return;
            void again.run({ document }).then((outcome) => {
              if (!outcome.ok) return;
              onDone(t('verdict.again.done'));
              void cache.invalidateQueries({ queryKey: methodKey('verification', 'ofDocument') });
            });
          }}
        >
          {t('verdict.again.act')}
        </Button>
        <Button
          size="small"
          disabledFocusable={!enabled || sheet.pending || sheet.barred !== undefined}
          onClick={make}
        >
          {t('verdict.sheet')}
        </Button>
      </div>
      {failure !== undefined && (
        <Notice tone="attention" live>
          {failureWords(t, failure)}
        </Notice>
      )}
    </>
  );
}

type AlarmProps = { readonly document: string; readonly alarm: NonNullable<DocumentVerdicts['alarm']>; readonly enabled: boolean; readonly onDone: (words: string) => void };

/** A result that came when the document was registered already, until somebody says what was done about it. */
function Alarm({ document, alarm, enabled, onDone }: AlarmProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const cache = useQueryClient();
  const [asking, setAsking] = useState(false);
  const settle = useCommand('verification', 'settleAlarm');
  const why = t(`verification.desk.${alarm.why}`);
  if (alarm.settledAt !== null) return <p className={styles.text}>{t('verdict.alarm.settled', { by: alarm.settledBy, at: momentOf(alarm.settledAt), reason: alarm.reason })}</p>;
  return (
    <>
      <Notice
        tone="attention"
        action={
          <Button
            size="small"
            disabledFocusable={!enabled || settle.barred !== undefined}
            onClick={() => {
              if (enabled && settle.barred === undefined) setAsking(true);
            }}
          >
            {t('verdict.alarm.settle')}
          </Button>
        }
      >
        {t('verdict.alarm.open', { at: momentOf(alarm.raisedAt), why })}
      </Notice>
      <ReasonDialog
        open={asking}
        title={t('verdict.alarm.title')}
        reason={{ label: t('verdict.alarm.reason'), missing: t('ask.reasonMissing'), starts: [t('verdict.alarm.start.asked'), t('verdict.alarm.start.paper')], startsLabel: t('ask.starts') }}
        confirm={t('verdict.alarm.confirm')}
        cancel={t('ask.cancel')}
        pending={settle.pending}
        failure={settle.failure === undefined ? undefined : failureWords(t, settle.failure)}
        onConfirm={(reason) => {
          void settle.run({ document, reason }).then((outcome) => {
            if (!outcome.ok) return;
            setAsking(false);
            cache.setQueryData(methodKey('verification', 'ofDocument', { document }), outcome.value);
            renewMarks(cache, [document]);
            onDone(t('verdict.alarm.done'));
          });
        }}
        onClose={() => {
          setAsking(false);
        }}
      >
        <p>{why}</p>
      </ReasonDialog>
    </>
  );
}
