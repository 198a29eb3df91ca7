import { useState, type ReactNode } from 'react';
import { Button } from '@fluentui/react-components';
import { useAsk, useCommand } from '../../../bridge/methods.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { Card } from '../people/Card.tsx';
import { RestorePanel } from './RestorePanel.tsx';

/** Chuyển từ máy cũ, as long as this station was set up at most: whoever began to set it up first need not begin anew elsewhere. */
export function RestoreCard(): ReactNode {
  const t = useWords();
  // Nothing tells the stream of backups what was done elsewhere in the station.
  const state = useAsk('backup', 'state', {}, { fresh: true }).data;
  const restore = useCommand('backup', 'restore');
  const [open, setOpen] = useState(false);
  if (state === undefined || (!state.mayRestore && !open) || restore.barred !== undefined) return null;
  return (
    <Card
      title={t('setup.restore')}
      intro={t('setup.restore.text')}
      acts={!open && <Button onClick={() => { setOpen(true); }}>{t('setup.restore.open')}</Button>}
    >
      {open && (
        <>
          {state.isBegun && <Notice tone="info">{t('restore.aside')}</Notice>}
          <RestorePanel onBack={() => { setOpen(false); }} />
        </>
      )}
    </Card>
  );
}
