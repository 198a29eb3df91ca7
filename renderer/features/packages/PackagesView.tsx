import type { ReactNode } from 'react';
import { makeStyles } from '@fluentui/react-components';
import { adjustAddress, useAddress } from '../../foundations/address.ts';
import { useWords } from '../../i18n/use-words.ts';
import { Tabs } from '../../ui/Tabs.tsx';
import { JudgeView } from './judge/JudgeView.tsx';
import { MakeView } from './make/MakeView.tsx';

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 },
  body: { flexGrow: 1, minHeight: 0 },
});

const tabs = ['make', 'judge'] as const;

/** Gói tin lưu trữ: packages made by hand, and the look at those that come from elsewhere. */
export function PackagesView(): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const { params } = useAddress();
  const tab = params['tab'] === 'judge' ? 'judge' : 'make';
  return (
    <div className={styles.page}>
      <Tabs label={t('packing.tabs')} ofList chosen={tab} tabs={tabs.map((name) => ({ name, words: t(`packing.tab.${name}`) }))} onChoose={(name) => { adjustAddress({ tab: name === 'make' ? null : name }); }} />
      <div className={styles.body}>{tab === 'make' ? <MakeView /> : <JudgeView />}</div>
    </div>
  );
}
