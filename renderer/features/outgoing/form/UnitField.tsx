import { useId, type ReactNode } from 'react';
import { Field, Input } from '@fluentui/react-components';
import { failureOf } from '../../../bridge/failure.ts';
import { useAsk } from '../../../bridge/methods.ts';
import { today } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import type { DraftForm } from './use-draft-form.ts';

/**
 * The drafting unit. A công văn's symbol names it, or the field that the letter is about (NĐ 30/2020 annex I II.3.b): there it
 * must be filled in, the office's own letters are offered, and the symbol that comes of it is shown.
 */
export function UnitField({ form }: { readonly form: DraftForm }): ReactNode {
  const t = useWords();
  const list = useId();
  const { typeName, unitName, body, signerAuthority } = form.fields;
  const letters = useAsk('numbers', 'abbreviations', {}, { fresh: true });
  const kind = letters.data?.kinds.findLast(({ name }) => name === typeName);
  const inSymbol = kind?.numbered === true && kind.abbreviation === '';
  const symbol = useAsk(
    'numbers',
    'preview',
    { typeName, unit: unitName, body: body === '' ? null : body, signerAuthority, day: today() },
    { enabled: inSymbol && unitName !== '', fresh: true },
  );
  const offered = [...(letters.data?.units ?? []), ...(inSymbol ? (letters.data?.own ?? []).filter(({ category }) => category === 'field') : [])];
  const fault = inSymbol && unitName !== '' && symbol.isError ? failureWords(t, failureOf(symbol.error), 'draftSymbol') : null;
  const hint = !inSymbol ? null : unitName === '' || symbol.data === undefined ? t('draft.unitHint') : t('draft.symbol', { symbol: symbol.data.codeNotation });
  return (
    <>
      <Field
        label={t(inSymbol ? 'draft.unitOrField' : 'draft.unit')}
        required={inSymbol}
        hint={fault === null ? hint : null}
        validationState={fault === null ? 'none' : 'warning'}
        validationMessage={fault}
      >
        <Input
          name="unitName"
          value={unitName}
          list={list}
          maxLength={200}
          autoComplete="off"
          spellCheck={false}
          onChange={(_, { value }) => {
            form.set({ unitName: value });
          }}
        />
      </Field>
      <datalist id={list}>
        {offered.map(({ id, name, abbreviation }) => (
          <option key={id} value={name} label={abbreviation} />
        ))}
      </datalist>
    </>
  );
}
