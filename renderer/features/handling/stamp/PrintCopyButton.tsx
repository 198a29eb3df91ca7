import { useState, type ReactNode } from 'react';
import { Button } from '@fluentui/react-components';
import { Print16Regular } from '@fluentui/react-icons';
import { useCommand } from '../../../bridge/methods.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ModalDialog } from '../../../ui/ModalDialog.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { useShortcut } from '../../../ui/shortcuts.ts';
import { foundPlace } from './find-place.ts';

export type PrintCopyButtonProps = {
  readonly file: string;
  /** told what happened, in words */
  readonly onDone: (words: string) => void;
};

/** Makes a copy to print with the arrival mark and lets the person save or open it; the stored file stays as it came. */
export function PrintCopyButton({ file, onDone }: PrintCopyButtonProps): ReactNode {
  const t = useWords();
  const make = useCommand('handling', 'printCopy');
  const [shown, setShown] = useState(false);
  const act = (): void => {
    if (make.pending) return;
    void make.run({ file, at: foundPlace(file) ?? null }).then((outcome) => {
      setShown(!outcome.ok);
      if (!outcome.ok) return;
      const link = window.document.createElement('a');
      link.href = `/files/${outcome.value.id}`;
      link.download = outcome.value.name;
      link.click();
      onDone(t('stamp.made', { name: outcome.value.name }));
    });
  };
  const mayPrint = make.barred === undefined;
  useShortcut('Ctrl+P', act, mayPrint);
  if (!mayPrint) return null;
  return (
    <>
      <Button
        size="small"
        appearance="subtle"
        icon={<Print16Regular />}
        title={t('stamp.print')}
        aria-label={t('stamp.print')}
        aria-keyshortcuts="Control+P"
        disabledFocusable={make.pending}
        onClick={act}
      />
      <ModalDialog
        open={shown && make.failure !== undefined}
        title={t('stamp.print')}
        closeLabel={t('common.close')}
        onClose={() => {
          setShown(false);
        }}
      >
        {make.failure !== undefined && <Notice tone="attention">{failureWords(t, make.failure, 'handling')}</Notice>}
      </ModalDialog>
    </>
  );
}
