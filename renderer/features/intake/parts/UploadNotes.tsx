import type { ReactNode } from 'react';
import { Button } from '@fluentui/react-components';
import { Dismiss16Regular } from '@fluentui/react-icons';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import type { Upload } from '../use-upload.ts';

/** How far files are, which were not taken in, and which of a folder stayed out. */
export function UploadNotes({ upload }: { readonly upload: Upload }): ReactNode {
  const t = useWords();
  const { progress, failed, leftOut } = upload;
  return (
    <>
      {progress !== null && <Notice tone="info">{t('intake.uploading', { ...progress })}</Notice>}
      {progress === null && (failed.length > 0 || leftOut > 0) && (
        <Notice
          tone={failed.length > 0 ? 'attention' : 'info'}
          live
          action={<Button size="small" appearance="transparent" icon={<Dismiss16Regular />} aria-label={t('common.hide')} onClick={upload.forget} />}
        >
          {failed.map(({ name, failure }) => (
            <div key={name}>{t('intake.notTaken', { name, why: failureWords(t, failure) })}</div>
          ))}
          {leftOut > 0 && <div>{t('intake.leftOut', { count: leftOut })}</div>}
        </Notice>
      )}
    </>
  );
}
