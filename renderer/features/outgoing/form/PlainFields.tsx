import type { ReactNode } from 'react';
import { Field, makeStyles, Select } from '@fluentui/react-components';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { ReadOffPage } from '../../intake/index.ts';
import { DayField } from '../parts/DayField.tsx';
import { documentKinds } from './kinds.ts';
import { NumberLine, TextLine } from './Line.tsx';
import type { ReadOff } from './read-off.ts';
import { Section } from './Section.tsx';
import { UnitField } from './UnitField.tsx';
import type { DraftForm } from './use-draft-form.ts';

const useStyles = makeStyles({
  pair: { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(170px, 1fr))', gap: '10px', alignItems: 'start', '& > *': { minWidth: 0 }, '& input': { minWidth: 0, width: '100%' } },
});

/** Kind, drafting unit, subject, place, urgency, secrecy, due date. */
export function DocumentFields({ form, read }: { readonly form: DraftForm; readonly read: ReadOff }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const { fields, set } = form;
  const known: readonly string[] = documentKinds;
  return (
    <Section title={t('draft.document')}>
      <div className={styles.pair}>
        <div>
          <Field label={t('field.type')} required>
            <Select
              name="typeName"
              value={fields.typeName}
              onChange={(_, { value }) => {
                set({ typeName: value });
              }}
            >
              {(known.includes(fields.typeName) ? known : [fields.typeName, ...known]).map((kind) => (
                <option key={kind} value={kind}>
                  {kind}
                </option>
              ))}
            </Select>
          </Field>
          <ReadOffPage
            id="read-typeName"
            candidates={read.typeName}
            value={fields.typeName}
            onChoose={({ value }) => {
              set({ typeName: value });
            }}
          />
        </div>
        <TextLine form={form} name="place" label={t('field.place')} required max={50} read={read.place} />
      </div>
      <UnitField form={form} />
      <TextLine form={form} name="subject" label={t('draft.subject')} required max={500} rows={3} read={read.subject} />
      <div className={styles.pair}>
        <Field label={t('field.urgency')}>
          <Select
            name="urgency"
            value={String(fields.urgency)}
            onChange={(_, { value }) => {
              set({ urgency: Number(value) });
            }}
          >
            {([0, 1, 2, 3, 4] as const).map((one) => (
              <option key={one} value={one}>
                {t(`urgency.${one}`)}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t('draft.secrecy')}>
          <Select
            name="secrecy"
            value={String(fields.secrecy)}
            onChange={(_, { value }) => {
              set({ secrecy: Number(value) });
            }}
          >
            {([0, 1, 2, 3] as const).map((one) => (
              <option key={one} value={one}>
                {t(`secrecy.${one}`)}
              </option>
            ))}
          </Select>
        </Field>
        <DayField
          name="dueDate"
          label={t('draft.dueDate')}
          value={fields.dueDate}
          onChange={(dueDate) => {
            set({ dueDate });
          }}
        />
      </div>
      {fields.secrecy !== 0 && (
        <Notice tone="attention" live>
          {t('failure.secret-refused')}
        </Notice>
      )}
    </Section>
  );
}

/** Issuing body, copies, dossier, language, notes. */
export function KeepingFields({ form }: { readonly form: DraftForm }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  return (
    <Section title={t('draft.keeping')}>
      <div className={styles.pair}>
        <TextLine form={form} name="body" label={t('draft.body')} hint={t('draft.bodyHint')} max={200} />
        <TextLine form={form} name="keepUnit" label={t('draft.keepUnit')} max={200} />
        <NumberLine form={form} name="issuedAmount" label={t('draft.issuedAmount')} />
        <NumberLine form={form} name="pageAmount" label={t('field.pageAmount')} />
        <TextLine form={form} name="language" label={t('draft.language')} max={30} />
        <TextLine form={form} name="fileNotation" label={t('draft.fileNotation')} max={20} />
        <NumberLine form={form} name="fileCatalog" label={t('draft.fileCatalog')} />
      </div>
      <TextLine form={form} name="description" label={t('draft.description')} max={500} rows={2} />
    </Section>
  );
}
