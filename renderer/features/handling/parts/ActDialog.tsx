import { useId, type KeyboardEvent, type ReactNode, type SyntheticEvent } from 'react';
import { Button, Field, makeStyles, Textarea } from '@fluentui/react-components';
import type { AnyFailure } from '../../../bridge/failure.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ModalDialog } from '../../../ui/ModalDialog.tsx';
import { Notice } from '../../../ui/Notice.tsx';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: '12px', '& p': { margin: 0, textWrap: 'pretty' } },
});

export type ActDialogProps = {
  readonly open: boolean;
  readonly title: string;
  readonly confirm: string;
  readonly pending: boolean;
  readonly failure: AnyFailure | undefined;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
};

/** A few fields and one act. Enter in a line and Ctrl+Enter anywhere do it, Esc leaves. */
export function ActDialog(props: ActDialogProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const form = useId();
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (!props.pending) props.onConfirm();
  };
  return (
    <ModalDialog
      open={props.open}
      title={props.title}
      closeLabel={t('ask.cancel')}
      onClose={props.onClose}
      foot={
        <>
          <Button appearance="primary" type="submit" form={form} disabledFocusable={props.pending}>
            {props.confirm}
          </Button>
          <Button onClick={props.onClose}>{t('ask.cancel')}</Button>
        </>
      }
    >
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Ctrl+Enter bubbles up from its fields */}
      <form
        id={form}
        className={styles.form}
        aria-label={props.title}
        noValidate
        onSubmit={submit}
        onKeyDown={(event: KeyboardEvent) => {
          if (event.key === 'Enter' && event.ctrlKey) submit(event);
        }}
      >
        {props.children}
        {props.failure !== undefined && (
          <Notice tone="attention" live>
            {failureWords(t, props.failure, 'handling')}
          </Notice>
        )}
      </form>
    </ModalDialog>
  );
}

export type NoteFieldProps = { readonly label: string; readonly value: string; readonly first?: boolean; readonly onChange: (value: string) => void };

/** A note that may be left empty. */
export function NoteField({ label, value, first = false, onChange }: NoteFieldProps): ReactNode {
  return (
    <Field label={label}>
      <Textarea
        name="note"
        value={value}
        maxLength={2000}
        rows={3}
        resize="vertical"
        {...(first ? { 'data-first': true } : {})}
        onChange={(_, data) => {
          onChange(data.value);
        }}
      />
    </Field>
  );
}
