import { useState, type ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { Dismiss16Regular, FolderOpen20Regular } from '@fluentui/react-icons';
import { useAsk } from '../../../bridge/methods.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ComboboxList } from '../../../ui/ComboboxList.tsx';
import { PickerField } from '../../../ui/PickerField.tsx';
import { useCombobox } from '../../../ui/use-combobox.ts';
import { DocumentFinder, useLater } from '../../search/index.ts';
import type { ChosenDocument, ChosenDossier } from './order-draft.ts';

const useStyles = makeStyles({
  box: { position: 'relative' },
  list: { listStyle: 'none', margin: '6px 0 0', padding: 0, maxHeight: '260px', overflowY: 'auto', outlineOffset: '-2px' },
  row: { display: 'flex', alignItems: 'center', gap: '8px', padding: '2px 0', borderBottom: `1px solid ${tokens.colorNeutralStroke3}` },
  words: { flexGrow: 1, minWidth: 0, overflowWrap: 'anywhere' },
  small: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

type Row = { readonly id: string; readonly head: string; readonly beside: string };

function ChosenList({ label, rows, none, onDrop }: { readonly label: string; readonly rows: readonly Row[]; readonly none: string; readonly onDrop: (id: string) => void }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  return (
    <ul className={styles.list} aria-label={label} {...(rows.length > 4 ? { tabIndex: 0 } : {})}>
      {rows.length === 0 && <li className={styles.small}>{none}</li>}
      {rows.map(({ id, head, beside }) => (
        <li key={id} className={styles.row}>
          <span className={styles.words}>
            {head} <span className={styles.small}>{beside}</span>
          </span>
          <Button size="small" appearance="subtle" icon={<Dismiss16Regular />} aria-label={t('packing.drop', { what: head })} onClick={() => { onDrop(id); }} />
        </li>
      ))}
    </ul>
  );
}

export type DossierChooserProps = { readonly chosen: readonly ChosenDossier[]; readonly onChange: (chosen: readonly ChosenDossier[]) => void };

/** Dossiers of any state: what is not closed is told live, with the way to where it is closed. */
export function DossierChooser({ chosen, onChange }: DossierChooserProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const [text, setText] = useState('');
  const asked = useLater(text.trim(), 120);
  const listed = useAsk('dossiers', 'list', { catalog: null, plan: null, entry: null, state: null, unit: null, person: null, retention: null, words: asked.slice(0, 200), before: null, limit: 12 }, { keepFormer: true, fresh: true });
  const found = (listed.data?.items ?? []).filter((one) => !chosen.some(({ id }) => id === one.id));
  const combobox = useCombobox({
    keys: listed.data === undefined ? null : found.map(({ id }) => id),
    empty: false,
    current: asked === text.trim() && !listed.isPlaceholderData,
    onPick: (index) => {
      const one = found[index];
      if (one === undefined) return;
      onChange([...chosen, { id: one.id, notation: one.notation, title: one.title, state: one.state }]);
      setText('');
    },
  });
  return (
    <>
      <div className={styles.box}>
        <PickerField combobox={combobox} label={t('packing.findDossier')} text={text} placeholder={t('packing.findDossierHint')} icon={<FolderOpen20Regular aria-hidden="true" />} onText={setText} />
        <ComboboxList
          combobox={combobox}
          label={t('packing.findDossier')}
          nothing={t('dossiers.put.nothing')}
          options={found.map((one) => ({ key: one.id, content: `${one.notation} · ${one.title} (${t('dossiers.row.year', { year: String(one.catalog) })}, ${t(`dossiers.state.${one.state}`)})` }))}
        />
      </div>
      <ChosenList
        label={t('packing.chosenDossiers', { count: chosen.length })}
        none={t('packing.noDossiers')}
        rows={chosen.map((one) => ({ id: one.id, head: `${one.notation} · ${one.title}`, beside: '' }))}
        onDrop={(id) => { onChange(chosen.filter((one) => one.id !== id)); }}
      />
    </>
  );
}

export type DocumentChooserProps = { readonly chosen: readonly ChosenDocument[]; readonly onChange: (chosen: readonly ChosenDocument[]) => void };

/** Documents of both registers, found while one types. */
export function DocumentChooser({ chosen, onChange }: DocumentChooserProps): ReactNode {
  const t = useWords();
  return (
    <>
      <DocumentFinder
        label={t('packing.findDocument')}
        isTaken={(id) => chosen.some((one) => one.id === id)}
        onPick={(hit) => {
          onChange([...chosen, { kind: hit.register, id: hit.id, code: plain(hit.code), subject: plain(hit.subject) }]);
        }}
      />
      <ChosenList
        label={t('packing.chosenDocuments', { count: chosen.length })}
        none={t('packing.noDocuments')}
        rows={chosen.map((one) => ({ id: one.id, head: one.code, beside: one.subject }))}
        onDrop={(id) => { onChange(chosen.filter((one) => one.id !== id)); }}
      />
    </>
  );
}

function plain(marked: readonly { readonly text: string }[]): string {
  return marked.map(({ text }) => text).join('');
}
