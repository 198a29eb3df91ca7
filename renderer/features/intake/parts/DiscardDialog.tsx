import type { ReactNode } from 'react';
import { Button } from '@fluentui/react-components';
import type { IntakeFile } from '#contract';
import { useWords } from '../../../i18n/use-words.ts';
import { ModalDialog } from '../../../ui/ModalDialog.tsx';

export type DiscardDialogProps = {
  /** the file that is asked about; null while nothing is */
  readonly file: IntakeFile | null;
  readonly onClose: () => void;
  readonly onDiscard: (file: IntakeFile) => void;
};

/** Asks once before a waiting file is put away, and says what becomes of it. */
export function DiscardDialog({ file, onClose, onDiscard }: DiscardDialogProps): ReactNode {
  const t = useWords();
  return (
    <ModalDialog
      open={file !== null}
      title={t('intake.discard.title')}
      closeLabel={t('ask.cancel')}
      onClose={onClose}
      foot={
        <>
          <Button data-first onClick={onClose}>
            {t('ask.cancel')}
          </Button>
          <Button
            onClick={() => {
              if (file !== null) onDiscard(file);
            }}
          >
            {t('intake.discard.confirm')}
          </Button>
        </>
      }
    >
      <p>{t('intake.discard.meaning', { name: file?.name ?? '' })}</p>
    </ModalDialog>
  );
}
