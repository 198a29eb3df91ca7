import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Button, Checkbox } from '@fluentui/react-components';
import { Settings20Regular } from '@fluentui/react-icons';
import { methodKey, useAsk, useCommand } from '../../../bridge/methods.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ModalDialog } from '../../../ui/ModalDialog.tsx';
import { Notice } from '../../../ui/Notice.tsx';

/** How this office works with drafts. */
export function SettingsDialog(): ReactNode {
  const t = useWords();
  const cache = useQueryClient();
  const [open, setOpen] = useState(false);
  const settings = useAsk('drafting', 'settings', {}, { enabled: open });
  const save = useCommand('drafting', 'saveSettings');
  return (
    <>
      <Button
        size="small"
        appearance="subtle"
        icon={<Settings20Regular />}
        aria-label={t('life.settings')}
        title={t('life.settings')}
        onClick={() => {
          setOpen(true);
        }}
      />
      <ModalDialog
        open={open}
        title={t('life.settings')}
        closeLabel={t('common.close')}
        onClose={() => {
          setOpen(false);
        }}
      >
        <Checkbox
          label={t('life.twoPersons')}
          checked={settings.data?.twoPersons ?? true}
          disabled={settings.data === undefined || save.pending}
          onChange={(_, { checked }) => {
            void save.run({ twoPersons: checked === true }).then(() => cache.invalidateQueries({ queryKey: methodKey('drafting', 'settings') }));
          }}
        />
        <p>{t('life.twoPersonsMeaning')}</p>
        {save.failure !== undefined && (
          <Notice tone="attention" live>
            {failureWords(t, save.failure)}
          </Notice>
        )}
      </ModalDialog>
    </>
  );
}
