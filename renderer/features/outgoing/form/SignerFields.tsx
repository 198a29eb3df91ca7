import type { ReactNode } from 'react';
import { Field, Select } from '@fluentui/react-components';
import { SignerAuthority } from '#contract';
import { useWords } from '../../../i18n/use-words.ts';
import { LinesField, TextLine } from './Line.tsx';
import { Section } from './Section.tsx';
import { suggestedLines } from './signer-lines.ts';
import type { DraftForm } from './use-draft-form.ts';

const words = { '': 'head', 'TM.': 'tm', 'Q.': 'q', 'KT.': 'kt', 'TL.': 'tl', 'TUQ.': 'tuq' } as const satisfies Record<SignerAuthority, string>;

/** By which authority who signs, with the rule of the one chosen. */
export function SignerFields({ form, agency }: { readonly form: DraftForm; readonly agency: string }): ReactNode {
  const t = useWords();
  const { fields, set } = form;
  return (
    <Section title={t('draft.signing')}>
      <Field label={t('draft.signerAuthority')} hint={t(`authority.rule.${words[fields.signerAuthority]}`)}>
        <Select
          name="signerAuthority"
          value={fields.signerAuthority}
          onChange={(_, { value }) => {
            const authority = SignerAuthority.parse(value);
            set({ signerAuthority: authority, authorityLines: suggestedLines(authority, agency, fields.signerPosition) });
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
      <TextLine form={form} name="signerPosition" label={t('field.signerPosition')} required max={100} />
      <TextLine form={form} name="signerName" label={t('field.signer')} required max={50} />
    </Section>
  );
}
