import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Field, Select } from '@fluentui/react-components';
import { AgencyKind, type AgencyIssues } from '#contract';
import { methodKey, useCommand } from '../../../bridge/methods.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';

/** What kind of agency the office is, from which follows which registers of legal-normative kinds are shown first. */
export function AgencyKindField({ agency }: { readonly agency: AgencyIssues }): ReactNode {
  const t = useWords();
  const cache = useQueryClient();
  const save = useCommand('numbers', 'saveAgencyKind');
  const choose = async (kind: AgencyKind): Promise<void> => {
    const saved = await save.run({ kind });
    if (!saved.ok) return;
    await cache.invalidateQueries({ queryKey: methodKey('numbers', 'rules') });
    await cache.invalidateQueries({ queryKey: methodKey('numbers', 'year') });
  };
  return (
    <Field
      label={t('numbers.agency')}
      hint={t('numbers.agency.hint', { source: agency.source, confidence: t(`confidence.${agency.confidence}`) })}
      validationState={save.failure === undefined ? 'none' : 'warning'}
      validationMessage={save.failure === undefined ? null : failureWords(t, save.failure)}
    >
      <Select
        name="agency-kind"
        value={agency.kind}
        disabled={save.barred !== undefined || save.pending}
        onChange={(_, { value }) => {
          const kind = AgencyKind.safeParse(value);
          if (kind.success) void choose(kind.data);
        }}
      >
        {AgencyKind.options.map((kind) => (
          <option key={kind} value={kind}>
            {t(`numbers.agency.${kind}`)}
          </option>
        ))}
      </Select>
    </Field>
  );
}
