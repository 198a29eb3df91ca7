import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Input, makeStyles, tokens } from '@fluentui/react-components';
import { contract, numberText } from '#contract';
import type { AnyFailure } from '../../../bridge/failure.ts';
import { methodKey, useCommand } from '../../../bridge/methods.ts';
import { own } from '../../../foundations/theme.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { FormSection } from '../parts/FormSection.tsx';
import { TextField } from '../parts/TextField.tsx';
import { faultsOf, type Faults } from '../form-faults.ts';
import { useForm } from '../use-form.ts';
import { Table } from '../people/Table.tsx';
import { keyOf, seriesWords, type Series } from './number-words.ts';

const useStyles = makeStyles({
  number: { width: '128px' },
  fault: { display: 'block', color: own.tvtAttention, fontSize: tokens.fontSizeBase200 },
});

export type LastNumbersFormProps = {
  /** the registers that give numbers this year */
  readonly series: readonly Series[];
  readonly submitLabel: string;
  /** told after all that was typed stands */
  readonly onDone: () => void;
};

/** The last number of each running register, taken from the books that were kept before; what stays empty begins at 01. */
export function LastNumbersForm({ series, submitLabel, onDone }: LastNumbersFormProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const cache = useQueryClient();
  const start = useCommand('numbers', 'startAfter');
  const setBack = useCommand('numbers', 'setBack');
  const [failure, setFailure] = useState<AnyFailure>();
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const [faults, setFaults] = useState<Faults>({});
  const form = useForm({ reason: t('numbers.lastNumbers.usualReason') });
  const keyWords = ({ register, scope }: Series): string => `${register}/${scope}`;
  const valueOf = (one: Series): string => typed[keyWords(one)] ?? (one.last === 0 ? '' : String(one.last));
  const changed = series.filter((one) => valueOf(one).trim() !== '' && Number(valueOf(one)) !== one.last);

  const submit = async (): Promise<void> => {
    setFailure(undefined);
    const reason = form.values.reason;
    const inputs = changed.map((one) => {
      const last = Number(valueOf(one).trim());
      return { name: keyWords(one), lower: last < one.last, input: { ...keyOf(one), last, reason } };
    });
    const wrong = inputs.map(({ name, lower, input }) => [name, faultsOf(contract.numbers[lower ? 'setBack' : 'startAfter'].input, input, t, 'numbers')] as const);
    form.show(wrong.flatMap(([, { reason: said }]) => (said === undefined ? [] : [{ reason: said }]))[0] ?? {});
    setFaults(Object.fromEntries(wrong.flatMap(([name, { last }]) => (last === undefined ? [] : [[name, last] as const]))));
    if (wrong.some(([, found]) => Object.keys(found).length > 0)) return;
    for (const { name, lower, input } of inputs) {
      const outcome = await (lower ? setBack : start).run(input);
      if (outcome.ok) continue;
      if (['below-last', 'numbers-in-the-way', 'series-closed', 'year-over'].includes(outcome.failure.code)) setFaults({ [name]: failureWords(t, outcome.failure) });
      else setFailure(outcome.failure);
      return;
    }
    await cache.invalidateQueries({ queryKey: methodKey('numbers', 'year') });
    setTyped({});
    onDone();
  };
  return (
    <FormSection
      title={t('numbers.lastNumbers.title')}
      intro={t('numbers.lastNumbers.intro')}
      submitLabel={submitLabel}
      onSubmit={() => void submit()}
      barred={start.barred}
      pending={start.pending || setBack.pending}
      said={changed.length === 0 ? '' : t('numbers.lastNumbers.changed', { count: changed.length })}
      failure={failure}
    >
      <Table
        label={t('numbers.lastNumbers.title')}
        columns={[t('numbers.lastNumbers.register'), t('numbers.lastNumbers.last'), t('numbers.lastNumbers.next')]}
        rows={series.map((one) => {
          const name = keyWords(one);
          const words = seriesWords(t, one);
          const last = Number(valueOf(one));
          return {
            key: name,
            cells: [
              words,
              <>
                <Input
                  name={`last ${name}`}
                  className={styles.number}
                  value={valueOf(one)}
                  inputMode="numeric"
                  autoComplete="off"
                  maxLength={8}
                  aria-label={t('numbers.lastNumbers.lastOf', { register: words })}
                  aria-invalid={faults[name] !== undefined}
                  {...(faults[name] === undefined ? {} : { 'aria-describedby': `fault-${name}` })}
                  onChange={(_, { value }) => {
                    setTyped((before) => ({ ...before, [name]: value }));
                    setFaults((before) => Object.fromEntries(Object.entries(before).filter(([field]) => field !== name)));
                  }}
                />
                {faults[name] !== undefined && (
                  <span id={`fault-${name}`} role="alert" className={styles.fault}>
                    {faults[name]}
                  </span>
                )}
              </>,
              Number.isInteger(last) && last >= 0 ? numberText(last + 1) : '—',
            ],
          };
        })}
      />
      {changed.length > 0 && (
        <div ref={form.box}>
          <TextField
            name="reason"
            required
            readOnly={false}
            label={t('numbers.field.reason')}
            value={form.values.reason}
            fault={form.faults['reason']}
            onChange={(reason) => {
              form.set({ reason });
            }}
          />
        </div>
      )}
    </FormSection>
  );
}
