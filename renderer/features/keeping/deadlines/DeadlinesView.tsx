import { useState, type ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { Tabs } from '../../../ui/Tabs.tsx';
import { CardPage } from '../../settings/index.ts';
import { DeadlineList, type Span } from './DeadlineList.tsx';
import { RetentionCalendar } from './RetentionCalendar.tsx';
import { RulesCard } from './RulesCard.tsx';
import { SchedulesCard } from './SchedulesCard.tsx';

const tabs = ['due', 'calendar', 'schedules', 'rules'] as const;
type Tab = (typeof tabs)[number];

/** Thời hạn bảo quản: what is due, the calendar of years, the tables that say how long, and the office's rules of counting. */
export function DeadlinesView(): ReactNode {
  const t = useWords();
  const [tab, setTab] = useState<Tab>('due');
  const [span, setSpan] = useState<Span | null>(null);
  return (
    <CardPage label={t('keeping.deadlines')}>
      <Tabs
        label={t('keeping.deadlineTabs')}
        chosen={tab}
        tabs={tabs.map((name) => ({ name, words: t(`keeping.tab.${name}`) }))}
        onChoose={(name) => {
          setSpan(null);
          setTab(name);
        }}
      />
      {tab === 'due' && <DeadlineList span={span} onAll={() => { setSpan(null); }} />}
      {tab === 'calendar' && (
        <RetentionCalendar
          onMonth={(chosen) => {
            setSpan(chosen);
            setTab('due');
          }}
        />
      )}
      {tab === 'schedules' && <SchedulesCard />}
      {tab === 'rules' && <RulesCard />}
    </CardPage>
  );
}
