import { useState, type ReactNode } from 'react';
import { Button } from '@fluentui/react-components';
import { Clock16Regular } from '@fluentui/react-icons';
import type { DeadlineKind } from '#contract';
import { failureOf } from '../../../bridge/failure.ts';
import { useKeepingPages } from '../../../bridge/keeping-cache.ts';
import { calendarDay } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { StateMark } from '../../../ui/StateMark.tsx';
import { Tabs } from '../../../ui/Tabs.tsx';
import { Waiting } from '../../../ui/Waiting.tsx';
import { Card, Small, Table } from '../../settings/index.ts';
import { DossierLink } from '../parts/DossierLink.tsx';
import { periodWords } from '../parts/period-words.ts';

/** A month of the calendar. */
export type Span = { readonly kind: DeadlineKind; readonly from: string; readonly to: string };

const farAway = '2299-12-31';
const tone = { overdue: 'danger', soon: 'attention', later: 'neutral' } as const;

/** Dossiers by the day that comes to them, the earliest first. Nothing is blocked by it; each has its basis. */
export function DeadlineList({ span, onAll }: { readonly span: Span | null; readonly onAll: () => void }): ReactNode {
  const t = useWords();
  const [chosen, setKind] = useState<DeadlineKind>('expiry');
  const kind = span?.kind ?? chosen;
  const pages = useKeepingPages('deadlines', { kind, from: span?.from ?? null, to: span?.to ?? farAway });
  const items = pages.data?.pages.flatMap((page) => page.items) ?? [];
  const counts = pages.data?.pages[0]?.counts;
  return (
    <Card
      title={span === null ? t('keeping.due.title') : t('keeping.due.span', { from: calendarDay(span.from), to: calendarDay(span.to) })}
      intro={t(`keeping.due.intro.${kind}`)}
      acts={span !== null && <Button size="small" onClick={onAll}>{t('keeping.due.all')}</Button>}
    >
      {span === null && (
        <Tabs
          label={t('keeping.due.kinds')}
          chosen={kind}
          tabs={(['expiry', 'hand-in'] as const).map((name) => ({ name, words: t(`keeping.kind.${name}`) }))}
          onChoose={setKind}
        />
      )}
      {counts !== undefined && <div role="status">{t('keeping.due.counts', counts)}</div>}
      {pages.isError ? (
        <Notice tone="attention">{failureWords(t, failureOf(pages.error))}</Notice>
      ) : pages.data === undefined ? (
        <Waiting label={t('common.loading')} />
      ) : items.length === 0 ? (
        <Notice tone="info">{t('keeping.due.none')}</Notice>
      ) : (
        <Table
          label={t('keeping.due.title')}
          columns={[t('keeping.column.due'), t('keeping.column.dossier'), t('dossiers.retention'), t('keeping.column.ended'), t('keeping.column.rule'), t('keeping.column.list')]}
          rows={items.map((one) => ({
            key: one.dossier,
            cells: [
              <StateMark key="due" tone={tone[one.state]} icon={<Clock16Regular aria-hidden="true" />}>
                {calendarDay(one.due)} · {t(`keeping.state.${one.state}`)}
              </StateMark>,
              <DossierLink key="dossier" id={one.dossier} code={one.code} title={one.title} />,
              <span key="period">
                {periodWords(t, one.period)} <Small>{one.periodBasis}</Small>
              </span>,
              calendarDay(one.endedOn),
              <span key="rule">
                {t(`keeping.rule.${one.rule}`)} <Small>{t('keeping.basis', { basis: one.ruleBasis, confidence: t(`confidence.${one.ruleConfidence}`) })}</Small>
              </span>,
              one.disposal?.title ?? '',
            ],
          }))}
        />
      )}
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
