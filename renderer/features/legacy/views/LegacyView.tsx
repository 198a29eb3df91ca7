import type { ReactNode } from 'react';
import { makeStyles, tokens } from '@fluentui/react-components';
import { adjustAddress, useAddress } from '../../../foundations/address.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Tabs } from '../../../ui/Tabs.tsx';
import { ImportPane } from './ImportPane.tsx';
import { ImportsList } from './ImportsList.tsx';

const tabs = ['import', 'imports'] as const;

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0, backgroundColor: tokens.colorNeutralBackground1 },
  body: { flexGrow: 1, minHeight: 0, overflowY: 'auto', padding: '16px 20px', boxSizing: 'border-box', outlineOffset: '-2px' },
});

/** Nhập sổ cũ: registers that were kept in Excel before this program came. */
export function LegacyView(): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const { params } = useAddress();
  const tab = tabs.find((one) => one === params['tab']) ?? 'import';
  return (
    <div className={styles.page}>
      <Tabs
        label={t('legacy.tabs')}
        chosen={tab}
        tabs={tabs.map((name) => ({ name, words: t(`legacy.tab.${name}`) }))}
        onChoose={(name) => {
          adjustAddress({ tab: name });
        }}
      />
      <div className={styles.body} tabIndex={0} role="region" aria-label={t(`legacy.tab.${tab}`)} data-pane="list">
        {tab === 'import' ? <ImportPane /> : <ImportsList />}
      </div>
    </div>
  );
}
