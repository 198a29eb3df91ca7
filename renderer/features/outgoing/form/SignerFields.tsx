import { useEffect, useEffectEvent, useId, useState, type ReactNode } from 'react';
import { Checkbox, Field, Input, makeStyles, Select, tokens } from '@fluentui/react-components';
import { SignerAuthority, type Candidate, type SigningAnswer } from '#contract';
import { useAsk } from '../../../bridge/methods.ts';
import { today } from '../../../i18n/dates.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { chooseByKey, ReadOffPage } from '../../intake/index.ts';
import { LinesField, TextLine } from './Line.tsx';
import type { ReadOff } from './read-off.ts';
import { Section } from './Section.tsx';
import type { DraftForm } from './use-draft-form.ts';

const useStyles = makeStyles({ small: { margin: 0, color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 } });

const words = { '': 'head', 'TM.': 'tm', 'Q.': 'q', 'KT.': 'kt', 'TL.': 'tl', 'TUQ.': 'tuq' } as const satisfies Record<SignerAuthority, string>;

type Rule = Extract<SigningAnswer, { may: true }>['rule'];
const authorityOf: Readonly<Record<Rule, SignerAuthority>> = { head: '', TM: 'TM.', Q: 'Q.', KT: 'KT.', TL: 'TL.', 'TL-KT': 'TL.', TUQ: 'TUQ.' };

export type SignerFieldsProps = {
  readonly form: DraftForm;
  readonly read: ReadOff;
  /** who is to sign as the file says it, put in by a button elsewhere in the form; `nth` tells one time from another */
  readonly wanted: { readonly name: string; readonly nth: number } | null;
};

/**
 * Who signs. For a person of the office the lines above the name follow from who he is and what was delegated to him; they may
 * be changed, and for anybody else they are written by hand.
 */
export function SignerFields({ form, read, wanted }: SignerFieldsProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const list = useId();
  const { fields, set } = form;
  const persons = useAsk('handling', 'parties', {}, { fresh: true }).data?.persons ?? [];
  const [collective, setCollective] = useState(fields.authorityLines.length === 0 || fields.authorityLines.some((line) => line.startsWith('TM.')));
  // Asked when somebody chose the signer, and not again by itself: what was written by hand stays.
  const [asked, setAsked] = useState<{ readonly person: string; readonly typeName: string; readonly collective: boolean } | null>(null);
  const answer = useAsk('people', 'signingLines', { ...(asked ?? { person: '', typeName: '', collective }), day: today() }, { enabled: asked !== null, fresh: true }).data;
  const chosen = persons.find(({ name }) => name === fields.signerName);
  const fill = useEffectEvent((told: SigningAnswer | undefined) => {
    if (told?.may === true) set({ signerAuthority: authorityOf[told.rule], authorityLines: told.authority.slice(0, 4), signerPosition: told.position.slice(0, 100) });
  });
  useEffect(() => {
    fill(answer);
  }, [answer, asked]);
  const ask = (person: string | undefined, inName: boolean): void => {
    setAsked(person === undefined ? null : { person, typeName: fields.typeName, collective: inName });
  };
  const name = (value: string): void => {
    set({ signerName: value });
    ask(persons.find((one) => one.name === value)?.id, collective);
  };
  const put = useEffectEvent((value: string) => {
    name(value);
  });
  useEffect(() => {
    if (wanted !== null) put(wanted.name);
  }, [wanted]);
  const told = { candidates: read.signerName, value: fields.signerName, onChoose: (one: Candidate): void => { name(one.value); } };
  const toldId = useId();
  return (
    <Section title={t('draft.signing')}>
      <div>
      <Field label={t('field.signer')} required>
        <Input
          name="signerName"
          value={fields.signerName}
          list={list}
          maxLength={50}
          autoComplete="off"
          spellCheck={false}
          {...(read.signerName.length === 0 ? {} : { 'aria-describedby': toldId })}
          onKeyDown={(event) => {
            chooseByKey(event, told);
          }}
          onChange={(_, { value }) => {
            name(value);
          }}
        />
      </Field>
      <ReadOffPage id={toldId} {...told} />
      </div>
      <datalist id={list}>
        {persons.map(({ id, name, position }) => (
          <option key={id} value={name} label={position} />
        ))}
      </datalist>
      {chosen !== undefined && (
        <Checkbox
          name="collective"
          label={t('draft.collective')}
          checked={collective}
          onChange={(_, { checked }) => {
            setCollective(checked === true);
            ask(chosen.id, checked === true);
          }}
        />
      )}
      {chosen !== undefined && answer?.may === false && <Notice tone="attention" live>{t(`signing.reason.${answer.reason}`)}</Notice>}
      {chosen !== undefined && answer?.may === true && (answer.content !== '' || answer.basis !== '') && (
        <p className={styles.small}>{t('signing.by', { content: answer.content, basis: answer.basis })}</p>
      )}
      <Field label={t('draft.signerAuthority')} hint={t(`authority.rule.${words[fields.signerAuthority]}`)}>
        <Select
          name="signerAuthority"
          value={fields.signerAuthority}
          onChange={(_, { value }) => {
            const authority = SignerAuthority.parse(value);
            set({ signerAuthority: authority, authorityLines: authority === '' ? [] : [`${authority} `] });
          }}
        >
          {SignerAuthority.options.map((one) => (
            <option key={one} value={one}>
              {t(`authority.${words[one]}`)}
            </option>
          ))}
        </Select>
      </Field>
      <LinesField form={form} name="authorityLines" label={t('draft.authority')} hint={t('draft.authorityHint')} rows={2} />
      <TextLine form={form} name="signerPosition" label={t('field.signerPosition')} required max={100} read={read.signerPosition} />
    </Section>
  );
}
