import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { Clock16Regular, Signature16Regular, Warning16Regular } from '@fluentui/react-icons';
import type { CopiedFile, DocumentCopy } from '#contract';
import { refreshCopies } from '../../../bridge/handover-cache.ts';
import { useCommand } from '../../../bridge/methods.ts';
import { useBarrier } from '../../../bridge/session.ts';
import { calendarDay, momentOf } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ReasonDialog } from '../../../ui/ReasonDialog.tsx';
import { StateMark } from '../../../ui/StateMark.tsx';
import { SaveLink, sizeWords } from '../../files/index.ts';
import { goToSigning, useMaySign } from '../../signing/index.ts';

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: 'none', overflowWrap: 'anywhere', display: 'flex', flexDirection: 'column', gap: '12px' },
  copy: { display: 'flex', flexDirection: 'column', gap: '4px', borderTop: `1px solid ${tokens.colorNeutralStroke2}`, paddingTop: '10px' },
  head: { display: 'flex', flexWrap: 'wrap', gap: '2px 10px', alignItems: 'center' },
  who: { fontWeight: tokens.fontWeightSemibold },
  small: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, userSelect: 'text' },
  files: { margin: 0, paddingInlineStart: '20px', display: 'flex', flexDirection: 'column', gap: '4px' },
  file: { display: 'flex', flexWrap: 'wrap', gap: '4px 8px', alignItems: 'center' },
  acts: { display: 'flex', flexWrap: 'wrap', gap: '8px' },
});

type Asked = { readonly act: 'discard'; readonly file: CopiedFile } | { readonly act: 'remove'; readonly copy: DocumentCopy };

/** Who got copies of which documents, until when they may be given out, and what is left to do about them. */
export function CopyList({ copies, enabled, onDone }: { readonly copies: readonly DocumentCopy[]; readonly enabled: boolean; readonly onDone: (words: string) => void }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const cache = useQueryClient();
  const [asked, setAsked] = useState<Asked | null>(null);
  const discard = useCommand('copies', 'discard');
  const remove = useCommand('copies', 'remove');
  const may = useBarrier('copies', 'discard') === undefined && enabled;
  const maySign = useMaySign('agency') && enabled;
  const ended = async (outcome: { readonly ok: boolean }, words: string): Promise<void> => {
    await refreshCopies(cache);
    if (!outcome.ok) return;
    setAsked(null);
    onDone(words);
  };
  const ask = (what: Asked): void => {
    discard.reset();
    remove.reset();
    setAsked(what);
  };
  return (
    <>
      <ul className={styles.list} aria-label={t('copies.list')}>
        {copies.map((copy) => {
          const waiting = copy.files.filter(({ state }) => state === 'waiting').map(({ id }) => id);
          return (
            <li key={copy.id} className={styles.copy} data-copy={copy.id}>
              <div className={styles.head}>
                <span className={styles.who}>{copy.recipient.name}</span>
                <span>{t(`copies.kind.short.${copy.kind}`)}</span>
                <TermMark copy={copy} />
              </div>
              <span>{t('copies.what', { purpose: t(`packing.purpose.${copy.request.purpose}`), content: copy.request.content, request: copy.request.id, hasRequest: copy.request.id === '' ? 'no' : 'yes', id: copy.recipient.id, hasId: copy.recipient.id === '' ? 'no' : 'yes' })}</span>
              <ul className={styles.files}>
                {copy.files.map((file) => (
                  <li key={file.id}>
                    <div className={styles.file}>
                      <FileLine file={file} />
                      {may && file.state === 'waiting' && (
                        <Button size="small" onClick={() => { ask({ act: 'discard', file }); }}>
                          {t('copies.discard')}
                        </Button>
                      )}
                    </div>
                  </li>
                ))}
              </ul>
              <span className={styles.small}>{t('copies.made', { at: momentOf(copy.madeAt), by: copy.madeBy, approvedOn: calendarDay(copy.approvedOn), approver: copy.approver, hasApprover: copy.approver === '' ? 'no' : 'yes', until: calendarDay(copy.downloadUntil), remove: calendarDay(copy.removeOn) })}</span>
              <div className={styles.acts}>
                {maySign && waiting.length > 0 && (
                  <Button size="small" appearance="primary" icon={<Signature16Regular />} onClick={() => { goToSigning('agency', waiting); }}>
                    {t('copies.sign', { count: waiting.length })}
                  </Button>
                )}
                {may && (copy.term === 'over' || copy.term === 'due') && waiting.length < copy.files.length && (
                  <Button size="small" onClick={() => { ask({ act: 'remove', copy }); }}>
                    {t('copies.remove')}
                  </Button>
                )}
              </div>
            </li>
          );
        })}
      </ul>
      {asked?.act === 'discard' && (
        <ReasonDialog
          open
          title={t('copies.discard.title', { name: asked.file.source.name })}
          reason={{ label: t('handling.reason'), missing: t('ask.reasonMissing'), starts: [t('copies.start.withdrawn'), t('copies.start.mistake')], startsLabel: t('ask.starts') }}
          confirm={t('copies.discard.confirm')}
          cancel={t('ask.cancel')}
          pending={discard.pending}
          failure={discard.failure === undefined ? undefined : failureWords(t, discard.failure)}
          onConfirm={(reason) => { void discard.run({ file: asked.file.id, reason }).then((outcome) => ended(outcome, t('copies.discarded'))); }}
          onClose={() => { setAsked(null); }}
        >
          <p>{t('copies.discard.meaning')}</p>
        </ReasonDialog>
      )}
      {asked?.act === 'remove' && (
        <ReasonDialog
          open
          title={t('copies.remove.title', { recipient: asked.copy.recipient.name })}
          reason={null}
          confirm={t('copies.remove.confirm')}
          cancel={t('ask.cancel')}
          pending={remove.pending}
          failure={remove.failure === undefined ? undefined : failureWords(t, remove.failure)}
          onConfirm={() => { void remove.run({ copy: asked.copy.id }).then((outcome) => ended(outcome, t('copies.removed'))); }}
          onClose={() => { setAsked(null); }}
        >
          <p>{t('copies.remove.meaning')}</p>
        </ReasonDialog>
      )}
    </>
  );
}

/** Where its term stands; a word only where somebody has something to do or to know. */
function TermMark({ copy: { term, downloadUntil, removeOn } }: { readonly copy: DocumentCopy }): ReactNode {
  const t = useWords();
  if (term === 'open' || term === 'none') return null;
  return (
    <StateMark tone="attention" icon={term === 'due' ? <Warning16Regular aria-hidden="true" /> : <Clock16Regular aria-hidden="true" />}>
      {t(`copies.term.${term}`, { until: calendarDay(downloadUntil), remove: calendarDay(removeOn) })}
    </StateMark>
  );
}

function FileLine({ file }: { readonly file: CopiedFile }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const code = [file.codeNumber, file.codeNotation].filter((part) => part !== '').join('/');
  return (
    <>
      <span>{[code, file.subject].filter((part) => part !== '').join(' · ')}</span>
      <span className={styles.small}>{t('copies.file', { name: file.source.name, pages: file.pages, size: file.file === null ? 'none' : sizeWords(t, file.file.size), leftOut: file.leftOut, state: file.state })}</span>
      {file.signed !== null && <span className={styles.small}>{t('copies.signed', { by: file.signed.by, at: momentOf(file.signed.at), level: t(`signing.level.${levelOf(file.signed.level)}`) })}</span>}
      {file.file !== null && file.state === 'ready' && <SaveLink id={file.file.id} name={file.file.name} words={t('copies.save')} />}
      {file.file !== null && file.state === 'waiting' && <StateMark tone="brand" icon={<Signature16Regular aria-hidden="true" />}>{t('copies.waiting')}</StateMark>}
    </>
  );
}

function levelOf(level: string): 'B' | 'T' | 'LT' | 'LTA' {
  return level === 'T' || level === 'LT' || level === 'LTA' ? level : 'B';
}
