import { useId, type ReactNode } from 'react';
import { Button, makeStyles } from '@fluentui/react-components';
import { useWords } from '../../../i18n/use-words.ts';
import { ModalDialog } from '../../../ui/ModalDialog.tsx';
import { Notice } from '../../../ui/Notice.tsx';

const useStyles = makeStyles({
  text: { display: 'flex', flexDirection: 'column', gap: '10px', textWrap: 'pretty', '& p': { margin: 0 } },
});

export type ActDialogProps = {
  readonly open: boolean;
  readonly title: string;
  readonly children: ReactNode;
  /** the act's own name */
  readonly confirm: string;
  readonly pending: boolean;
  /** the act cannot be done yet: something above is missing */
  readonly blocked?: boolean;
  readonly failure: string | undefined;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
};

/** Asks what an act on the way needs to know; its one primary button has the act's name. */
export function ActDialog(props: ActDialogProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const form = useId();
  const still = props.pending || props.blocked === true;
  return (
    <ModalDialog
      open={props.open}
      title={props.title}
      closeLabel={t('ask.cancel')}
      onClose={props.onClose}
      foot={
        <>
          <Button
            appearance="primary"
            type="submit"
            form={form}
            disabledFocusable={still}
          >
            {props.confirm}
          </Button>
          <Button onClick={props.onClose}>{t('ask.cancel')}</Button>
        </>
      }
    >
      <form
        id={form}
        className={styles.text}
        onSubmit={(event) => {
          event.preventDefault();
          if (!still) props.onConfirm();
        }}
      >
        {props.children}
      </form>
      {props.failure !== undefined && (
        <Notice tone="attention" live>
          {props.failure}
        </Notice>
      )}
    </ModalDialog>
  );
}
