import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Button } from '@fluentui/react-components';
import { useCommand } from '../../../bridge/methods.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ReasonDialog } from '../../../ui/ReasonDialog.tsx';

export type RemoveButtonProps = {
  readonly kind: 'office' | 'unit' | 'person';
  readonly id: string;
  readonly name: string;
  readonly onDone: (words: string) => void;
};

/** Removes what was entered by mistake; what is used says so and stays. */
export function RemoveButton({ kind, id, name, onDone }: RemoveButtonProps): ReactNode {
  const t = useWords();
  const cache = useQueryClient();
  const remove = useCommand('people', 'remove');
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button
        size="small"
        aria-label={t('people.removeOf', { name })}
        onClick={() => {
          remove.reset();
          setAsking(true);
        }}
      >
        {t('people.remove')}
      </Button>
      <ReasonDialog
        open={asking}
        title={t('people.removeOf', { name })}
        reason={null}
        confirm={t('people.remove')}
        cancel={t('ask.cancel')}
        pending={remove.pending}
        failure={remove.failure === undefined ? undefined : failureWords(t, remove.failure)}
        onConfirm={() => {
          void remove.run({ kind, id }).then((outcome) => {
            if (!outcome.ok) return;
            setAsking(false);
            void cache.invalidateQueries({ queryKey: ['people'] });
            onDone(t('people.removed', { name }));
          });
        }}
        onClose={() => {
          setAsking(false);
        }}
      >
        <p>{t('people.removeMeaning')}</p>
      </ReasonDialog>
    </>
  );
}
