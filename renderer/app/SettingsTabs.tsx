import type { ReactNode } from 'react';
import { makeStyles } from '@fluentui/react-components';
import type { StationStatus } from '#contract';
import { DirectoryView } from '../features/directory/index.ts';
import { BackupView, DataView, DelegationsView, NumbersView, OfficeView, SettingsView, SigningView, StaffView } from '../features/settings/index.ts';
import { SetupCard } from '../features/setup/index.ts';
import { adjustAddress, useAddress } from '../foundations/address.ts';
import { useWords } from '../i18n/use-words.ts';
import { Tabs } from '../ui/Tabs.tsx';
import { settingsTabs, type SettingsTab } from './settings-tabs.ts';

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 },
  body: { flexGrow: 1, minHeight: 0 },
});

export type SettingsTabsProps = { readonly status: StationStatus };

/** The settings and what the office keeps beside them. */
export function SettingsTabs({ status }: SettingsTabsProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const { params } = useAddress();
  const tab = settingsTabs.find((one) => one === params['tab']) ?? 'general';
  return (
    <div className={styles.page}>
      <Tabs
        label={t('directory.tabs')}
        chosen={tab}
        tabs={settingsTabs.map((name) => ({ name, words: t(`directory.tab.${name}`) }))}
        onChoose={(name) => {
          adjustAddress({ tab: name });
        }}
      />
      <div className={styles.body}>{viewOf(tab, status)}</div>
    </div>
  );
}

function viewOf(tab: SettingsTab, status: StationStatus): ReactNode {
  switch (tab) {
    case 'general':
      return <SettingsView status={status} setup={<SetupCard practice={status.practice} />} />;
    case 'office':
      return <OfficeView practice={status.practice} />;
    case 'people':
      return <StaffView />;
    case 'delegations':
      return <DelegationsView />;
    case 'numbers':
      return <NumbersView />;
    case 'signing':
      return <SigningView />;
    case 'directory':
      return <DirectoryView />;
    case 'backup':
      return <BackupView />;
    case 'data':
      return <DataView />;
  }
}
