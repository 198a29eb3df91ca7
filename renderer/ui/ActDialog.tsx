import { useId, type ReactNode } from 'react';
import { Button, makeStyles } from '@fluentui/react-components';
import { useWords } from '../i18n/use-words.ts';
import { ModalDialog } from './ModalDialog.tsx';
import { Notice } from './Notice.tsx';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: '12px', '& p': { margin: 0, textWrap: 'pretty' } },
});

export type ActDialogProps = {
  readonly open: boolean;
  readonly title: string;
  readonly children: ReactNode;
  /** the act's own name */
  readonly confirm: string;
  /** another act on the same fields, beside it */
  readonly other?: { readonly words: string; readonly onAct: () => void };
  readonly pending: boolean;
  /** the act cannot be done yet: something above is missing */
  readonly blocked?: boolean;
  /** why it was not done, in words */
  readonly failure: string | undefined;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
};

/** A few fields and one act, whose name the primary button has. Enter in a line and Ctrl+Enter anywhere do it, Esc leaves. */
export function ActDialog(props: ActDialogProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const form = useId();
  const still = props.pending || props.blocked === true;
  const submit = (): void => {
    if (!still) props.onConfirm();
  };
  return (
    <ModalDialog
      open={props.open}
      title={props.title}
      closeLabel={t('ask.cancel')}
      onClose={props.onClose}
      onCtrlEnter={submit}
      foot={
        <>
          <Button appearance="primary" type="submit" form={form} disabledFocusable={still}>
            {props.confirm}
          </Button>
          {props.other !== undefined && (
            <Button
              disabledFocusable={still}
              onClick={() => {
                if (!still) props.other?.onAct();
              }}
            >
              {props.other.words}
            </Button>
          )}
          <Button onClick={props.onClose}>{t('ask.cancel')}</Button>
        </>
      }
    >
      <form
        id={form}
        className={styles.form}
        aria-label={props.title}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {props.children}
        {props.failure !== undefined && (
          <Notice tone="attention" live>
            {props.failure}
          </Notice>
        )}
      </form>
    </ModalDialog>
  );
}
