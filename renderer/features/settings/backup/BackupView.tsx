import { useState, type ReactNode } from 'react';
import { Button } from '@fluentui/react-components';
import { ArrowClockwise20Regular, Dismiss20Regular, Save20Regular } from '@fluentui/react-icons';
import type { BackupCheck, BackupRun, BackupState, Generation } from '#contract';
import { useAsk, useCommand } from '../../../bridge/methods.ts';
import { useLatest } from '../../../bridge/streams.ts';
import { momentOf } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { KeyHint } from '../../../ui/KeyHint.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { ReasonDialog } from '../../../ui/ReasonDialog.tsx';
import { useShortcut } from '../../../ui/shortcuts.ts';
import { Waiting } from '../../../ui/Waiting.tsx';
import { failureOf } from '../../../bridge/failure.ts';
import { Card, CardPage } from '../people/Card.tsx';
import { Small, Table } from '../people/Table.tsx';
import { BackupProgressLine } from './BackupProgressLine.tsx';
import { PlaceCard } from './PlaceCard.tsx';
import { RecoveryCard } from './RecoveryCard.tsx';
import { RestoreCard } from './RestoreCard.tsx';
import { RestoredCard } from './RestoredCard.tsx';

const mebibytes = (bytes: number): number => Math.ceil(bytes / 1024 / 1024);

/** Sao lưu: copies of the whole station elsewhere, what opens them, and whether they are as they were written. */
export function BackupView(): ReactNode {
  const t = useWords();
  const asked = useAsk('backup', 'state', {}).data;
  const state = useLatest('backup', 'state') ?? asked;
  return (
    <CardPage label={t('backup.page')}>
      {state === undefined ? (
        <Waiting label={t('common.loading')} />
      ) : (
        <>
          {state.restored !== null && <RestoredCard restored={state.restored} />}
          <StateCard state={state} />
          <PlaceCard key={JSON.stringify(state.settings)} settings={state.settings} />
          <RecoveryCard state={state} />
          <RestoreCard />
          {state.settings.folder !== null && <ListCard key={`list ${state.last?.id ?? ''}`} state={state} />}
          <LogCard key={`log ${state.last?.id ?? ''}`} />
        </>
      )}
    </CardPage>
  );
}

function StateCard({ state }: { readonly state: BackupState }): ReactNode {
  const t = useWords();
  const start = useCommand('backup', 'start');
  const cancel = useCommand('backup', 'cancel');
  const { running, last, lastGoodAt, settings, recovery, nextAt } = state;
  const ready = settings.folder !== null && recovery !== null;
  const mayStart = running === null && ready && start.barred === undefined;
  const begin = (): void => {
    if (mayStart && !start.pending) void start.run({});
  };
  useShortcut('F8', begin, mayStart);
  const failure = running === null && !start.pending ? (start.failure ?? failureIn(last)) : undefined;
  return (
    <Card
      title={t('backup.title')}
      intro={t('backup.intro')}
      acts={
        running !== null
          ? cancel.barred === undefined && (
              <Button icon={<Dismiss20Regular />} disabledFocusable={cancel.pending} onClick={() => { if (!cancel.pending) void cancel.run({}); }}>
                {t('backup.cancel')}
              </Button>
            )
          : mayStart && (
              <Button appearance="primary" icon={<Save20Regular />} aria-keyshortcuts="F8" disabledFocusable={start.pending} onClick={begin}>
                {t('backup.start')}
                <KeyHint keys="F8" onPrimary />
              </Button>
            )
      }
    >
      {state.elsewhere !== null && <Elsewhere elsewhere={state.elsewhere} />}
      {!ready && <Notice tone="attention">{t('backup.notYet')}</Notice>}
      {lastGoodAt === null ? (
        <Notice tone={state.isLate ? 'attention' : 'info'}>{t('backup.never')}</Notice>
      ) : state.isLate ? (
        <Notice tone="attention">{t('backup.late', { days: settings.warnAfterDays, time: momentOf(lastGoodAt) })}</Notice>
      ) : (
        last?.failure !== null && <Notice tone="good">{t('backup.lastGood', { time: momentOf(lastGoodAt) })}</Notice>
      )}
      {running !== null && <BackupProgressLine running={running} />}
      {running === null && last?.failure === null && <Done last={last} />}
      {failure !== undefined && (
        <Notice tone={failure.code === 'backup-cancelled' ? 'info' : 'attention'} live>
          {failureWords(t, failure)}
        </Notice>
      )}
      {running === null && nextAt !== null && <div>{state.isDue ? t('backup.nextWaits') : t('backup.next', { time: momentOf(nextAt) })}</div>}
    </Card>
  );
}

function failureIn(last: BackupRun | null): Parameters<typeof failureWords>[1] | undefined {
  return last === null || last.failure === null ? undefined : { code: last.failure, params: last.params, incident: String(last.params['incident'] ?? '–') };
}

function Done({ last }: { readonly last: BackupRun }): ReactNode {
  const t = useWords();
  return (
    <Notice tone={last.missing === 0 ? 'good' : 'attention'} live>
      {t('backup.done', { time: momentOf(last.endedAt), files: last.files, size: mebibytes(last.bytes), newFiles: last.newFiles, newSize: mebibytes(last.newBytes) })}
      {last.missing > 0 && ` ${t('backup.done.missing', { count: last.missing })}`}
    </Notice>
  );
}

function Elsewhere({ elsewhere }: { readonly elsewhere: NonNullable<BackupState['elsewhere']> }): ReactNode {
  const t = useWords();
  const note = useCommand('backup', 'noteElsewhere');
  const [open, setOpen] = useState(false);
  const words = t('backup.elsewhere', { time: momentOf(elsewhere.at), host: elsewhere.host });
  return (
    <>
      <Notice tone="attention" action={note.barred === undefined && <Button size="small" onClick={() => { setOpen(true); }}>{t('backup.elsewhere.note')}</Button>}>
        {words}
      </Notice>
      <ReasonDialog
        open={open}
        title={t('backup.elsewhere.note')}
        reason={{ label: t('backup.elsewhere.reason'), missing: t('ask.reasonMissing'), starts: [t('backup.elsewhere.start')], startsLabel: t('ask.starts') }}
        confirm={t('backup.elsewhere.note')}
        cancel={t('ask.cancel')}
        pending={note.pending}
        failure={note.failure === undefined ? undefined : failureWords(t, note.failure)}
        onConfirm={(reason) => {
          void note.run({ note: reason }).then(({ ok }) => {
            if (ok) setOpen(false);
          });
        }}
        onClose={() => { setOpen(false); }}
      >
        <p>{words}</p>
      </ReasonDialog>
    </>
  );
}

function ListCard({ state }: { readonly state: BackupState }): ReactNode {
  const t = useWords();
  const isFree = state.running === null;
  const list = useAsk('backup', 'generations', { folder: null }, { enabled: isFree, fresh: true });
  const verify = useCommand('backup', 'verify');
  return (
    <Card
      title={t('backup.list')}
      acts={
        <Button size="small" icon={<ArrowClockwise20Regular />} disabledFocusable={!isFree} onClick={() => { if (isFree) void list.refetch(); }}>
          {t('backup.list.again')}
        </Button>
      }
    >
      {list.isError && isFree && <Notice tone="attention">{failureWords(t, failureOf(list.error))}</Notice>}
      {verify.value !== undefined && !verify.pending && <Checked check={verify.value} list={list.data ?? []} />}
      {verify.failure !== undefined && <Notice tone="attention" live>{failureWords(t, verify.failure)}</Notice>}
      {list.data?.length === 0 && <Notice tone="info">{t('backup.list.none')}</Notice>}
      {list.data !== undefined && list.data.length > 0 && (
        <Table
          label={t('backup.list')}
          columns={[t('backup.list.at'), t('backup.list.holds'), t('backup.list.sheet'), t('backup.list.act')]}
          rows={list.data.map((one) => ({
            key: one.generation,
            cells: [
              one.at === null ? one.generation : momentOf(one.at),
              <Holds key="holds" one={one} />,
              one.recovery,
              one.state === 'good' && verify.barred === undefined && (
                <Button key="verify" size="small" disabledFocusable={!isFree || verify.pending} onClick={() => { if (isFree && !verify.pending) void verify.run({ generation: one.generation }); }}>
                  {t('backup.verify')}
                </Button>
              ),
            ],
          }))}
        />
      )}
    </Card>
  );
}

function Holds({ one }: { readonly one: Generation }): ReactNode {
  const t = useWords();
  if (one.state !== 'good') return t(`backup.list.${one.state}`);
  return (
    <span>
      {t('backup.list.counts', { incoming: one.incoming, outgoing: one.outgoing, files: one.files, size: mebibytes(one.bytes) })}
      <Small>{[one.host, one.missing === 0 ? '' : t('backup.list.missing', { count: one.missing })].filter((part) => part !== '').join(' · ')}</Small>
    </span>
  );
}

function Checked({ check, list }: { readonly check: BackupCheck; readonly list: readonly Generation[] }): ReactNode {
  const t = useWords();
  const at = list.find(({ generation }) => generation === check.generation)?.at ?? null;
  const time = at === null ? check.generation : momentOf(at);
  if (check.bad.length === 0) return <Notice tone="good" live>{t('backup.verified', { time, files: check.files })}</Notice>;
  return (
    <Notice tone="attention" live>
      {t('backup.verifiedBad', { time, count: check.bad.length })}
      {check.bad.slice(0, 10).map(({ path, what }) => (
        <Small key={path}>{`${path}: ${t(`backup.bad.${what}`)}`}</Small>
      ))}
    </Notice>
  );
}

function LogCard(): ReactNode {
  const t = useWords();
  const [limit, setLimit] = useState(10);
  const runs = useAsk('backup', 'runs', { before: null, limit }, { fresh: true, keepFormer: true }).data ?? [];
  const state = useLatest('backup', 'state');
  if (runs.length === 0) return null;
  return (
    <Card title={t('backup.log')}>
      <Table
        label={t('backup.log')}
        columns={[t('backup.log.at'), t('backup.log.by'), t('backup.log.where'), t('backup.log.end')]}
        rows={runs.map((one) => ({
          key: one.id,
          cells: [
            momentOf(one.startedAt),
            one.by === 'station' ? t('backup.log.clock') : one.by,
            <span key="where">
              {one.folder}
              <Small>{one.generation}</Small>
            </span>,
            one.failure === null
              ? t('backup.log.good', { files: one.files, size: mebibytes(one.bytes), newFiles: one.newFiles, newSize: mebibytes(one.newBytes) })
              : failureWords(t, failureIn(one) ?? { code: one.failure }),
          ],
        }))}
      />
      {runs.length === limit && limit < 200 && state !== undefined && (
        <div>
          <Button onClick={() => { setLimit(Math.min(200, limit + 40)); }}>{t('backup.log.more')}</Button>
        </div>
      )}
    </Card>
  );
}
