import type { ReactNode, SyntheticEvent } from 'react';
import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { Save20Regular } from '@fluentui/react-icons';
import type { AnyFailure } from '../../../bridge/failure.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { KeyHint } from '../../../ui/KeyHint.tsx';
import { Notice } from '../../../ui/Notice.tsx';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: '14px' },
  title: { margin: 0, fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400, fontWeight: tokens.fontWeightSemibold },
  intro: { margin: '-8px 0 0', color: tokens.colorNeutralForeground2, textWrap: 'pretty' },
  first: { marginTop: 0 },
  row: { display: 'flex', alignItems: 'center', gap: '12px', flexWrap: 'wrap', minHeight: '32px' },
  said: { color: tokens.colorNeutralForeground2 },
});

export type FormSectionProps = {
  readonly title: string;
  /** the page that it stands on has the title; readers still hear it */
  readonly untitled?: boolean;
  /** '' for none */
  readonly intro: string;
  readonly children: ReactNode;
  /** Null when the form may only be read. */
  readonly onSubmit: (() => void) | null;
  readonly submitLabel: string;
  readonly pending: boolean;
  /** What to say beside the button, e.g. that it was saved. */
  readonly said: string;
  readonly failure: AnyFailure | undefined;
  /** why the person at the window may only read it */
  readonly barred?: AnyFailure | undefined;
};

/** A form with its one button; what went wrong as a whole stands on top, what concerns a field at the field. */
export function FormSection(props: FormSectionProps): ReactNode {
  const { failure, barred } = props;
  const onSubmit = barred === undefined ? props.onSubmit : null;
  const styles = useStyles();
  const t = useWords();
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (!props.pending) onSubmit?.();
  };
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Ctrl+S bubbles up from its fields
    <form
      className={styles.form}
      noValidate
      aria-label={props.title}
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.ctrlKey && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 's') submit(event);
      }}
    >
      {props.untitled !== true && <h2 className={styles.title}>{props.title}</h2>}
      {props.intro !== '' && <p className={mergeClasses(styles.intro, props.untitled === true && styles.first)}>{props.intro}</p>}
      {failure !== undefined && (
        <Notice tone="attention" live>
          {failureWords(t, failure, 'settings')}
        </Notice>
      )}
      {barred !== undefined && <Notice tone="info">{failureWords(t, barred)}</Notice>}
      {props.children}
      {onSubmit !== null && (
        <div className={styles.row}>
          <Button appearance="primary" type="submit" icon={<Save20Regular />} disabledFocusable={props.pending}>
            {props.submitLabel}
            <KeyHint keys="Ctrl+S" onPrimary />
          </Button>
          <span role="status" className={styles.said}>
            {props.said}
          </span>
        </div>
      )}
    </form>
  );
}
