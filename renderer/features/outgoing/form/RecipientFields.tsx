import { useState, type ReactNode } from 'react';
import { Button, Field, Input, makeStyles } from '@fluentui/react-components';
import { Add16Regular, Dismiss16Regular } from '@fluentui/react-icons';
import type { Agency, DraftFields } from '#contract';
import { useAsk } from '../../../bridge/methods.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { RecipientPicker } from '../../directory/index.ts';
import { LinesField } from './Line.tsx';
import { linesApart, linesInStep } from './recipient-lines.ts';
import { Section } from './Section.tsx';
import type { DraftForm } from './use-draft-form.ts';

const useStyles = makeStyles({
  paper: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) 76px auto', gap: '6px', alignItems: 'end', '& > *': { minWidth: 0 }, '& input': { minWidth: 0, width: '100%' } },
  list: { listStyle: 'none', margin: 0, padding: 0 },
  item: { display: 'flex', alignItems: 'center', gap: '6px' },
  name: { flexGrow: 1, minWidth: 0, overflowWrap: 'anywhere' },
});

/** Who gets it over the axis, who on paper, and the lines that are printed; the three are kept in step. */
export function RecipientFields({ form }: { readonly form: DraftForm }): ReactNode {
  const t = useWords();
  const { fields, set } = form;
  const groups = useAsk('directory', 'groups', {});
  const apart = linesApart(fields);
  return (
    <Section title={t('field.toPlaces')}>
      <RecipientPicker
        chosen={fields.recipients.map(agencyOf)}
        groups={groups.data ?? []}
        onChange={(chosen) => {
          const recipients = chosen.map(({ code, name }) => ({ organId: code, name }));
          set({ recipients, toPlaces: linesInStep(fields.toPlaces, fields.recipients, recipients) });
        }}
      />
      <PaperFields form={form} />
      <LinesField form={form} name="toPlaces" label={t('draft.toPlaces')} hint={t('draft.toPlacesHint')} rows={5} />
      {apart.unprinted.length > 0 && <Notice tone="attention">{t('draft.unprinted', { names: apart.unprinted.join('; ') })}</Notice>}
      {apart.unsent.length > 0 && <Notice tone="info">{t('draft.unsent', { names: apart.unsent.join(' ') })}</Notice>}
    </Section>
  );
}

function PaperFields({ form }: { readonly form: DraftForm }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const { paperRecipients } = form.fields;
  const [name, setName] = useState('');
  const [copies, setCopies] = useState('1');
  const add = (): void => {
    if (name.trim() === '') return;
    form.set({ paperRecipients: [...paperRecipients, { name: name.trim(), copies: Math.max(1, Number(copies) || 1) }] });
    setName('');
    setCopies('1');
  };
  return (
    <>
      <div className={styles.paper}>
        <Field label={t('draft.paperName')}>
          <Input
            name="paperName"
            value={name}
            maxLength={200}
            autoComplete="off"
            onChange={(_, { value }) => {
              setName(value);
            }}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.ctrlKey || event.nativeEvent.isComposing) return;
              event.preventDefault();
              add();
            }}
          />
        </Field>
        <Field label={t('draft.paperCopies')}>
          <Input
            name="paperCopies"
            inputMode="numeric"
            value={copies}
            maxLength={3}
            onChange={(_, { value }) => {
              setCopies(value.replace(/\D/g, ''));
            }}
          />
        </Field>
        <Button icon={<Add16Regular />} disabledFocusable={name.trim() === ''} onClick={add}>
          {t('draft.paperAdd')}
        </Button>
      </div>
      {paperRecipients.length > 0 && (
        <ul className={styles.list} aria-label={t('draft.paper')}>
          {paperRecipients.map((one, index) => (
            <li key={`${String(index)} ${one.name}`} className={styles.item}>
              <span className={styles.name}>{t('issue.paperLine', { ...one })}</span>
              <Button
                size="small"
                appearance="subtle"
                icon={<Dismiss16Regular />}
                aria-label={t('directory.picker.remove', { name: one.name })}
                onClick={() => {
                  form.set({ paperRecipients: paperRecipients.filter((_, at) => at !== index) });
                }}
              />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** A recipient of a draft as the picker shows it; what else the directory knows is not needed here. */
function agencyOf({ organId, name }: DraftFields['recipients'][number]): Agency {
  return { code: organId, otherCodes: [], name, foundAs: null, under: null, closedOn: null, successor: null };
}
