import { useState, type ReactNode } from 'react';
import { Button } from '@fluentui/react-components';
import { ArrowImport20Regular } from '@fluentui/react-icons';
import type { RetentionSchedule } from '#contract';
import { useKeepingPages } from '../../../bridge/keeping-cache.ts';
import { useAsk } from '../../../bridge/methods.ts';
import { calendarDay, momentOf } from '../../../i18n/dates.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { Waiting } from '../../../ui/Waiting.tsx';
import { SaveLink } from '../../files/index.ts';
import { Acts, Card, Small, Table } from '../../settings/index.ts';
import { periodWords } from '../parts/period-words.ts';
import { EndScheduleDialog } from './EndScheduleDialog.tsx';
import { ScheduleImport } from './ScheduleImport.tsx';

/** Bảng thời hạn bảo quản: every version that was taken over, and the rows of one. */
export function SchedulesCard(): ReactNode {
  const t = useWords();
  const schedules = useAsk('keeping', 'schedules', {}).data;
  const [importing, setImporting] = useState(false);
  const [ending, setEnding] = useState<RetentionSchedule | null>(null);
  const [shown, setShown] = useState<RetentionSchedule | null>(null);
  const [said, setSaid] = useState('');
  return (
    <>
      <Card
        title={t('keeping.schedules.title')}
        intro={t('keeping.schedules.intro')}
        said={said}
        acts={
          <Button appearance="primary" size="small" icon={<ArrowImport20Regular />} onClick={() => { setImporting(true); }}>
            {t('keeping.schedules.import')}
          </Button>
        }
      >
        {schedules === undefined ? (
          <Waiting label={t('common.loading')} />
        ) : schedules.length === 0 ? (
          <Notice tone="info">{t('keeping.schedules.none')}</Notice>
        ) : (
          <Table
            label={t('keeping.schedules.title')}
            columns={[t('keeping.schedules.name'), t('keeping.schedules.valid'), t('keeping.schedules.rows'), t('keeping.schedules.importedAt'), t('keeping.schedules.acts')]}
            rows={schedules.map((one) => ({
              key: one.id,
              cells: [
                <span key="name">
                  {one.name} <Small>{t('keeping.basis', { basis: one.source, confidence: t(`confidence.${one.confidence}`) })}</Small>
                </span>,
                t('keeping.schedules.span', { from: calendarDay(one.validFrom), to: one.validTo === null ? '' : calendarDay(one.validTo), open: one.validTo === null ? 'yes' : 'no', current: one.current ? 'yes' : 'no' }),
                String(one.rows),
                <span key="at">
                  {momentOf(one.importedAt)} <Small>{one.importedBy}</Small>
                </span>,
                <Acts key="acts">
                  <Button size="small" onClick={() => { setShown(shown?.id === one.id ? null : one); }} aria-expanded={shown?.id === one.id}>
                    {t('keeping.schedules.show')}
                  </Button>
                  {one.validTo === null && <Button size="small" onClick={() => { setEnding(one); }}>{t('keeping.schedules.end')}</Button>}
                  <SaveLink id={one.file.id} name={one.file.name} words={null} />
                </Acts>,
              ],
            }))}
          />
        )}
      </Card>
      {shown !== null && <Rows schedule={shown} />}
      {importing && (
        <ScheduleImport
          schedules={schedules ?? []}
          onClose={() => { setImporting(false); }}
          onDone={(words) => {
            setImporting(false);
            setSaid(words);
          }}
        />
      )}
      {ending !== null && (
        <EndScheduleDialog
          schedule={ending}
          onClose={() => { setEnding(null); }}
          onDone={(words) => {
            setEnding(null);
            setSaid(words);
          }}
        />
      )}
    </>
  );
}

function Rows({ schedule }: { readonly schedule: RetentionSchedule }): ReactNode {
  const t = useWords();
  const pages = useKeepingPages('findRows', { schedule: schedule.id, day: schedule.validFrom, words: '' });
  const rows = pages.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Card title={schedule.name}>
      <Table
        label={schedule.name}
        columns={[t('keeping.rows.code'), t('keeping.rows.description'), t('dossiers.retention')]}
        rows={rows.map((row) => ({
          key: row.id,
          cells: [
            row.code,
            <span key="words">
              {row.description} <Small>{row.group}</Small>
            </span>,
            periodWords(t, row.period),
          ],
        }))}
      />
      {pages.hasNextPage && (
        <div>
          <Button disabledFocusable={pages.isFetching} onClick={() => void pages.fetchNextPage()}>
            {t('keeping.more')}
          </Button>
        </div>
      )}
    </Card>
  );
}
