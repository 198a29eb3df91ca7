import { useState, type ReactNode } from 'react';
import { Field, makeStyles, Select } from '@fluentui/react-components';
import { useAsk } from '../../../bridge/methods.ts';
import { useWords } from '../../../i18n/use-words.ts';

const useStyles = makeStyles({ field: { display: 'flex', alignItems: 'center', gap: '8px', gridTemplateColumns: 'auto auto' } });

type Book = { readonly id: string | null; readonly name: string };

export type BookChoice = {
  /** what registering says of the book: nothing when the clerk left it to the rules */
  readonly input: { readonly book?: string | null };
  /** name of the book that will be taken; '' for the register of the office */
  readonly name: string;
  readonly books: readonly Book[];
  readonly shown: string | null;
  readonly choose: (book: string | null) => void;
};

/** Into which book a document that came goes: the one that the rules propose, until somebody chooses another. */
export function useBookChoice(document: { readonly typeName: string; readonly issuerName: string }): BookChoice {
  const { typeName, issuerName } = document;
  const asked = useAsk('numbers', 'incomingBooks', { typeName: typeName.slice(0, 100), issuerName: issuerName.slice(0, 500) }, { keepFormer: true, fresh: true }).data;
  const [chosen, setChosen] = useState<string | null>();
  const shown = chosen === undefined ? (asked?.proposed ?? null) : chosen;
  return {
    input: chosen === undefined ? {} : { book: chosen },
    name: asked?.books.find(({ id }) => id === shown)?.name ?? '',
    books: asked?.books ?? [],
    shown,
    choose: setChosen,
  };
}

/** The books, where an office has more than one; nothing else. */
export function BookField({ choice }: { readonly choice: BookChoice }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  if (choice.books.length < 2) return null;
  return (
    <Field label={t('register.book')} orientation="horizontal" className={styles.field}>
      <Select
        name="book"
        size="small"
        value={choice.shown ?? ''}
        onChange={(_, { value }) => {
          choice.choose(value === '' ? null : value);
        }}
      >
        {choice.books.map(({ id, name }) => (
          <option key={id ?? ''} value={id ?? ''}>
            {id === null ? t('register.commonBook') : name}
          </option>
        ))}
      </Select>
    </Field>
  );
}
