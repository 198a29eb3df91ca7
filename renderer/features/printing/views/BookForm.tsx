import { useRef, useState, type ReactNode } from 'react';
import { Button, Field, Input, makeStyles, Select, tokens } from '@fluentui/react-components';
import { Print20Regular } from '@fluentui/react-icons';
import type { Book, BookKind } from '#contract';
import { useAsk } from '../../../bridge/methods.ts';
import { formatAddress, goTo } from '../../../foundations/address.ts';
import { dayFromTyped, isDay } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import type { Formatter } from '../../../i18n/formatter.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { AddressLink } from '../../../ui/AddressLink.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { Waiting } from '../../../ui/Waiting.tsx';
import { useWantedFirstField } from '../../../ui/list-focus.ts';
import { DayField } from '../../../ui/DayField.tsx';
import { FormatField, type Format } from '../parts/FormatField.tsx';
import { useMakeAndShow } from '../use-make-and-show.ts';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: '12px', '& select, & *': { minWidth: 0, maxWidth: '100%' } },
  pair: { display: 'grid', gridTemplateColumns: '1fr 1fr', gap: '12px', alignItems: 'start', '& *': { minWidth: 0 } },
  intro: { margin: 0, color: tokens.colorNeutralForeground2, textWrap: 'pretty' },
});

type Choice = { readonly key: string; readonly kind: BookKind; readonly book: Book };

/** Which register, which part of it, and as what. */
export function BookForm(): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const books = useAsk('printing', 'books', {});
  const [key, setKey] = useState('');
  const [first, setFirst] = useState('');
  const [last, setLast] = useState('');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [volume, setVolume] = useState('01');
  const [format, setFormat] = useState<Format>('pdf');
  const { make, pending, failure } = useMakeAndShow('makeBook');
  const form = useRef<HTMLFormElement>(null);
  useWantedFirstField(form, books.data !== undefined);
  if (books.data === undefined) return <Waiting label={t('common.loading')} lines={6} />;
  const choices = choicesOf(books.data);
  const chosen = choices.find((one) => one.key === key) ?? choices[0];
  const entry = (
    <AddressLink href={formatAddress('legacy')} onGo={() => { goTo('legacy'); }}>
      {t('legacy.entry')}
    </AddressLink>
  );
  if (chosen === undefined) {
    return (
      <div className={styles.form}>
        <p className={styles.intro}>{t('printing.noBooks')}</p>
        {entry}
      </div>
    );
  }
  const numbered = chosen.book.series !== null;
  const faultOf = (typed: string): string | undefined => (typed === '' || isDay(typed) ? undefined : t('fault.day.date'));
  return (
    <form
      ref={form}
      className={styles.form}
      aria-label={t('printing.tab.book')}
      onSubmit={(event) => {
        event.preventDefault();
        if (pending || faultOf(from) !== undefined || faultOf(to) !== undefined) return;
        void make({
          kind: chosen.kind,
          series: chosen.book.series,
          year: chosen.book.year,
          firstNumber: numbered ? numberOf(first) : null,
          lastNumber: numbered ? numberOf(last) : null,
          from: from === '' ? null : dayFromTyped(from),
          to: to === '' ? null : dayFromTyped(to),
          volume: volume.trim(),
          format,
        });
      }}
    >
      <p className={styles.intro}>{t('printing.book.intro')}</p>
      {failure !== undefined && (
        <Notice tone="attention" live>
          {failureWords(t, failure, 'printing')}
        </Notice>
      )}
      <Field label={t('printing.book.which')}>
        <Select
          name="book"
          value={chosen.key}
          onChange={(_, { value }) => {
            setKey(value);
          }}
        >
          {choices.map((one) => (
            <option key={one.key} value={one.key}>
              {wordsOf(t, one)}
            </option>
          ))}
        </Select>
      </Field>
      {numbered && (
        <div className={styles.pair}>
          <Field label={t('printing.firstNumber')}>
            <Input name="first" inputMode="numeric" value={first} placeholder={String(chosen.book.first)} onChange={(_, { value }) => { setFirst(digits(value)); }} />
          </Field>
          <Field label={t('printing.lastNumber')}>
            <Input name="last" inputMode="numeric" value={last} placeholder={String(chosen.book.last)} onChange={(_, { value }) => { setLast(digits(value)); }} />
          </Field>
        </div>
      )}
      <div className={styles.pair}>
        <DayField name="from" label={t('printing.from')} value={from} fault={faultOf(from)} onChange={setFrom} />
        <DayField name="to" label={t('printing.to')} value={to} fault={faultOf(to)} onChange={setTo} />
      </div>
      <Field label={t('printing.volume')}>
        <Input name="volume" value={volume} maxLength={10} onChange={(_, { value }) => { setVolume(value); }} />
      </Field>
      <FormatField value={format} onChange={setFormat} />
      <div>
        <Button appearance="primary" type="submit" icon={<Print20Regular />} disabledFocusable={pending}>
          {pending ? t('printing.making') : t('printing.book.make')}
        </Button>
      </div>
      <div>{entry}</div>
    </form>
  );
}

function choicesOf(books: readonly Book[]): readonly Choice[] {
  return books.flatMap((book): readonly Choice[] => {
    const key = `${book.series ?? 'none'}-${String(book.year)}`;
    if (book.register === 'outgoing') return [{ key: `outgoing-${key}`, kind: 'outgoing', book }];
    return [
      { key: `incoming-${key}`, kind: 'incoming', book },
      { key: `follow-up-${key}`, kind: 'follow-up', book },
    ];
  });
}

function wordsOf(t: Formatter, { kind, book }: Choice): string {
  const series = book.series === null ? t('printing.book.unnumbered') : book.name;
  return t('printing.book.choice', { kind: t(`printing.book.${kind}`), year: String(book.year), series: `${series === '' ? '' : ` · ${series}`}${book.imported ? t('printing.book.imported') : ''}`, count: book.documents });
}

function digits(text: string): string {
  return text.replaceAll(/\D/g, '').slice(0, 8);
}

function numberOf(text: string): number | null {
  return text === '' || Number(text) === 0 ? null : Number(text);
}
