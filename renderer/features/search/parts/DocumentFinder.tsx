import { useState, type ReactNode } from 'react';
import { makeStyles } from '@fluentui/react-components';
import { Search20Regular } from '@fluentui/react-icons';
import type { SearchHit } from '#contract';
import { useFirstFound } from '../../../bridge/search-cache.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ComboboxList } from '../../../ui/ComboboxList.tsx';
import { LiveRegion } from '../../../ui/LiveRegion.tsx';
import { PickerField } from '../../../ui/PickerField.tsx';
import { useCombobox } from '../../../ui/use-combobox.ts';
import { noFilters } from '../question.ts';
import { useLater } from '../use-later.ts';
import { HitRow } from './HitRow.tsx';

const useStyles = makeStyles({ box: { position: 'relative' } });

const offered = 8;

export type DocumentFinderProps = {
  readonly label: string;
  /** whether a document is among the chosen already; then it is not offered */
  readonly isTaken: (id: string) => boolean;
  readonly onPick: (hit: SearchHit) => void;
};

/** Documents of both registers, found while one types and picked one after the other. */
export function DocumentFinder({ label, isTaken, onPick }: DocumentFinderProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const [text, setText] = useState('');
  const asked = useLater(text, 120);
  const enabled = asked.trim() !== '';
  const found = useFirstFound({ text: asked.slice(0, 500), filters: noFilters, order: 'relevance' }, offered, enabled);
  const hits = (enabled ? (found.data?.items ?? []) : []).filter(({ id }) => !isTaken(id));
  const combobox = useCombobox({
    keys: enabled && found.data !== undefined ? hits.map(({ id }) => id) : null,
    empty: text === '',
    current: asked === text && !found.isPlaceholderData,
    onPick: (index) => {
      const hit = hits[index];
      if (hit === undefined) return;
      onPick(hit);
      setText('');
    },
    onClear: () => {
      setText('');
    },
  });
  return (
    <div className={styles.box}>
      <PickerField combobox={combobox} label={label} text={text} placeholder={t('find.palette.placeholder')} icon={<Search20Regular aria-hidden="true" />} onText={setText} />
      <ComboboxList combobox={combobox} label={label} nothing={t('find.nothing.document')} options={hits.map((hit) => ({ key: hit.id, content: <HitRow hit={hit} short /> }))} />
      <LiveRegion message={combobox.shown ? t('find.palette.found', { count: hits.length }) : ''} />
    </div>
  );
}
