import { useState, type ReactNode } from 'react';
import { Button, Field, makeStyles, Radio, RadioGroup, tokens } from '@fluentui/react-components';
import { Print20Regular } from '@fluentui/react-icons';
import { calendarDay, dayFromTyped, isDay, today } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { useAsk } from '../../../bridge/methods.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { DayField } from '../../../ui/DayField.tsx';
import { FormatField, type Format } from '../parts/FormatField.tsx';
import { useMakeAndShow } from '../use-make-and-show.ts';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: '12px' },
  days: { display: 'grid', gridTemplateColumns: '1fr 1fr', gap: '12px', alignItems: 'start', '& *': { minWidth: 0 } },
  intro: { margin: 0, color: tokens.colorNeutralForeground2, textWrap: 'pretty' },
  table: { borderCollapse: 'collapse', width: '100%', '& td': { padding: '3px 4px', borderBottom: `1px solid ${tokens.colorNeutralStroke2}` } },
  total: { fontWeight: tokens.fontWeightSemibold },
  part: { paddingInlineStart: '16px !important' },
  smaller: { paddingInlineStart: '32px !important' },
  value: { textAlign: 'end', fontVariantNumeric: 'tabular-nums' },
});

type Kind = 'incoming' | 'outgoing';

/** The two reports on handling: days, the figures at once, and the print of them. */
export function ReportForm(): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const [kind, setKind] = useState<Kind>('incoming');
  const [typedFrom, setFrom] = useState(() => `01/01/${today().slice(0, 4)}`);
  const [typedTo, setTo] = useState(() => calendarDay(today()));
  const days = isDay(typedFrom) && isDay(typedTo);
  const [from, to] = days ? [dayFromTyped(typedFrom), dayFromTyped(typedTo)] : [today(), today()];
  const [format, setFormat] = useState<Format>('pdf');
  const { make, pending, failure } = useMakeAndShow('makeReport');
  const valid = days && from <= to;
  const toFault = !isDay(typedTo) ? t('fault.day.date') : days && !valid ? t('printing.daysReversed') : undefined;
  const report = useAsk('printing', 'report', { kind, from, to }, { enabled: valid, keepFormer: true });
  return (
    <form
      className={styles.form}
      aria-label={t('printing.tab.report')}
      onSubmit={(event) => {
        event.preventDefault();
        if (valid && !pending) void make({ kind, from, to, format });
      }}
    >
      <p className={styles.intro}>{t('printing.report.intro')}</p>
      {failure !== undefined && (
        <Notice tone="attention" live>
          {failureWords(t, failure)}
        </Notice>
      )}
      <Field label={t('printing.report.kind')}>
        <RadioGroup
          layout="horizontal"
          value={kind}
          onChange={(_, { value }) => {
            setKind(value === 'outgoing' ? 'outgoing' : 'incoming');
          }}
        >
          <Radio value="incoming" label={t('section.incoming')} />
          <Radio value="outgoing" label={t('section.outgoing')} />
        </RadioGroup>
      </Field>
      <div className={styles.days}>
        <DayField name="from" label={t('printing.from')} required value={typedFrom} fault={isDay(typedFrom) ? undefined : t('fault.day.date')} onChange={setFrom} />
        <DayField name="to" label={t('printing.to')} required value={typedTo} fault={toFault} onChange={setTo} />
      </div>
      <FormatField value={format} onChange={setFormat} />
      <div>
        <Button appearance="primary" type="submit" icon={<Print20Regular />} disabledFocusable={pending || !valid}>
          {t('printing.report.make')}
        </Button>
      </div>
      {report.data !== undefined && valid && (
        <table className={styles.table}>
          <tbody>
            {report.data.figures.map((figure) => (
              <tr key={figure.key} title={figure.sql}>
                <td className={figure.level === 0 ? styles.total : figure.level === 1 ? styles.part : styles.smaller}>{figure.label}</td>
                <td className={styles.value}>{figure.value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </form>
  );
}
