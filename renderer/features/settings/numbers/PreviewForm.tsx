import { useState, type ReactNode } from 'react';
import { Field, makeStyles, Select, tokens } from '@fluentui/react-components';
import { failureOf } from '../../../bridge/failure.ts';
import { useAsk } from '../../../bridge/methods.ts';
import { dayFromTyped, momentOf } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { seriesWords, type Abbreviations } from './number-words.ts';

const useStyles = makeStyles({
  box: { display: 'flex', flexDirection: 'column', gap: '12px' },
  title: { margin: 0, fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400, fontWeight: tokens.fontWeightSemibold },
  code: { margin: 0, fontSize: tokens.fontSizeBase500, lineHeight: tokens.lineHeightBase500, fontVariantNumeric: 'tabular-nums', userSelect: 'text' },
  small: { display: 'block', color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

/** Shows number and symbol that a document of today would have, so that rules and letters can be tried out. */
export function PreviewForm({ abbreviations }: { readonly abbreviations: Abbreviations }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const { kinds, units, own } = abbreviations;
  const [typeName, setTypeName] = useState('Quyết định');
  const [unit, setUnit] = useState('');
  const [body, setBody] = useState('');
  const preview = useAsk('numbers', 'preview', {
    typeName,
    unit: unit === '' ? null : unit,
    body: body === '' ? null : body,
    signerAuthority: '',
    day: dayFromTyped(momentOf(new Date()).slice(0, 10)),
  });
  const choice = (label: string, value: string, set: (value: string) => void, none: string | null, rows: readonly { readonly id: string; readonly name: string }[]): ReactNode => (
    <Field label={label}>
      <Select value={value} onChange={(_, data) => { set(data.value); }}>
        {none !== null && <option value="">{none}</option>}
        {rows.map((row) => (
          <option key={row.id} value={row.id}>
            {row.name}
          </option>
        ))}
      </Select>
    </Field>
  );
  return (
    <section className={styles.box} aria-label={t('numbers.preview.title')}>
      <h2 className={styles.title}>{t('numbers.preview.title')}</h2>
      {choice(t('numbers.preview.kind'), typeName, setTypeName, null, kinds.filter(({ numbered }) => numbered).map(({ name }) => ({ id: name, name })))}
      {choice(t('numbers.preview.unit'), unit, setUnit, '—', [...units, ...own.filter(({ category }) => category === 'field')])}
      {choice(t('numbers.preview.body'), body, setBody, t('numbers.preview.nobody'), own.filter(({ category }) => category === 'body'))}
      <div role="status">
        {preview.isError ? (
          <Notice tone="attention">{failureWords(t, failureOf(preview.error))}</Notice>
        ) : (
          preview.data !== undefined && (
            <p className={styles.code}>
              {t('numbers.preview.result', { code: `${preview.data.codeNumber}/${preview.data.codeNotation}` })}
              <span className={styles.small}>{seriesWords(t, { ...preview.data, name: preview.data.series })}</span>
            </p>
          )
        )}
      </div>
    </section>
  );
}
