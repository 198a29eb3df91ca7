import { useState, type ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { Dismiss16Regular } from '@fluentui/react-icons';
import type { DossierDetail, SearchHit } from '#contract';
import { useRefreshDossiers } from '../../../bridge/dossier-cache.ts';
import { useCommand } from '../../../bridge/methods.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ActDialog } from '../../../ui/ActDialog.tsx';
import { DocumentFinder, HitRow } from '../../search/index.ts';

const useStyles = makeStyles({
  list: { listStyle: 'none', margin: 0, padding: 0, minHeight: '160px', maxHeight: '260px', overflowY: 'auto' },
  row: { display: 'flex', alignItems: 'center', gap: '8px', padding: '4px 0', borderBottom: `1px solid ${tokens.colorNeutralStroke3}` },
  hit: { flexGrow: 1, minWidth: 0 },
  none: { color: tokens.colorNeutralForeground2 },
});

export type AddDocumentsDialogProps = { readonly dossier: DossierDetail; readonly onClose: () => void; readonly onDone: (words: string) => void };

/** Finds documents of both registers while one types, gathers them, and puts all of them into the dossier at once. */
export function AddDocumentsDialog({ dossier, onClose, onDone }: AddDocumentsDialogProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const add = useCommand('dossiers', 'addDocuments');
  const refresh = useRefreshDossiers();
  const [taken, setTaken] = useState<readonly SearchHit[]>([]);
  return (
    <ActDialog
      open
      title={t('dossiers.add.title', { code: dossier.notation })}
      confirm={t('dossiers.add.confirm', { count: taken.length })}
      pending={add.pending}
      blocked={taken.length === 0}
      failure={add.failure === undefined ? undefined : failureWords(t, add.failure, 'dossiers')}
      onConfirm={() => {
        void add.run({ dossier: dossier.id, documents: taken.map(({ id, register }) => ({ kind: register, id })) }).then(async (outcome) => {
          await refresh(outcome.ok ? outcome.value.dossier : null);
          if (outcome.ok) onDone(t('dossiers.done.added', { added: outcome.value.added, already: outcome.value.already }));
        });
      }}
      onClose={onClose}
    >
      <p>{t(dossier.arranged === 'time' ? 'dossiers.add.byTime' : 'dossiers.add.byHand')}</p>
      <DocumentFinder
        label={t('dossiers.add.find')}
        isTaken={(id) => taken.some((hit) => hit.id === id)}
        onPick={(hit) => {
          setTaken((before) => [...before, hit]);
        }}
      />
      <ul className={styles.list} aria-label={t('dossiers.add.taken')}>
        {taken.length === 0 && <li className={styles.none}>{t('dossiers.add.none')}</li>}
        {taken.map((hit) => (
          <li key={hit.id} className={styles.row}>
            <div className={styles.hit}>
              <HitRow hit={hit} short />
            </div>
            <Button
              size="small"
              appearance="subtle"
              icon={<Dismiss16Regular />}
              aria-label={t('dossiers.add.drop', { code: hit.code.map((part) => part.text).join('') })}
              onClick={() => {
                setTaken((before) => before.filter(({ id }) => id !== hit.id));
              }}
            />
          </li>
        ))}
      </ul>
    </ActDialog>
  );
}
