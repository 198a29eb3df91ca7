import type { ReactNode } from 'react';
import { Button, makeStyles } from '@fluentui/react-components';
import { useWords } from '../i18n/use-words.ts';
import { Notice } from '../ui/Notice.tsx';

const useStyles = makeStyles({
  banner: { gridArea: 'note', padding: '6px 8px' },
});

/** The core ended: says that nothing saved is lost, and what to do. Stays until the window is opened again. */
export function GoneBanner(): ReactNode {
  const styles = useStyles();
  const t = useWords();
  return (
    <div className={styles.banner} role="alert">
      <Notice
        tone="attention"
        action={
          <Button
            size="small"
            onClick={() => {
              location.reload();
            }}
          >
            {t('gone.again')}
          </Button>
        }
      >
        {t('gone.text')}
      </Notice>
    </div>
  );
}
