import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { Add20Regular } from '@fluentui/react-icons';
import type { OutputOf, Contract, TrustAnchor } from '#contract';
import { methodKey, useAsk, useCommand } from '../../../bridge/methods.ts';
import { calendarDay, dayOf, momentOf, timeOf } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { ReasonDialog } from '../../../ui/ReasonDialog.tsx';
import { Card } from '../people/Card.tsx';
import { Acts, Small, Table } from '../people/Table.tsx';
import { AnchorForm } from './AnchorForm.tsx';

const useStyles = makeStyles({
  hash: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere', userSelect: 'text' },
  title: { margin: '4px 0 0', fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  list: { margin: 0, paddingInlineStart: '20px' },
  words: { margin: 0, color: tokens.colorNeutralForeground2, textWrap: 'pretty' },
});

/** Whom this station believes: the anchors of the program, apart from them those that were added, and what is kept of answers. */
export function AnchorsCard(): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const cache = useQueryClient();
  const answer = useAsk('signingSettings', 'anchors', {}, { fresh: true });
  const withdraw = useCommand('signingSettings', 'withdrawAnchor');
  const [adding, setAdding] = useState(false);
  const [ending, setEnding] = useState<TrustAnchor | null>(null);
  const [said, setSaid] = useState('');
  const done = (): void => {
    setAdding(false);
    setEnding(null);
    setSaid(t('settings.savedAt', { time: timeOf(new Date()) }));
    void cache.invalidateQueries({ queryKey: methodKey('signingSettings', 'anchors') });
  };
  if (answer.data === undefined) return null;
  const { edition, anchors, unpinned } = answer.data;
  const shipped = anchors.filter(({ origin }) => origin === 'program');
  const added = anchors.filter(({ origin }) => origin !== 'program');
  return (
    <Card
      title={t('signer.anchors.title')}
      intro={t('signer.anchors.intro')}
      said={said}
      acts={
        withdraw.barred === undefined && (
          <Button
            icon={<Add20Regular />}
            onClick={() => {
              setSaid('');
              setAdding(true);
            }}
          >
            {t('signer.anchors.add')}
          </Button>
        )
      }
      task={
        adding ? (
          <AnchorForm
            onDone={done}
            onCancel={() => {
              setAdding(false);
            }}
          />
        ) : undefined
      }
    >
      <h3 className={styles.title}>{t('signer.anchors.shipped', { day: calendarDay(edition) })}</h3>
      <Table
        label={t('signer.anchors.shippedLabel')}
        columns={[t('signer.anchors.name'), t('signer.anchors.sha256'), t('signer.anchors.validity'), t('signer.anchors.sure')]}
        rows={shipped.map((anchor) => ({
          key: anchor.sha256,
          cells: [
            <>
              {anchor.name}
              <Small>{t(`signer.role.${anchor.role}`)}</Small>
            </>,
            <span key="hash" className={styles.hash}>
              {anchor.sha256}
            </span>,
            <Validity key="validity" anchor={anchor} />,
            t(`signer.sure.${sureOf(anchor.confidence)}`),
          ],
        }))}
      />
      {unpinned.length > 0 && (
        <>
          <p className={styles.words}>{t('signer.anchors.unpinned')}</p>
          <ul className={styles.list}>
            {unpinned.map(({ name }) => (
              <li key={name}>{name}</li>
            ))}
          </ul>
        </>
      )}
      <h3 className={styles.title}>{t('signer.anchors.added')}</h3>
      {added.length === 0 ? (
        <p className={styles.words}>{t('signer.anchors.noneAdded')}</p>
      ) : (
        <>
          <Notice tone="attention">{t('signer.anchors.addedMeaning')}</Notice>
          <Table
            label={t('signer.anchors.added')}
            columns={[t('signer.anchors.name'), t('signer.anchors.sha256'), t('signer.anchors.validity'), t('signer.anchors.why'), t('people.acts')]}
            rows={added.map((anchor) => ({
              key: anchor.id ?? anchor.sha256,
              cells: [
                <>
                  {anchor.name}
                  {anchor.origin === 'practice' && <Small>{t('signer.origin.practice')}</Small>}
                </>,
                <span key="hash" className={styles.hash}>
                  {anchor.sha256}
                </span>,
                <Validity key="validity" anchor={anchor} />,
                <>
                  {anchor.reason}
                  <Small>{t('signer.anchors.by', { who: anchor.addedBy, at: anchor.addedAt === null ? '' : momentOf(anchor.addedAt) })}</Small>
                  {anchor.withdrawnAt !== null && (
                    <Small>{t('signer.anchors.withdrawnBy', { who: anchor.withdrawnBy, at: momentOf(anchor.withdrawnAt), reason: anchor.withdrawnReason })}</Small>
                  )}
                </>,
                anchor.withdrawnAt === null && withdraw.barred === undefined ? (
                  <Acts>
                    <Button
                      size="small"
                      aria-label={t('signer.anchors.withdrawOf', { name: anchor.name })}
                      onClick={() => {
                        setSaid('');
                        withdraw.reset();
                        setEnding(anchor);
                      }}
                    >
                      {t('signer.anchors.withdraw')}
                    </Button>
                  </Acts>
                ) : (
                  anchor.withdrawnAt !== null && t('signer.anchor.withdrawn')
                ),
              ],
            }))}
          />
        </>
      )}
      <EvidenceKept />
      <ReasonDialog
        open={ending !== null}
        title={t('signer.anchors.withdrawOf', { name: ending?.name ?? '' })}
        reason={{ label: t('signer.field.reason'), missing: t('signer.reasonMissing'), starts: [], startsLabel: '' }}
        confirm={t('signer.anchors.withdraw')}
        cancel={t('ask.cancel')}
        pending={withdraw.pending}
        failure={withdraw.failure === undefined ? undefined : failureWords(t, withdraw.failure)}
        onConfirm={(reason) => {
          void withdraw.run({ id: ending?.id ?? '', reason }).then(({ ok }) => {
            if (ok) done();
          });
        }}
        onClose={() => {
          setEnding(null);
        }}
      >
        <p>{t('signer.anchors.withdrawMeaning')}</p>
      </ReasonDialog>
    </Card>
  );
}

function Validity({ anchor: { validFrom, validTo } }: { readonly anchor: TrustAnchor }): ReactNode {
  const t = useWords();
  if (validFrom === null || validTo === null) return t('signer.anchors.validityUnknown');
  return t('signer.anchors.validFromTo', { from: dayWords(validFrom), to: dayWords(validTo) });
}

/** Of shipped ones the day is known, of others the instant. */
function dayWords(dayOrInstant: string): string {
  return dayOrInstant.length === 10 ? calendarDay(dayOrInstant) : dayOf(dayOrInstant);
}

function sureOf(confidence: string): 'M' | 'P' | 'S' {
  return confidence === 'M' || confidence === 'P' ? confidence : 'S';
}

/** What authorities answered, kept on this machine for when there is no network. */
function EvidenceKept(): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const kept: OutputOf<Contract['signingSettings']['evidence']> | undefined = useAsk('signingSettings', 'evidence', {}, { fresh: true }).data;
  if (kept === undefined) return null;
  const { answers, issuers, bytes, mostBytes, lists, memoryOnly } = kept;
  return (
    <>
      <h3 className={styles.title}>{t('signer.evidence.title')}</h3>
      <p className={styles.words}>
        {t('signer.evidence.kept', { answers, issuers, kib: Math.ceil(bytes / 1024), mostMib: Math.round(mostBytes / 1024 / 1024) })}
      </p>
      {memoryOnly && <Notice tone="attention">{t('signer.evidence.memoryOnly')}</Notice>}
      {lists.length > 0 && (
        <ul className={styles.list}>
          {lists.map(({ url, thisUpdate, nextUpdate, count }) => (
            <li key={url}>
              {url}
              <Small>{t('signer.evidence.list', { from: momentOf(thisUpdate), to: nextUpdate === null ? '–' : momentOf(nextUpdate), count })}</Small>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
