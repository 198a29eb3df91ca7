import { useState, type ReactNode } from 'react';
import { makeStyles, tokens } from '@fluentui/react-components';
import { FolderOpen20Regular } from '@fluentui/react-icons';
import type { DossierSuggestion } from '#contract';
import { useAsk } from '../../../bridge/methods.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ActDialog } from '../../../ui/ActDialog.tsx';
import { ComboboxList } from '../../../ui/ComboboxList.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { useCombobox } from '../../../ui/use-combobox.ts';
import { useLater } from '../../search/index.ts';
import { whyWords } from '../parts/dossier-words.ts';
import { PickerField } from '../../../ui/PickerField.tsx';
import { usePutInto, type DocumentKindId } from './use-put-into.ts';

const useStyles = makeStyles({
  box: { position: 'relative', minHeight: '240px' },
  small: { display: 'block', color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

type Option = Pick<DossierSuggestion, 'dossier' | 'entry' | 'notation' | 'title'> & { readonly beside: string };

function keyOf({ dossier, entry }: Option): string {
  return `${dossier ?? ''} ${entry ?? ''}`;
}

export type PutIntoDialogProps = { readonly document: DocumentKindId; readonly code: string; readonly onClose: () => void; readonly onDone: (words: string) => void };

/** Đưa vào hồ sơ: what is suggested first, and every open dossier by its words. */
export function PutIntoDialog({ document, code, onClose, onDone }: PutIntoDialogProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const put = usePutInto();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<Option | null>(null);
  const asked = useLater(text.trim(), 120);
  const suggested = useAsk('dossiers', 'suggest', { document: document.id }).data ?? [];
  const listed = useAsk('dossiers', 'list', { catalog: null, plan: null, entry: null, state: 'open', unit: null, person: null, retention: null, words: asked.slice(0, 200), before: null, limit: 12 }, { keepFormer: true, fresh: true });
  const found: readonly Option[] = (listed.data?.items ?? []).map((one) => ({ dossier: one.id, entry: null, notation: one.notation, title: one.title, beside: t('dossiers.row.year', { year: String(one.catalog) }) }));
  const first: readonly Option[] = asked === '' ? suggested.map((one) => ({ ...one, beside: whyWords(t, one) })) : [];
  const options = [...first, ...found.filter((one) => !first.some(({ dossier }) => dossier === one.dossier))].slice(0, 14);
  const combobox = useCombobox({
    keys: listed.data === undefined ? null : options.map(keyOf),
    empty: false,
    current: asked === text.trim() && !listed.isPlaceholderData,
    onPick: (index) => {
      const option = options[index];
      if (option === undefined) return;
      setChosen(option);
      setText('');
    },
  });
  return (
    <ActDialog
      open
      title={t('dossiers.put.title', { code })}
      confirm={t('dossiers.put.confirm')}
      pending={put.pending}
      blocked={chosen === null}
      failure={put.failure === undefined ? undefined : failureWords(t, put.failure, 'dossiers')}
      onConfirm={() => {
        if (chosen === null) return;
        void put.put([document], chosen).then((done) => {
          if (done) onDone(t('dossiers.put.done', { code: chosen.notation, title: chosen.title }));
        });
      }}
      onClose={onClose}
    >
      {chosen !== null && (
        <Notice tone="info" live>
          {t(chosen.dossier === null ? 'dossiers.put.chosenNew' : 'dossiers.put.chosen', { code: chosen.notation, title: chosen.title })}
        </Notice>
      )}
      <div className={styles.box}>
        <PickerField combobox={combobox} label={t('dossiers.put.find')} text={text} placeholder={t('dossiers.put.findHint')} icon={<FolderOpen20Regular aria-hidden="true" />} onText={setText} />
        <ComboboxList
          combobox={combobox}
          label={t('dossiers.put.find')}
          nothing={t('dossiers.put.nothing')}
          options={options.map((one) => ({
            key: keyOf(one),
            content: (
              <>
                {one.notation} · {one.title} <span className={styles.small}>{one.dossier === null ? t('dossiers.put.new', { why: one.beside }) : one.beside}</span>
              </>
            ),
          }))}
        />
      </div>
    </ActDialog>
  );
}
