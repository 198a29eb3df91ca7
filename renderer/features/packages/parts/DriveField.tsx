import type { ReactNode } from 'react';
import { Field, Select } from '@fluentui/react-components';
import { useAsk } from '../../../bridge/methods.ts';
import { useWords } from '../../../i18n/use-words.ts';

export type DriveFieldProps = { readonly label: string; readonly chosen: string | null; readonly onChoose: (drive: string | null) => void };

/** This machine's folder of packages, or a drive that is plugged in. Nothing while there is no choice. */
export function DriveField({ label, chosen, onChoose }: DriveFieldProps): ReactNode {
  const t = useWords();
  const lying = useAsk('packages', 'lying', {}, { fresh: true }).data;
  const drives = lying?.drives ?? [];
  // One that was pulled out meanwhile stays shown as chosen: the core says that it is gone.
  const shown = chosen !== null && !drives.includes(chosen) ? [...drives, chosen] : drives;
  if (shown.length === 0) return null;
  return (
    <Field label={label}>
      <Select name="drive" value={chosen ?? ''} onChange={(_, { value }) => { onChoose(value === '' ? null : value); }}>
        <option value="">{t('packing.thisMachine', { folder: lying?.place ?? '' })}</option>
        {shown.map((drive) => (
          <option key={drive} value={drive}>
            {t('packing.drive', { drive })}
          </option>
        ))}
      </Select>
    </Field>
  );
}
