import { useEffect, useRef, type ReactNode } from 'react';
import { Button, makeStyles } from '@fluentui/react-components';
import type { AnyFailure } from '../../../bridge/failure.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { FormSection } from '../parts/FormSection.tsx';

const useStyles = makeStyles({ fields: { display: 'flex', flexDirection: 'column', gap: '12px' }, cancel: { alignSelf: 'flex-start' } });

export type TaskFormProps = {
  readonly title: string;
  readonly intro: string;
  readonly submitLabel: string;
  readonly pending: boolean;
  readonly failure: AnyFailure | undefined;
  readonly onSubmit: () => void;
  readonly onCancel: () => void;
  readonly children: ReactNode;
};

/** A form that was opened for one act: takes the focus, and Esc leaves it without a change. */
export function TaskForm(props: TaskFormProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.querySelector<HTMLElement>('input:not([hidden]), textarea')?.focus();
  }, []);
  return (
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions -- Esc bubbles up from the fields
    <div
      ref={box}
      className={styles.fields}
      onKeyDown={(event) => {
        if (event.key === 'Escape') props.onCancel();
      }}
    >
      <FormSection
        title={props.title}
        intro={props.intro}
        submitLabel={props.submitLabel}
        pending={props.pending}
        said=""
        failure={props.failure}
        onSubmit={props.onSubmit}
      >
        <div className={styles.fields}>{props.children}</div>
      </FormSection>
      <Button className={styles.cancel} size="small" onClick={props.onCancel}>
        {t('calendar.cancel')}
      </Button>
    </div>
  );
}
