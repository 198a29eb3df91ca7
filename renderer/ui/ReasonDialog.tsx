import { useId, useState, type ReactNode } from 'react';
import { Button, Field, makeStyles, Textarea, tokens } from '@fluentui/react-components';
import { ModalDialog } from './ModalDialog.tsx';
import { Notice } from './Notice.tsx';

const useStyles = makeStyles({
  text: { display: 'flex', flexDirection: 'column', gap: '8px', textWrap: 'pretty', '& p': { margin: 0 }, '& ul': { margin: 0, paddingInlineStart: '20px', overflowWrap: 'anywhere' } },
  starts: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '6px' },
  startsLabel: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

export type ReasonWords = {
  readonly label: string;
  /** said when it is empty */
  readonly missing: string;
  /** texts to start from */
  readonly starts: readonly string[];
  readonly startsLabel: string;
};

export type ReasonDialogProps = {
  readonly open: boolean;
  readonly title: string;
  /** what will happen, and what is kept */
  readonly children: ReactNode;
  /** null: nothing is to be written */
  readonly reason: ReasonWords | null;
  readonly confirm: string;
  readonly cancel: string;
  /** another way out than the act and leaving */
  readonly other?: { readonly words: string; readonly onChoose: () => void };
  /** what stands in the field at first */
  readonly initial?: string;
  readonly pending: boolean;
  /** why it was not done, in words */
  readonly failure: string | undefined;
  readonly onConfirm: (reason: string) => void;
  readonly onClose: () => void;
};

/**
 * Asks once before something is done that cannot be taken back. Cancel is the default; a reason is asked for where one is due, and
 * Ctrl+Enter after it does the act.
 */
export function ReasonDialog(props: ReasonDialogProps): ReactNode {
  const { open, title, cancel, onClose } = props;
  const [written, setText] = useState<string | null>(null);
  const text = written ?? props.initial ?? '';
  const [missing, setMissing] = useState(false);
  const close = (): void => {
    setText(null);
    setMissing(false);
    onClose();
  };
  const confirm = (): void => {
    if (props.pending) return;
    const reason = text.trim();
    setMissing(props.reason !== null && reason === '');
    if (props.reason === null || reason !== '') props.onConfirm(reason);
  };
  return (
    <ModalDialog
      open={open}
      title={title}
      closeLabel={cancel}
      onClose={close}
      {...(props.reason === null ? {} : { onCtrlEnter: confirm })}
      foot={
        <>
          {props.other !== undefined && (
            <Button disabledFocusable={props.pending} onClick={props.other.onChoose}>
              {props.other.words}
            </Button>
          )}
          <Button disabledFocusable={props.pending} onClick={confirm}>
            {props.confirm}
          </Button>
          <Button appearance="primary" onClick={close} {...(props.reason === null ? { 'data-first': true } : {})}>
            {cancel}
          </Button>
        </>
      }
    >
      <Body {...props} text={text} missing={missing} onText={setText} />
    </ModalDialog>
  );
}

type BodyProps = ReasonDialogProps & {
  readonly text: string;
  readonly missing: boolean;
  readonly onText: (text: string) => void;
};

function Body({ children, reason, failure, text, missing, onText }: BodyProps): ReactNode {
  const styles = useStyles();
  const labelId = useId();
  return (
    <>
      <div className={styles.text}>{children}</div>
      {reason !== null && (
        <>
          <Field
            label={reason.label}
            required
            {...(missing && text.trim() === '' ? { validationState: 'error' as const, validationMessage: reason.missing } : {})}
          >
            <Textarea
              data-first
              name="reason"
              value={text}
              maxLength={500}
              rows={3}
              resize="vertical"
              onChange={(_, data) => {
                onText(data.value);
              }}
            />
          </Field>
          {reason.starts.length > 0 && (
            <div className={styles.starts} role="group" aria-labelledby={labelId}>
              <span id={labelId} className={styles.startsLabel}>
                {reason.startsLabel}
              </span>
              {reason.starts.map((start) => (
                <Button
                  key={start}
                  size="small"
                  onClick={() => {
                    onText(start);
                  }}
                >
                  {start}
                </Button>
              ))}
            </div>
          )}
        </>
      )}
      {failure !== undefined && (
        <Notice tone="attention" live>
          {failure}
        </Notice>
      )}
    </>
  );
}
