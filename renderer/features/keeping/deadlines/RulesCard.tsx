import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Button, Checkbox, Field, Input, makeStyles, Radio, RadioGroup } from '@fluentui/react-components';
import type { Contract, OutputOf, RetentionSettings } from '#contract';
import { refreshKeeping } from '../../../bridge/keeping-cache.ts';
import { useAsk, useCommand } from '../../../bridge/methods.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { Waiting } from '../../../ui/Waiting.tsx';
import { Card } from '../../settings/index.ts';

const useStyles = makeStyles({ form: { display: 'flex', flexDirection: 'column', gap: '14px', maxWidth: '760px' }, row: { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(220px, 1fr))', gap: '12px' } });

/** The office's own choice among the rules that acts have for counting; each with its basis and how sure it is. */
export function RulesCard(): ReactNode {
  const t = useWords();
  const stored = useAsk('keeping', 'retentionSettings', {});
  return (
    <Card title={t('keeping.rules.title')} intro={t('keeping.rules.intro')}>
      {stored.data === undefined ? <Waiting label={t('common.loading')} /> : <Form stored={stored.data} />}
    </Card>
  );
}

type Stored = OutputOf<Contract['keeping']['retentionSettings']>;

function Form({ stored: { settings, choices } }: { readonly stored: Stored }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const cache = useQueryClient();
  const save = useCommand('keeping', 'saveRetentionSettings');
  const [values, setValues] = useState<RetentionSettings>(settings);
  const [expiryDays, setExpiryDays] = useState(String(settings.expiryLeadDays));
  const [handInDays, setHandInDays] = useState(String(settings.handInLeadDays));
  const good = (text: string, most: number): boolean => /^\d{1,4}$/.test(text) && Number(text) >= 1 && Number(text) <= most;
  const valid = good(expiryDays, 3650) && good(handInDays, 365);
  const rules = (kind: 'expiry' | 'hand-in'): ReactNode =>
    choices
      .filter((one) => one.kind === kind)
      .map((one) => <Radio key={one.rule} value={one.rule} label={t('keeping.rules.choice', { rule: t(`keeping.rule.${one.rule}`), basis: one.basis, confidence: t(`confidence.${one.confidence}`) })} />);
  return (
    <form
      className={styles.form}
      aria-label={t('keeping.rules.title')}
      onSubmit={(event) => {
        event.preventDefault();
        if (!valid || save.pending) return;
        void save.run({ ...values, expiryLeadDays: Number(expiryDays), handInLeadDays: Number(handInDays) }).then(() => refreshKeeping(cache));
      }}
    >
      <Field label={t('keeping.rules.expiry')}>
        <RadioGroup value={values.expiry} onChange={(_, { value }) => { setValues({ ...values, expiry: value as RetentionSettings['expiry'] }); }}>
          {rules('expiry')}
        </RadioGroup>
      </Field>
      <Field label={t('keeping.rules.handIn')}>
        <RadioGroup value={values.handIn} onChange={(_, { value }) => { setValues({ ...values, handIn: value as RetentionSettings['handIn'] }); }}>
          {rules('hand-in')}
        </RadioGroup>
      </Field>
      <div className={styles.row}>
        <Field label={t('keeping.rules.expiryLead')} validationState={good(expiryDays, 3650) ? 'none' : 'error'} validationMessage={good(expiryDays, 3650) ? null : t('keeping.rules.days', { most: 3650 })}>
          <Input name="expiryLeadDays" inputMode="numeric" value={expiryDays} maxLength={4} onChange={(_, { value }) => { setExpiryDays(value.trim()); }} />
        </Field>
        <Field label={t('keeping.rules.handInLead')} validationState={good(handInDays, 365) ? 'none' : 'error'} validationMessage={good(handInDays, 365) ? null : t('keeping.rules.days', { most: 365 })}>
          <Input name="handInLeadDays" inputMode="numeric" value={handInDays} maxLength={3} onChange={(_, { value }) => { setHandInDays(value.trim()); }} />
        </Field>
      </div>
      <Checkbox label={t('keeping.rules.historical')} checked={values.depositsToHistorical} onChange={(_, { checked }) => { setValues({ ...values, depositsToHistorical: checked === true }); }} />
      {save.failure !== undefined && <Notice tone="attention" live>{failureWords(t, save.failure)}</Notice>}
      {save.value !== undefined && <Notice tone="good" live>{t('keeping.rules.saved')}</Notice>}
      <div>
        <Button appearance="primary" type="submit" disabledFocusable={!valid || save.pending}>
          {t('keeping.rules.save')}
        </Button>
      </div>
    </form>
  );
}
