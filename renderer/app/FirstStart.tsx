import { useState, type ReactNode } from 'react';
import { Button, makeStyles } from '@fluentui/react-components';
import { ArrowDownload20Regular, BuildingBank24Regular } from '@fluentui/react-icons';
import { RestorePanel } from '../features/settings/index.ts';
import { useWords } from '../i18n/use-words.ts';
import { ScreenMessage } from './ScreenMessage.tsx';

const useStyles = makeStyles({ panel: { width: '100%' } });

/** An empty station: begin a new one, or bring the data of a former machine back. */
export function FirstStart({ onBegin }: { readonly onBegin: () => void }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const [restoring, setRestoring] = useState(false);
  return (
    <ScreenMessage icon={<BuildingBank24Regular />} title={t(restoring ? 'restore.title' : 'first.title')} paragraphs={restoring ? [] : [t('first.text')]}>
      {restoring ? (
        <div className={styles.panel}>
          <RestorePanel onBack={() => { setRestoring(false); }} />
        </div>
      ) : (
        <>
          <Button appearance="primary" onClick={onBegin}>
            {t('first.begin')}
          </Button>
          <Button icon={<ArrowDownload20Regular />} onClick={() => { setRestoring(true); }}>
            {t('first.restore')}
          </Button>
        </>
      )}
    </ScreenMessage>
  );
}
