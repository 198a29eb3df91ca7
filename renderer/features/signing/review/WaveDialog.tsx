import type { ReactNode } from 'react';
import { makeStyles } from '@fluentui/react-components';
import type { SigningItem } from '#contract';
import { useWords } from '../../../i18n/use-words.ts';
import { ActDialog } from '../../../ui/ActDialog.tsx';
import { titleOf } from '../parts/signing-words.ts';
import type { ReviewDocument } from './use-review.ts';

const useStyles = makeStyles({ list: { margin: 0, paddingInlineStart: '20px', maxHeight: '40vh', overflowY: 'auto' } });

export type WaveDialogProps = {
  /** those that were not opened; null: closed */
  readonly documents: readonly ReviewDocument[] | null;
  readonly onClose: () => void;
  readonly onWave: (items: readonly SigningItem[]) => void;
};

/** Nothing is signed unseen without a word: who lets documents through unopened says so, with their names before him. */
export function WaveDialog({ documents, onClose, onWave }: WaveDialogProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const shown = documents ?? [];
  return (
    <ActDialog
      open={documents !== null}
      title={t('signing.wave.title', { count: shown.length })}
      confirm={t('signing.wave.act', { count: shown.length })}
      pending={false}
      failure={undefined}
      onConfirm={() => {
        onWave(shown.map(({ item }) => item));
      }}
      onClose={onClose}
    >
      <p>{t('signing.wave.meaning')}</p>
      <ul className={styles.list} {...(shown.length > 6 ? { tabIndex: 0 } : {})} aria-label={t('signing.documents')}>
        {shown.map(({ item }) => (
          <li key={item.id}>{`${titleOf(t, item)}: ${item.subject}`}</li>
        ))}
      </ul>
    </ActDialog>
  );
}
