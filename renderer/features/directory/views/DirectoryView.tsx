import type { ReactNode } from 'react';
import { makeStyles, tokens } from '@fluentui/react-components';
import { useAsk } from '../../../bridge/methods.ts';
import { adjustAddress, useAddress } from '../../../foundations/address.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Tabs } from '../../../ui/Tabs.tsx';
import { DirectoryStateBar } from '../parts/DirectoryStateBar.tsx';
import { AgencySearch } from './AgencySearch.tsx';
import { GroupsEditor } from './GroupsEditor.tsx';

const parts = ['agencies', 'groups'] as const;

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0, backgroundColor: tokens.colorNeutralBackground1 },
  body: { flexGrow: 1, minHeight: 0 },
});

/** Danh bạ: who can be written to, and the lists of recipients that the office keeps. */
export function DirectoryView(): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const { params } = useAddress();
  const groups = useAsk('directory', 'groups', {});
  const part = parts.find((one) => one === params['part']) ?? 'agencies';
  return (
    <div className={styles.page}>
      <DirectoryStateBar />
      <Tabs
        label={t('directory.parts')}
        chosen={part}
        tabs={parts.map((name) => ({ name, words: t(`directory.part.${name}`, { count: groups.data?.length ?? 0 }) }))}
        onChoose={(name) => {
          adjustAddress({ part: name });
        }}
      />
      <div className={styles.body}>
        {part === 'agencies' ? <AgencySearch /> : <GroupsEditor groups={groups.data} error={groups.error} />}
      </div>
    </div>
  );
}
