import type { ReactNode } from 'react';
import { makeStyles, tokens } from '@fluentui/react-components';
import { CheckmarkCircle24Regular } from '@fluentui/react-icons';
import type { DutyCounts, DutyState } from '#contract';
import { useAsk } from '../../../bridge/methods.ts';
import { Unanswered } from '../../../bridge/Unanswered.tsx';
import { adjustAddress, formatAddress, goTo, useAddress } from '../../../foundations/address.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { AddressLink } from '../../../ui/AddressLink.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Tabs } from '../../../ui/Tabs.tsx';
import { Waiting } from '../../../ui/Waiting.tsx';
import { DutyTable } from '../parts/DutyTable.tsx';

const tabs = ['now', 'ok', 'late'] as const;
type DutyTab = (typeof tabs)[number];

const statesOf: Readonly<Record<DutyTab, readonly DutyState[]>> = {
  now: ['overdue', 'soon'],
  ok: ['ok'],
  late: ['done-late'],
};

/** Rows drawn at once; nobody works through more, and the rest follows when these are done. */
const shownRows = 200;

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 },
  body: { flexGrow: 1, minHeight: 0 },
  box: { height: '100%', overflow: 'auto', padding: '12px 16px', boxSizing: 'border-box', outlineOffset: '-2px' },
  intro: { margin: '0 0 8px', color: tokens.colorNeutralForeground2 },
  note: { padding: '8px 16px' },
});

/** Việc đến hạn: what the office owes, by when, and on what ground. */
export function DutiesView(): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const { params } = useAddress();
  const list = useAsk('duties', 'list', {});
  const tab: DutyTab = tabs.find((one) => one === params['tab']) ?? 'now';
  const counts = countsOf(list.data?.counts);
  const items = list.data?.items.filter((item) => statesOf[tab].includes(item.state)) ?? [];
  const hidden = counts[tab] - Math.min(items.length, shownRows);
  return (
    <div className={styles.page}>
      <Tabs
        label={t('duties.tabs')}
        chosen={tab}
        tabs={tabs.map((name) => ({ name, words: t(`duties.tab.${name}`, { count: counts[name] }) }))}
        onChoose={(name) => {
          adjustAddress({ tab: name });
        }}
      />
      <div className={styles.body}>
        {list.isError && list.data === undefined ? (
          <div className={styles.note}>
            <Unanswered error={list.error} onAgain={() => void list.refetch()} />
          </div>
        ) : list.data === undefined ? (
          <Waiting label={t('common.loading')} lines={8} />
        ) : items.length === 0 ? (
          <EmptyState
            icon={<CheckmarkCircle24Regular />}
            title={t(`duties.empty.${tab}.title`)}
            text={t(`duties.empty.${tab}.text`)}
          />
        ) : (
          <div className={styles.box} tabIndex={0} role="region" aria-label={t('duties.label')} data-pane="list">
            <p className={styles.intro}>
              {t('duties.intro')}{' '}
              <AddressLink
                href={formatAddress('board')}
                onGo={() => {
                  goTo('board');
                }}
              >
                {t('section.board')}
              </AddressLink>
            </p>
            <DutyTable items={items.slice(0, shownRows)} />
            {hidden > 0 && <p className={styles.intro}>{t('duties.more', { count: hidden })}</p>}
          </div>
        )}
      </div>
    </div>
  );
}

function countsOf(counts: DutyCounts | undefined): Readonly<Record<DutyTab, number>> {
  const { ok, soon, overdue, doneLate } = counts ?? { ok: 0, soon: 0, overdue: 0, doneLate: 0 };
  return { now: soon + overdue, ok, late: doneLate };
}
