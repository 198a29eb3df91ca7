import { useState, type ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { Dismiss16Regular, Search20Regular } from '@fluentui/react-icons';
import type { DossierDetail, SearchHit } from '#contract';
import { useFirstFound } from '../../../bridge/search-cache.ts';
import { useRefreshDossiers } from '../../../bridge/dossier-cache.ts';
import { useCommand } from '../../../bridge/methods.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ActDialog } from '../../../ui/ActDialog.tsx';
import { LiveRegion } from '../../../ui/LiveRegion.tsx';
import { useCombobox } from '../../../ui/use-combobox.ts';
import { HitRow, noFilters, useLater } from '../../search/index.ts';
import { ComboboxList } from '../../../ui/ComboboxList.tsx';
import { PickerField } from '../../../ui/PickerField.tsx';

const useStyles = makeStyles({
  box: { position: 'relative' },
  list: { listStyle: 'none', margin: 0, padding: 0, minHeight: '160px', maxHeight: '260px', overflowY: 'auto' },
  row: { display: 'flex', alignItems: 'center', gap: '8px', padding: '4px 0', borderBottom: `1px solid ${tokens.colorNeutralStroke3}` },
  hit: { flexGrow: 1, minWidth: 0 },
  none: { color: tokens.colorNeutralForeground2 },
});

export type AddDocumentsDialogProps = { readonly dossier: DossierDetail; readonly onClose: () => void; readonly onDone: (words: string) => void };

const offered = 8;

/** Finds documents of both registers while one types, gathers them, and puts all of them into the dossier at once. */
export function AddDocumentsDialog({ dossier, onClose, onDone }: AddDocumentsDialogProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const add = useCommand('dossiers', 'addDocuments');
  const refresh = useRefreshDossiers();
  const [text, setText] = useState('');
  const [taken, setTaken] = useState<readonly SearchHit[]>([]);
  const asked = useLater(text, 120);
  const enabled = asked.trim() !== '';
  const found = useFirstFound({ text: asked.slice(0, 500), filters: noFilters, order: 'relevance' }, offered, enabled);
  const hits = (enabled ? (found.data?.items ?? []) : []).filter((hit) => !taken.some(({ id }) => id === hit.id));
  const combobox = useCombobox({
    count: enabled && found.data !== undefined ? hits.length : null,
    empty: text === '',
    current: asked === text && !found.isPlaceholderData,
    onPick: (index) => {
      const hit = hits[index];
      if (hit === undefined) return;
      setTaken((before) => [...before, hit]);
      setText('');
    },
    onClear: () => {
      setText('');
    },
  });
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
      <div className={styles.box}>
        <PickerField
          combobox={combobox}
          label={t('dossiers.add.find')}
          text={text}
          placeholder={t('find.palette.placeholder')}
          icon={<Search20Regular aria-hidden="true" />}
          onText={setText}
        />
        <ComboboxList combobox={combobox} label={t('dossiers.add.find')} nothing={t('dossiers.add.nothing')} options={hits.map((hit) => ({ key: hit.id, content: <HitRow hit={hit} short /> }))} />
      </div>
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
      <LiveRegion message={combobox.shown ? t('find.palette.found', { count: hits.length }) : ''} />
    </ActDialog>
  );
}
