import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode, type SyntheticEvent } from 'react';
import { Button, Checkbox, Field, Input, makeStyles, Select, tokens } from '@fluentui/react-components';
import { Add20Regular, Dismiss16Regular, Save20Regular } from '@fluentui/react-icons';
import { contract, type HandlingSettings } from '#contract';
import { useAsk, useCommand } from '../../../bridge/methods.ts';
import { timeOf } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { urgencyWord } from '../../../i18n/urgency-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { KeyHint } from '../../../ui/KeyHint.tsx';
import { Notice } from '../../../ui/Notice.tsx';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: '12px' },
  title: { margin: 0, fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400, fontWeight: tokens.fontWeightSemibold },
  intro: { margin: '-6px 0 0', color: tokens.colorNeutralForeground2, textWrap: 'pretty' },
  days: { maxWidth: '260px' },
  scroll: { overflowX: 'auto' },
  table: {
    borderCollapse: 'collapse',
    width: '100%',
    minWidth: '720px',
    '& th': { textAlign: 'left', color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, padding: '2px 6px 2px 0' },
    '& td': { padding: '2px 6px 2px 0' },
  },
  cell: { width: '100%', minWidth: 0 },
  row: { display: 'flex', alignItems: 'center', gap: '12px', flexWrap: 'wrap' },
  said: { color: tokens.colorNeutralForeground2 },
});

type Rule = { readonly typeName: string; readonly urgency: string; readonly issuer: string; readonly workingDays: string; readonly note: string };
const emptyRule: Rule = { typeName: '', urgency: '', issuer: '', workingDays: '', note: '' };
const urgencies = ['', '0', '1', '2', '3', '4'] as const;

/** The office's own days for the work, and how early it is called near due. Nothing of it is law. */
export function DeadlineSettings(): ReactNode {
  const stored = useAsk('handling', 'settings', {}).data;
  return stored === undefined ? null : <Form stored={stored} />;
}

function Form({ stored }: { readonly stored: HandlingSettings }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const cache = useQueryClient();
  const save = useCommand('handling', 'saveSettings');
  const [soonDays, setSoonDays] = useState(String(stored.soonDays));
  const [rules, setRules] = useState<readonly Rule[]>(() =>
    stored.rules.map((rule) => ({ ...rule, urgency: rule.urgency === null ? '' : String(rule.urgency), workingDays: String(rule.workingDays) })),
  );
  const [paperDirections, setPaperDirections] = useState(stored.paperDirections);
  const [fault, setFault] = useState(false);
  const [savedAt, setSavedAt] = useState<Date | null>(null);
  const change = (index: number, part: Partial<Rule>): void => {
    setSavedAt(null);
    setRules(rules.map((rule, at) => (at === index ? { ...rule, ...part } : rule)));
  };
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    const parsed = contract.handling.saveSettings.input.safeParse({
      soonDays: numberOf(soonDays),
      paperDirections,
      rules: rules.map((rule) => ({ ...rule, urgency: rule.urgency === '' ? null : Number(rule.urgency), workingDays: numberOf(rule.workingDays) })),
    });
    setFault(!parsed.success);
    if (!parsed.success || save.pending) return;
    void save.run(parsed.data).then((outcome) => {
      if (!outcome.ok) return;
      setSavedAt(new Date());
      void cache.invalidateQueries({ queryKey: ['handling'] });
    });
  };
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Ctrl+S bubbles up from its fields
    <form
      className={styles.form}
      noValidate
      aria-label={t('deadlines.title')}
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.ctrlKey && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 's') submit(event);
      }}
    >
      <h2 className={styles.title}>{t('deadlines.title')}</h2>
      <p className={styles.intro}>{t('deadlines.intro')}</p>
      <Field className={styles.days} label={t('deadlines.soonDays')}>
        <Input
          name="soonDays"
          value={soonDays}
          inputMode="numeric"
          maxLength={2}
          onChange={(_, { value }) => {
            setSavedAt(null);
            setSoonDays(value);
          }}
        />
      </Field>
      <Checkbox
        name="paperDirections"
        label={t('deadlines.paperDirections')}
        checked={paperDirections}
        onChange={(_, { checked }) => {
          setSavedAt(null);
          setPaperDirections(checked === true);
        }}
      />
      {rules.length > 0 && (
        <div className={styles.scroll}>
          <table className={styles.table} aria-label={t('deadlines.rules')}>
            <thead>
              <tr>
                {(['typeName', 'urgency', 'issuer', 'workingDays', 'note'] as const).map((name) => (
                  <th key={name} scope="col">
                    {t(`deadlines.${name}`)}
                  </th>
                ))}
                <td />
              </tr>
            </thead>
            <tbody>
              {rules.map((rule, index) => {
                const line = (name: 'typeName' | 'issuer' | 'workingDays' | 'note'): ReactNode => (
                  <td>
                    <Input
                      size="small"
                      name={name}
                      className={styles.cell}
                      value={rule[name]}
                      aria-label={t('deadlines.cell', { name: t(`deadlines.${name}`), row: index + 1 })}
                      onChange={(_, { value }) => {
                        change(index, { [name]: value });
                      }}
                    />
                  </td>
                );
                return (
                  // Rows have no name of their own; they are only added at the end and removed by hand.
                  <tr key={index}>
                    {line('typeName')}
                    <td>
                      <Select
                        className={styles.cell}
                        size="small"
                        value={rule.urgency}
                        aria-label={t('deadlines.cell', { name: t('deadlines.urgency'), row: index + 1 })}
                        onChange={(_, { value }) => {
                          change(index, { urgency: value });
                        }}
                      >
                        {urgencies.map((one) => (
                          <option key={one} value={one}>
                            {one === '' ? t('deadlines.any') : (urgencyWord(t, Number(one)) ?? t('urgency.0'))}
                          </option>
                        ))}
                      </Select>
                    </td>
                    {line('issuer')}
                    {line('workingDays')}
                    {line('note')}
                    <td>
                      <Button
                        size="small"
                        appearance="subtle"
                        icon={<Dismiss16Regular />}
                        aria-label={t('deadlines.remove', { row: index + 1 })}
                        onClick={() => {
                          setSavedAt(null);
                          setRules(rules.filter((_, at) => at !== index));
                        }}
                      />
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
      {fault && (
        <Notice tone="attention" live>
          {t('deadlines.fault')}
        </Notice>
      )}
      {save.failure !== undefined && (
        <Notice tone="attention" live>
          {failureWords(t, save.failure, 'settings')}
        </Notice>
      )}
      <div className={styles.row}>
        <Button appearance="primary" type="submit" icon={<Save20Regular />} disabledFocusable={save.pending}>
          {t('deadlines.save')}
          <KeyHint keys="Ctrl+S" onPrimary />
        </Button>
        <Button
          icon={<Add20Regular />}
          onClick={() => {
            setSavedAt(null);
            setRules([...rules, emptyRule]);
          }}
        >
          {t('deadlines.add')}
        </Button>
        <span role="status" className={styles.said}>
          {savedAt === null ? '' : t('settings.savedAt', { time: timeOf(savedAt) })}
        </span>
      </div>
    </form>
  );
}

/** An empty or odd field is no number, which the contract refuses; `Number('')` would be 0. */
function numberOf(text: string): number {
  return /^\s*\d+\s*$/.test(text) ? Number(text) : Number.NaN;
}
