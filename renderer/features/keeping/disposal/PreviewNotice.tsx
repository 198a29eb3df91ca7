import type { ReactNode } from 'react';
import { makeStyles } from '@fluentui/react-components';
import { useAsk } from '../../../bridge/methods.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { sizeWords } from '../../files/index.ts';

const useStyles = makeStyles({ list: { margin: '4px 0 0', paddingInlineStart: '20px', overflowWrap: 'anywhere' } });

const shown = 5;

/** What would go and what stays, as things stand now. */
export function PreviewNotice({ id }: { readonly id: string }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const preview = useAsk('keeping', 'disposalPreview', { disposal: id }, { fresh: true }).data;
  if (preview === undefined) return null;
  return (
    <Notice tone="info">
      {t('keeping.preview', { dossiers: preview.dossiers, documents: preview.documents, files: preview.files, size: sizeWords(t, preview.bytes), stays: preview.staysCount })}
      {preview.stays.length > 0 && (
        <ul className={styles.list} aria-label={t('keeping.preview.stays')}>
          {preview.stays.slice(0, shown).map((one) => (
            <li key={`${one.dossier} ${one.document}`}>
              {one.about}: {t(`keeping.stays.${one.because}`)}
            </li>
          ))}
          {preview.staysCount > shown && <li>{t('keeping.preview.more', { count: preview.staysCount - shown })}</li>}
        </ul>
      )}
    </Notice>
  );
}
