import { useState, type ReactNode, type SyntheticEvent } from 'react';
import { Button, Field, Input, makeStyles, tokens } from '@fluentui/react-components';
import { Save20Regular } from '@fluentui/react-icons';
import type { Agency, RecipientGroup } from '#contract';
import type { AnyFailure } from '../../../bridge/failure.ts';
import { useCommand } from '../../../bridge/methods.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { KeyHint } from '../../../ui/KeyHint.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { RecipientPicker } from '../picker/RecipientPicker.tsx';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: '14px', maxWidth: '760px' },
  title: { margin: 0, fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400, fontWeight: tokens.fontWeightSemibold },
  row: { display: 'flex', alignItems: 'center', gap: '12px', flexWrap: 'wrap' },
});

export type GroupFormProps = {
  /** null for a new one */
  readonly group: RecipientGroup | null;
  readonly others: readonly RecipientGroup[];
  readonly onSaved: (group: RecipientGroup) => void;
  readonly onClosed: (group: RecipientGroup) => void;
};

/** Name and members of a group. */
export function GroupForm({ group, others, onSaved, onClosed }: GroupFormProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const save = useCommand('directory', 'saveGroup');
  const remove = useCommand('directory', 'removeGroup');
  const [name, setName] = useState(group?.name ?? '');
  const [members, setMembers] = useState<readonly Agency[]>(group?.members ?? []);
  const [fault, setFault] = useState<{ readonly at: 'name' | 'codes'; readonly words: string }>();
  const [failure, setFailure] = useState<AnyFailure>();
  const [asking, setAsking] = useState(false);
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (save.pending || save.barred !== undefined) return;
    setFailure(undefined);
    setFault(undefined);
    const trimmed = name.trim();
    if (trimmed === '' || trimmed.length > 100) {
      setFault({ at: 'name', words: t('directory.group.nameFault') });
      document.querySelector<HTMLElement>('[name=groupName]')?.focus();
      return;
    }
    if (members.length === 0 || members.length > 500) {
      setFault({ at: 'codes', words: t('directory.group.codesFault') });
      return;
    }
    void save.run({ id: group?.id ?? null, name: trimmed, codes: members.map(({ code }) => code) }).then((outcome) => {
      if (outcome.ok) onSaved(outcome.value);
      else if (outcome.failure.code === 'group-name-taken') setFault({ at: 'name', words: failureWords(t, outcome.failure) });
      else setFailure(outcome.failure);
    });
  };
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Ctrl+S bubbles up from its fields
    <form
      className={styles.form}
      noValidate
      aria-label={t(group === null ? 'directory.group.title.new' : 'directory.group.title.change')}
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.ctrlKey && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 's') submit(event);
      }}
    >
      <h2 className={styles.title}>{t(group === null ? 'directory.group.title.new' : 'directory.group.title.change')}</h2>
      {save.barred !== undefined && <Notice tone="info">{failureWords(t, save.barred)}</Notice>}
      {failure !== undefined && (
        <Notice tone="attention" live>
          {failureWords(t, failure, 'directory')}
        </Notice>
      )}
      <Field
        label={t('directory.group.name')}
        required
        validationState={fault?.at === 'name' ? 'warning' : 'none'}
        validationMessage={fault?.at === 'name' ? fault.words : null}
      >
        <Input
          name="groupName"
          value={name}
          autoComplete="off"
          spellCheck={false}
          onChange={(_, { value }) => {
            setName(value);
          }}
        />
      </Field>
      <RecipientPicker chosen={members} onChange={setMembers} groups={others} />
      {fault?.at === 'codes' && (
        <Notice tone="attention" live>
          {fault.words}
        </Notice>
      )}
      <div className={styles.row}>
        <Button appearance="primary" type="submit" icon={<Save20Regular />} disabledFocusable={save.pending || save.barred !== undefined}>
          {t('directory.group.save')}
          <KeyHint keys="Ctrl+S" onPrimary />
        </Button>
        {group !== null && !asking && (
          <Button
            onClick={() => {
              setAsking(true);
            }}
          >
            {t('directory.group.close')}
          </Button>
        )}
      </div>
      {group !== null && asking && (
        <Notice
          tone="attention"
          live
          action={
            <div className={styles.row}>
              <Button
                size="small"
                onClick={() => {
                  setAsking(false);
                }}
              >
                {t('directory.group.keep')}
              </Button>
              <Button
                size="small"
                onClick={() => {
                  void remove.run({ id: group.id }).then((outcome) => {
                    if (outcome.ok) onClosed(group);
                    else setFailure(outcome.failure);
                  });
                }}
              >
                {t('directory.group.closeDo')}
              </Button>
            </div>
          }
        >
          {t('directory.group.closeAsk', { name: group.name })}
        </Notice>
      )}
    </form>
  );
}
