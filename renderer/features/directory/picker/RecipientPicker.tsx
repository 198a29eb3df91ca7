import { useState, type ReactNode } from 'react';
import { Button, makeStyles, Select } from '@fluentui/react-components';
import { ClipboardPaste20Regular } from '@fluentui/react-icons';
import type { Agency, RecipientGroup } from '#contract';
import { useWords } from '../../../i18n/use-words.ts';
import { ChosenList } from './ChosenList.tsx';
import { Combo } from './Combo.tsx';
import { PastePanel } from './PastePanel.tsx';

const useStyles = makeStyles({
  box: { display: 'flex', flexDirection: 'column', gap: '12px' },
  ways: { display: 'flex', gap: '12px', flexWrap: 'wrap', alignItems: 'center' },
});

export type RecipientPickerProps = {
  readonly chosen: readonly Agency[];
  readonly onChange: (chosen: readonly Agency[]) => void;
  /** groups that may be added as a whole */
  readonly groups: readonly RecipientGroup[];
};

/**
 * Chooses recipients (nơi nhận): by typing, from a group, or by pasting a list. Each agency stands in it once, in an
 * order that the person decides.
 */
export function RecipientPicker({ chosen, onChange, groups }: RecipientPickerProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const [pasting, setPasting] = useState(false);
  const [said, setSaid] = useState('');
  const add = (agencies: readonly Agency[]): number => {
    const fresh = agencies.filter(
      (agency, at) =>
        !chosen.some(({ code }) => code === agency.code) && agencies.findIndex(({ code }) => code === agency.code) === at,
    );
    if (fresh.length > 0) onChange([...chosen, ...fresh]);
    setSaid('');
    return fresh.length;
  };
  return (
    <div className={styles.box}>
      <Combo
        onPick={(agency) => {
          const added = add([agency]);
          setSaid(t(added === 1 ? 'directory.picker.added' : 'directory.picker.already', { name: agency.name }));
        }}
      />
      <div className={styles.ways}>
        {groups.length > 0 && (
          <Select
            value=""
            aria-label={t('directory.picker.group')}
            onChange={(_, { value }) => {
              const added = add(groups.find(({ id }) => id === value)?.members ?? []);
              setSaid(t('directory.picker.pasted', { added, left: 0 }));
            }}
          >
            <option value="">{t('directory.picker.groupChoose')}</option>
            {groups.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        )}
        {!pasting && (
          <Button
            icon={<ClipboardPaste20Regular />}
            onClick={() => {
              setPasting(true);
            }}
          >
            {t('directory.picker.paste')}
          </Button>
        )}
        <span role="status">{said}</span>
      </div>
      {pasting && (
        <PastePanel
          onAdd={add}
          onClose={() => {
            setPasting(false);
          }}
        />
      )}
      <ChosenList
        agencies={chosen}
        onRemove={(index) => {
          setSaid(t('directory.picker.removed', { name: chosen[index]?.name ?? '' }));
          onChange(chosen.filter((_, at) => at !== index));
        }}
        onMove={(from, to) => {
          const moved = chosen.filter((_, at) => at !== from);
          onChange([...moved.slice(0, to), ...chosen.slice(from, from + 1), ...moved.slice(to)]);
        }}
      />
    </div>
  );
}
