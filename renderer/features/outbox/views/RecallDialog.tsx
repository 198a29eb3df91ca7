import { useState, type ReactNode } from 'react';
import { Checkbox, Field, makeStyles, Radio, RadioGroup, tokens } from '@fluentui/react-components';
import type { Delivery, OutgoingDetail } from '#contract';
import { useRefreshSent } from '../../../bridge/sent-cache.ts';
import { useCommand } from '../../../bridge/methods.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { ReasonDialog } from '../../../ui/ReasonDialog.tsx';
import { codeOf, isHolder } from '../parts/sent-words.ts';

type Form = 'message' | 'status';

const useStyles = makeStyles({
  list: {
    display: 'flex',
    flexDirection: 'column',
    maxHeight: '168px',
    overflowY: 'auto',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    outlineOffset: '-2px',
  },
});

export type RecallDialogProps = {
  readonly document: OutgoingDetail;
  readonly deliveries: readonly Delivery[];
  /** who is chosen at first; null: the dialog is closed */
  readonly chosen: 'all' | readonly string[] | null;
  readonly onClose: () => void;
  /** told what happened, in words */
  readonly onDone: (words: string) => void;
};

/** Asks from whom, in which form and why a document is taken back, and says what follows. */
export function RecallDialog(props: RecallDialogProps): ReactNode {
  // Each opening starts anew; closing leaves the dialog in place, so that it can give the focus back.
  const [opening, setOpening] = useState({ chosen: props.chosen, nth: 0 });
  if (props.chosen !== opening.chosen) {
    setOpening({ chosen: props.chosen, nth: opening.nth + (props.chosen === null ? 0 : 1) });
  }
  return <Asking key={opening.nth} {...props} />;
}

function Asking({ document, deliveries, chosen, onClose, onDone }: RecallDialogProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const recall = useCommand('exchange', 'recallDocument');
  const refresh = useRefreshSent();
  const frozen = document.state !== 'issued';
  const [form, setForm] = useState<Form>('message');
  const [whole, setWhole] = useState(chosen === 'all');
  const [named, setNamed] = useState<readonly string[]>(chosen === null || chosen === 'all' ? [] : chosen);
  const holders = deliveries.filter(isHolder);
  const leftOver = whole ? 0 : holders.length - named.length;
  const code = codeOf(document);
  return (
    <ReasonDialog
      open={chosen !== null}
      title={t(frozen ? 'recall.titleAgain' : 'recall.title', { code })}
      reason={{
        label: t('recall.reason'),
        missing: t('ask.reasonMissing'),
        starts: [t('recall.start.mistake'), t('recall.start.wrongPlace')],
        startsLabel: t('ask.starts'),
      }}
      confirm={t('recall.confirm', { count: whole ? holders.length : named.length })}
      cancel={t('ask.cancel')}
      pending={recall.pending || (!whole && named.length === 0)}
      failure={recall.failure === undefined ? undefined : failureWords(t, recall.failure, 'recallDocument')}
      onConfirm={(reason) => {
        const recipients = whole ? null : [...named];
        const input = { document: document.id, form: frozen ? ('status' as const) : form, recipients, reason };
        void recall.run(input).then((outcome) => {
          if (!outcome.ok) return;
          onDone(t('recall.done', { code, asked: outcome.value.filter((one) => one.takeBack === 'asked').length }));
          refresh([document.id]);
          onClose();
        });
      }}
      onClose={onClose}
    >
      <Field label={t('recall.from')}>
        <RadioGroup
          value={whole ? 'all' : 'some'}
          onChange={(_, { value }) => {
            setWhole(value === 'all');
          }}
        >
          <Radio value="all" label={t('recall.fromAll', { count: holders.length })} />
          <Radio value="some" label={t('recall.fromSome')} />
        </RadioGroup>
      </Field>
      {!whole && (
        <div className={styles.list} role="group" aria-label={t('recall.fromSome')} tabIndex={0}>
          {holders.map((one) => (
            <Checkbox
              key={one.id}
              label={one.name}
              checked={named.includes(one.organId)}
              onChange={(_, { checked }) => {
                setNamed((before) => (checked === true ? [...before, one.organId] : before.filter((organId) => organId !== one.organId)));
              }}
            />
          ))}
        </div>
      )}
      {frozen ? (
        <p>{t('recall.againMeaning')}</p>
      ) : (
        <Field label={t('recall.form')}>
          <RadioGroup
            value={form}
            onChange={(_, { value }) => {
              setForm(value === 'status' ? 'status' : 'message');
            }}
          >
            <Radio value="message" label={t('recall.form.message')} />
            <Radio value="status" label={t('recall.form.status')} />
          </RadioGroup>
        </Field>
      )}
      {!whole && named.length === 0 && <Notice tone="info">{t('recall.chooseSome')}</Notice>}
      {!frozen && (whole || named.length > 0) && (
        <Notice tone={leftOver === 0 ? 'attention' : 'info'}>
          {t(leftOver === 0 ? 'recall.freezes' : 'recall.stays', { count: leftOver })}
        </Notice>
      )}
    </ReasonDialog>
  );
}
