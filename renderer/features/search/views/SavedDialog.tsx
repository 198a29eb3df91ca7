import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Button, Field, Input, makeStyles, tokens } from '@fluentui/react-components';
import { Delete16Regular, Rename16Regular } from '@fluentui/react-icons';
import type { SavedSearch, SearchQuestion } from '#contract';
import { methodKey, useAsk, useCommand } from '../../../bridge/methods.ts';
import { adjustAddress } from '../../../foundations/address.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ModalDialog } from '../../../ui/ModalDialog.tsx';
import { countFilters, paramsOf } from '../question.ts';

const useStyles = makeStyles({
  list: { listStyle: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '4px' },
  line: { display: 'flex', alignItems: 'center', gap: '6px' },
  name: { flexGrow: 1, justifyContent: 'flex-start', textAlign: 'left', minWidth: 0, overflowWrap: 'anywhere' },
  what: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  form: { display: 'flex', alignItems: 'flex-end', gap: '8px' },
  field: { flexGrow: 1 },
  note: { margin: 0, color: tokens.colorNeutralForeground2 },
});

export type SavedDialogProps = { readonly open: boolean; readonly question: SearchQuestion; readonly onClose: () => void };

/** The searches that the office keeps: to use, to rename, to put away; and to keep the present one. */
export function SavedDialog({ open, question, onClose }: SavedDialogProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const cache = useQueryClient();
  const saved = useAsk('search', 'saved', {}, { enabled: open });
  const save = useCommand('search', 'save');
  const remove = useCommand('search', 'removeSaved');
  const [name, setName] = useState('');
  const [renaming, setRenaming] = useState<SavedSearch | null>(null);
  const failure = save.failure ?? remove.failure;
  const list = saved.data ?? [];
  const again = (): void => {
    void cache.invalidateQueries({ queryKey: methodKey('search', 'saved') });
  };
  const keep = async (): Promise<void> => {
    const outcome = await save.run({ id: renaming?.id ?? null, name, question: renaming?.question ?? question });
    if (!outcome.ok) return;
    setName('');
    setRenaming(null);
    again();
  };
  return (
    <ModalDialog open={open} title={t('find.saved')} closeLabel={t('common.close')} onClose={onClose}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          void keep();
        }}
      >
        <Field
          className={styles.field}
          label={renaming === null ? t('find.saved.name') : t('find.saved.newName', { name: renaming.name })}
          {...(failure === undefined ? {} : { validationMessage: failureWords(t, failure), validationState: 'error' as const })}
        >
          <Input
            data-first
            value={name}
            maxLength={100}
            autoComplete="off"
            onChange={(_, { value }) => {
              setName(value);
              save.reset();
            }}
          />
        </Field>
        <Button type="submit" appearance="primary" disabled={name.trim() === '' || save.pending}>
          {t(renaming === null ? 'find.saved.keep' : 'find.saved.rename')}
        </Button>
      </form>
      {list.length === 0 ? (
        <p className={styles.note}>{t('find.saved.none')}</p>
      ) : (
        <ul className={styles.list}>
          {list.map((one) => (
            <li key={one.id} className={styles.line}>
              <Button
                appearance="subtle"
                className={styles.name}
                onClick={() => {
                  adjustAddress({ ...paramsOf(one.question), id: null });
                  onClose();
                }}
              >
                {one.name}
              </Button>
              <span className={styles.what}>{t('find.saved.what', { text: one.question.text === '' ? '–' : one.question.text, count: countFilters(one.question.filters) })}</span>
              <Button
                size="small"
                appearance="subtle"
                icon={<Rename16Regular />}
                aria-label={t('find.saved.renameOne', { name: one.name })}
                onClick={() => {
                  setRenaming(one);
                  setName(one.name);
                }}
              />
              <Button
                size="small"
                appearance="subtle"
                icon={<Delete16Regular />}
                aria-label={t('find.saved.removeOne', { name: one.name })}
                onClick={() => {
                  void remove.run({ id: one.id }).then(again);
                }}
              />
            </li>
          ))}
        </ul>
      )}
    </ModalDialog>
  );
}
