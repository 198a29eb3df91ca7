import { useState, type ReactNode } from 'react';
import { Button, Checkbox, Field, Input, makeStyles } from '@fluentui/react-components';
import type { BackupSettings } from '#contract';
import { useCommand } from '../../../bridge/methods.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { Card } from '../people/Card.tsx';
import { FolderField, isWholePath } from './FolderField.tsx';
import { FolderNotice } from './FolderNotice.tsx';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: '12px' },
  row: { display: 'flex', flexWrap: 'wrap', gap: '12px', alignItems: 'flex-end' },
  number: { width: '150px' },
});

const numbers = [
  ['daily', 1, 366],
  ['weekly', 0, 260],
  ['monthly', 0, 600],
  ['warnAfter', 1, 90],
] as const;
type NumberName = (typeof numbers)[number][0];

/** Where backups go, when by themselves, and how long they stay. */
export function PlaceCard({ settings }: { readonly settings: BackupSettings }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const save = useCommand('backup', 'saveSettings');
  const [folder, setFolder] = useState(settings.folder ?? '');
  const [enabled, setEnabled] = useState(settings.enabled);
  const [at, setAt] = useState(settings.at);
  const [typed, setTyped] = useState<Readonly<Record<NumberName, string>>>({
    daily: String(settings.retention.daily),
    weekly: String(settings.retention.weekly),
    monthly: String(settings.retention.monthly),
    warnAfter: String(settings.warnAfterDays),
  });
  const isNumber = ([name, least, most]: (typeof numbers)[number]): boolean => /^\d{1,3}$/.test(typed[name]) && Number(typed[name]) >= least && Number(typed[name]) <= most;
  const isChanged = folder.trim() !== (settings.folder ?? '');
  const folderFits = folder.trim() === '' || isWholePath(folder);
  const atFits = /^([01]\d|2[0-3]):[0-5]\d$/.test(at);
  const fits = folderFits && atFits && numbers.every(isNumber);
  return (
    <Card title={t('backup.place')} intro={t('backup.placeIntro')} said={save.value === undefined || save.pending ? '' : t('backup.saved')}>
      {save.barred !== undefined ? (
        <Notice tone="info">{failureWords(t, save.barred)}</Notice>
      ) : (
        <form
          className={styles.form}
          aria-label={t('backup.place')}
          onSubmit={(event) => {
            event.preventDefault();
            if (!fits || save.pending) return;
            const { daily, weekly, monthly, warnAfter } = typed;
            void save.run({
              folder: folder.trim() === '' ? null : folder.trim(),
              enabled,
              at,
              retention: { daily: Number(daily), weekly: Number(weekly), monthly: Number(monthly) },
              warnAfterDays: Number(warnAfter),
            });
          }}
        >
          <FolderField
            label={t('backup.folder')}
            value={folder}
            onChange={(typed) => {
              save.reset();
              setFolder(typed);
            }}
          />
          <div className={styles.row}>
            <Checkbox label={t('backup.enabled')} checked={enabled} onChange={(_, { checked }) => { setEnabled(checked === true); }} />
            <Field label={t('backup.at')} validationState={atFits ? 'none' : 'error'} validationMessage={atFits ? null : t('backup.atWrong')}>
              <Input name="at" value={at} maxLength={5} className={styles.number} onChange={(_, { value }) => { setAt(value.trim()); }} />
            </Field>
          </div>
          <div className={styles.row}>
            {numbers.map((one) => {
              const [name, least, most] = one;
              return (
                <Field key={name} label={t(`backup.${name}`)} validationState={isNumber(one) ? 'none' : 'error'} validationMessage={isNumber(one) ? null : t('backup.number', { least, most })}>
                  <Input name={name} inputMode="numeric" value={typed[name]} maxLength={3} className={styles.number} onChange={(_, { value }) => { setTyped({ ...typed, [name]: value.trim() }); }} />
                </Field>
              );
            })}
          </div>
          <div>
            <Button type="submit" disabledFocusable={!fits || save.pending}>
              {t('backup.save')}
            </Button>
          </div>
          {/* Below what is pressed: nothing moves under the pointer when the judgement comes. */}
          {isChanged && <FolderNotice folder={folder} />}
        </form>
      )}
      {save.failure !== undefined && <Notice tone="attention" live>{failureWords(t, save.failure)}</Notice>}
    </Card>
  );
}
