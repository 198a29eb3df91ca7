import type { ReactNode } from 'react';
import { Button, makeStyles } from '@fluentui/react-components';
import { useLatest } from '../bridge/streams.ts';
import { goTo } from '../foundations/address.ts';
import { momentOf } from '../i18n/dates.ts';
import { useWords } from '../i18n/use-words.ts';
import { Notice } from '../ui/Notice.tsx';

const useStyles = makeStyles({ banner: { gridArea: 'note', padding: '6px 8px' } });

/** The station came from a backup and waits for somebody to say that it takes over. */
export function RestoredBanner(): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const restored = useLatest('backup', 'state')?.restored ?? null;
  if (restored === null) return null;
  return (
    <div className={styles.banner} role="status">
      <Notice
        tone="attention"
        action={
          <Button
            size="small"
            onClick={() => {
              goTo('settings', { tab: 'backup' });
            }}
          >
            {t('restored.open')}
          </Button>
        }
      >
        {t('restored.banner', { time: momentOf(restored.backupAt) })}
      </Notice>
    </div>
  );
}
