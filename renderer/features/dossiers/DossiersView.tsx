import type { ReactNode } from 'react';
import { makeStyles } from '@fluentui/react-components';
import { useBarrier } from '../../bridge/session.ts';
import { useLatest } from '../../bridge/streams.ts';
import { goTo, useAddress } from '../../foundations/address.ts';
import { useWords } from '../../i18n/use-words.ts';
import { Tabs } from '../../ui/Tabs.tsx';
import { HandoverView } from '../handover/index.ts';
import { DeadlinesView, DisposalsView, FixityView } from '../keeping/index.ts';
import { PackagesView } from '../packages/index.ts';
import { DossierBoard } from './board/DossierBoard.tsx';
import { PlanView } from './plan/PlanView.tsx';

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 },
  body: { flexGrow: 1, minHeight: 0 },
});

const parts = ['dossiers', 'plan', 'deadlines', 'disposals', 'handover', 'packages', 'fixity'] as const;
type Part = (typeof parts)[number];

/** Hồ sơ: dossiers and file plan for everybody; what the archive keeps, for how long and how whole, for those who answer for it. */
export function DossiersView(): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const { params } = useAddress();
  const keeps = useBarrier('keeping', 'saveRetentionSettings') === undefined;
  const sits = useBarrier('keeping', 'giveOpinion') === undefined;
  const alarms = useLatest('keeping', 'fixity')?.alarms ?? 0;
  const due = useLatest('keeping', 'deadlines')?.expiry.overdue ?? 0;
  const shown = parts.filter((part) => part === 'dossiers' || part === 'plan' || (part === 'disposals' ? keeps || sits : keeps));
  const part: Part = shown.find((one) => one === params['part']) ?? 'dossiers';
  return (
    <div className={styles.page}>
      <Tabs
        label={t('dossiers.sections')}
        chosen={part}
        tabs={shown.map((name) => ({ name, words: t(`dossiers.section.${name}`, { alarms, due }) }))}
        onChoose={(name) => {
          goTo('dossiers', { part: name === 'dossiers' ? null : name });
        }}
      />
      <div className={styles.body}>{viewOf(part)}</div>
    </div>
  );
}

function viewOf(part: Part): ReactNode {
  switch (part) {
    case 'dossiers':
      return <DossierBoard />;
    case 'plan':
      return <PlanView />;
    case 'deadlines':
      return <DeadlinesView />;
    case 'disposals':
      return <DisposalsView />;
    case 'handover':
      return <HandoverView />;
    case 'packages':
      return <PackagesView />;
    case 'fixity':
      return <FixityView />;
  }
}
