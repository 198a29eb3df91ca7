import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Button, Checkbox, Field, Input, makeStyles } from '@fluentui/react-components';
import { ArrowClockwise20Regular, Stop20Regular } from '@fluentui/react-icons';
import type { BadFile, FixityState, RepairResult } from '#contract';
import { refreshKeeping, useKeepingPages } from '../../../bridge/keeping-cache.ts';
import { useAsk, useCommand } from '../../../bridge/methods.ts';
import { useStaging } from '../../../bridge/stage-file.ts';
import { useLatest } from '../../../bridge/streams.ts';
import { momentOf } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { KeyHint } from '../../../ui/KeyHint.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { ReasonDialog } from '../../../ui/ReasonDialog.tsx';
import { useShortcut } from '../../../ui/shortcuts.ts';
import { Waiting } from '../../../ui/Waiting.tsx';
import { sizeWords } from '../../files/index.ts';
import { Acts, Card, CardPage, Small, Table } from '../../settings/index.ts';
import { FileButton } from '../parts/FileButton.tsx';

const useStyles = makeStyles({
  form: { display: 'flex', flexWrap: 'wrap', gap: '12px', alignItems: 'flex-end' },
  list: { margin: 0, paddingInlineStart: '20px', overflowWrap: 'anywhere' },
});

/** Kiểm tra toàn vẹn: whether every stored file is still what its hash says, what is not, and how it is mended. */
export function FixityView(): ReactNode {
  const t = useWords();
  const asked = useAsk('keeping', 'fixity', {}).data;
  const state = useLatest('keeping', 'fixity') ?? asked;
  return (
    <CardPage label={t('keeping.fixity')}>
      {state === undefined ? (
        <Waiting label={t('common.loading')} />
      ) : (
        <>
          <StateCard state={state} />
          <BadCard />
          <SettingsCard key={JSON.stringify(state.settings)} state={state} />
          <ReportsCard />
        </>
      )}
    </CardPage>
  );
}

function StateCard({ state }: { readonly state: FixityState }): ReactNode {
  const t = useWords();
  const check = useCommand('keeping', 'checkNow');
  const stop = useCommand('keeping', 'stopCheck');
  const { running, last } = state;
  useShortcut('F8', () => { if (running === null && !check.pending) void check.run({}); }, running === null && check.barred === undefined);
  return (
    <Card
      title={t('keeping.fixity.state')}
      intro={t('keeping.fixity.intro')}
      acts={
        running === null ? (
          check.barred === undefined && (
            <Button appearance="primary" icon={<ArrowClockwise20Regular />} aria-keyshortcuts="F8" disabledFocusable={check.pending} onClick={() => { if (!check.pending) void check.run({}); }}>
              {t('keeping.fixity.check')}
              <KeyHint keys="F8" onPrimary />
            </Button>
          )
        ) : (
          stop.barred === undefined && (
            <Button icon={<Stop20Regular />} disabledFocusable={stop.pending} onClick={() => { if (!stop.pending) void stop.run({}); }}>
              {t('keeping.fixity.stop')}
            </Button>
          )
        )
      }
    >
      {state.alarms > 0 && <Notice tone="attention" live>{t('keeping.fixity.alarm', { count: state.alarms })}</Notice>}
      {running !== null && <Notice tone="info" live>{t('keeping.fixity.running', { percent: running.percent, files: running.report.files })}</Notice>}
      {last === null ? <Notice tone="info">{t('keeping.fixity.never')}</Notice> : <Notice tone={state.bad > 0 ? 'attention' : 'good'}>{t('keeping.fixity.last', { at: momentOf(last.endedAt ?? last.startedAt), files: last.files, size: sizeWords(t, last.bytes), bad: state.bad })}</Notice>}
      {state.nextAt !== null && <div>{t('keeping.fixity.next', { at: momentOf(state.nextAt) })}</div>}
      {(check.failure ?? stop.failure) !== undefined && <Notice tone="attention" live>{failureWords(t, check.failure ?? stop.failure ?? { code: 'internal' })}</Notice>}
    </Card>
  );
}

function BadCard(): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const cache = useQueryClient();
  const staging = useStaging();
  const [open, setOpen] = useState(true);
  const pages = useKeepingPages('badFiles', { open });
  const repair = useCommand('keeping', 'repair');
  const note = useCommand('keeping', 'noteLoss');
  const [noting, setNoting] = useState<BadFile | null>(null);
  const [results, setResults] = useState<readonly RepairResult[]>([]);
  const items = pages.data?.pages.flatMap((page) => page.items) ?? [];
  const failure = staging.failure ?? repair.failure;
  const mend = async (files: readonly File[]): Promise<void> => {
    const stored = await staging.take(files.slice(0, 100));
    if (stored.length === 0) return;
    const outcome = await repair.run({ files: stored });
    if (outcome.ok) setResults(outcome.value);
    await refreshKeeping(cache);
  };
  return (
    <Card
      title={t('keeping.bad.title')}
      intro={t('keeping.bad.intro')}
      acts={
        <>
          <Checkbox label={t('keeping.bad.all')} checked={!open} onChange={(_, { checked }) => { setOpen(checked !== true); }} />
          {repair.barred === undefined && items.length > 0 && <FileButton words={t('keeping.bad.repair')} many onFiles={(files) => { void mend(files); }} />}
        </>
      }
    >
      {staging.busy !== null && <Notice tone="info" live>{t('stage.busy', { name: staging.busy })}</Notice>}
      {failure !== undefined && <Notice tone="attention" live>{failureWords(t, failure)}</Notice>}
      {results.length > 0 && (
        <Notice tone={results.every(({ result }) => result === 'repaired') ? 'good' : 'attention'} live>
          <ul className={styles.list}>
            {results.map((one) => (
              <li key={`${one.file} ${one.sha256}`}>{t(`keeping.repair.${one.result}`, { file: one.file })}</li>
            ))}
          </ul>
        </Notice>
      )}
      {pages.data === undefined ? (
        <Waiting label={t('common.loading')} />
      ) : items.length === 0 ? (
        <Notice tone="good">{t(open ? 'keeping.bad.none' : 'keeping.bad.never')}</Notice>
      ) : (
        <Table
          label={t('keeping.bad.title')}
          columns={[t('keeping.bad.file'), t('keeping.bad.harm'), t('keeping.bad.found'), t('keeping.bad.state')]}
          rows={items.map((one) => ({
            key: one.sha256,
            cells: [
              <span key="file">
                {one.holders[0]?.name ?? one.sha256.slice(0, 16)}
                {one.holders.map((holder, at) => (
                  <Small key={`${String(at)} ${holder.name}`}>{[holder.about, holder.subject, ...holder.dossiers.map(({ code }) => code)].filter((part) => part !== '').join(' · ')}</Small>
                ))}
                <Small>{t('keeping.bad.hash', { sha256: one.sha256 })}</Small>
              </span>,
              <span key="harm">
                {t(`keeping.harm.${one.harm}`)} <Small>{sizeWords(t, one.size)}</Small>
              </span>,
              momentOf(one.foundAt),
              one.repairedAt !== null ? (
                t('keeping.bad.repaired', { at: momentOf(one.repairedAt), by: one.repairedBy, from: one.repairedFrom })
              ) : one.notedAt !== null ? (
                t('keeping.bad.noted', { at: momentOf(one.notedAt), by: one.notedBy, reason: one.notedReason })
              ) : (
                <Acts key="acts">
                  {note.barred === undefined && (
                    <Button size="small" onClick={() => { note.reset(); setNoting(one); }}>
                      {t('keeping.bad.note')}
                    </Button>
                  )}
                </Acts>
              ),
            ],
          }))}
        />
      )}
      {pages.hasNextPage && (
        <div>
          <Button onClick={() => void pages.fetchNextPage()}>{t('keeping.more')}</Button>
        </div>
      )}
      <ReasonDialog
        open={noting !== null}
        title={t('keeping.bad.noteTitle', { name: noting?.holders[0]?.name ?? '' })}
        reason={{ label: t('keeping.bad.noteReason'), missing: t('ask.reasonMissing'), starts: [t('keeping.bad.start.sender'), t('keeping.bad.start.backup')], startsLabel: t('ask.starts') }}
        confirm={t('keeping.bad.note')}
        cancel={t('ask.cancel')}
        pending={note.pending}
        failure={note.failure === undefined ? undefined : failureWords(t, note.failure)}
        onConfirm={(reason) => {
          if (noting === null) return;
          void note.run({ sha256: noting.sha256, reason }).then(async ({ ok }) => {
            await refreshKeeping(cache);
            if (ok) setNoting(null);
          });
        }}
        onClose={() => { setNoting(null); }}
      >
        <p>{t('keeping.bad.noteMeaning')}</p>
      </ReasonDialog>
    </Card>
  );
}

function SettingsCard({ state }: { readonly state: FixityState }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const save = useCommand('keeping', 'saveFixitySettings');
  const [enabled, setEnabled] = useState(state.settings.enabled);
  const [days, setDays] = useState(String(state.settings.everyDays));
  const [share, setShare] = useState(String(state.settings.share));
  const good = (text: string, most: number): boolean => /^\d{1,4}$/.test(text) && Number(text) >= 1 && Number(text) <= most;
  const valid = good(days, 1096) && good(share, 100);
  return (
    <Card title={t('keeping.fixitySettings')}>
      <form
        className={styles.form}
        aria-label={t('keeping.fixitySettings')}
        onSubmit={(event) => {
          event.preventDefault();
          if (valid && !save.pending) void save.run({ enabled, everyDays: Number(days), share: Number(share) });
        }}
      >
        <Checkbox label={t('keeping.fixity.enabled')} checked={enabled} onChange={(_, { checked }) => { setEnabled(checked === true); }} />
        <Field label={t('keeping.fixity.everyDays')} validationState={good(days, 1096) ? 'none' : 'error'} validationMessage={good(days, 1096) ? null : t('keeping.rules.days', { most: 1096 })}>
          <Input name="everyDays" inputMode="numeric" value={days} maxLength={4} onChange={(_, { value }) => { setDays(value.trim()); }} />
        </Field>
        <Field label={t('keeping.fixity.share')} validationState={good(share, 100) ? 'none' : 'error'} validationMessage={good(share, 100) ? null : t('keeping.rules.days', { most: 100 })}>
          <Input name="share" inputMode="numeric" value={share} maxLength={3} onChange={(_, { value }) => { setShare(value.trim()); }} />
        </Field>
        <Button type="submit" disabledFocusable={!valid || save.pending}>
          {t('keeping.rules.save')}
        </Button>
      </form>
      {save.failure !== undefined && <Notice tone="attention" live>{failureWords(t, save.failure)}</Notice>}
    </Card>
  );
}

function ReportsCard(): ReactNode {
  const t = useWords();
  const pages = useKeepingPages('reports', {});
  const items = pages.data?.pages.flatMap((page) => page.items) ?? [];
  if (items.length === 0) return null;
  return (
    <Card title={t('keeping.reports.title')}>
      <Table
        label={t('keeping.reports.title')}
        columns={[t('keeping.reports.at'), t('keeping.reports.by'), t('keeping.reports.files'), t('keeping.reports.found')]}
        rows={items.map((one) => ({
          key: one.id,
          cells: [
            one.endedAt === null ? momentOf(one.startedAt) : t('keeping.reports.span', { from: momentOf(one.startedAt), to: momentOf(one.endedAt), stopped: one.stopped ? 'yes' : 'no' }),
            one.by === 'station' ? t('keeping.reports.clock') : one.by,
            t('keeping.reports.amount', { files: one.files, size: sizeWords(t, one.bytes) }),
            t('keeping.reports.harm', { missing: one.missing, damaged: one.damaged, unreadable: one.unreadable }),
          ],
        }))}
      />
      {pages.hasNextPage && (
        <div>
          <Button onClick={() => void pages.fetchNextPage()}>{t('keeping.more')}</Button>
        </div>
      )}
    </Card>
  );
}
