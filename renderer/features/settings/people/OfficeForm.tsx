import { dayFromTyped } from '../../../i18n/dates.ts';
import { useState, type ReactNode } from 'react';
import { Checkbox, makeStyles } from '@fluentui/react-components';
import { contract, type Agency, type Office } from '#contract';
import { useCommand } from '../../../bridge/methods.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { AgencyCombo } from '../../directory/index.ts';
import { TaskForm } from '../calendar/TaskForm.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { FormSection } from '../parts/FormSection.tsx';
import { useForm } from '../use-form.ts';
import { dayOrNull, today, typedDay } from './days.ts';
import { Choice, Fields } from './Fields.tsx';
import { useAct } from './use-act.ts';

const useStyles = makeStyles({
  // Two fields beside each other where there is room; what is looked up goes across.
  columns: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(280px, 1fr))',
    gap: '12px 24px',
    alignItems: 'start',
    '& > :first-child': { gridColumn: '1 / -1' },
  },
});

/** What an office is called, and what stands at the head and the foot of its documents. */
const nameFields = ['name*', 'organId', 'formerOrganId', 'parentName', 'abbreviation', 'place', 'fondsCode', 'collective', 'headPosition'];

function namesOf(office: Office | null) {
  return {
    name: office?.name ?? '',
    organId: office?.organId ?? '',
    formerOrganId: office?.formerOrganId ?? '',
    parentName: office?.parentName ?? '',
    abbreviation: office?.abbreviation ?? '',
    place: office?.place ?? '',
    fondsCode: office?.fondsCode ?? '',
    collective: office?.collective ?? '',
    headPosition: office?.headPosition ?? '',
  };
}

/** What is typed of an office, and how it is saved. `office` null: one of before that is written down now. */
function useOffice(office: Office | null, offices: readonly Office[], onDone: () => void) {
  const save = useCommand('people', 'saveOffice');
  const present = office !== null && office.validTo === null;
  const form = useForm({
    ...namesOf(office),
    validFrom: typedDay(office?.validFrom ?? null),
    validTo: typedDay(office?.validTo ?? null),
    successor: office === null ? (offices[0]?.id ?? '') : (office.successor ?? ''),
  });
  const act = useAct(form, save, contract.people.saveOffice.input, onDone);
  return {
    form,
    present,
    pending: save.pending,
    barred: save.barred,
    failure: act.failure,
    submit: () => {
      const { validFrom, validTo, successor, organId, formerOrganId, ...rest } = form.values;
      act.submit({
        id: office?.id ?? null,
        ...rest,
        organId: organId.trim().toUpperCase(),
        formerOrganId: formerOrganId.trim().toUpperCase(),
        validFrom: dayOrNull(validFrom),
        validTo: present ? null : dayOrNull(validTo),
        successor: successor === '' ? null : successor,
      });
    },
  };
}

type OfficeFieldsProps = Pick<ReturnType<typeof useOffice>, 'form' | 'present'> & {
  readonly office: Office | null;
  readonly offices: readonly Office[];
  readonly pickHint?: string;
};

/** The fields of an office; name and codes may be taken from the directory. */
function OfficeFields({ form, present, office, offices, pickHint = '' }: OfficeFieldsProps): ReactNode {
  const t = useWords();
  const [picked, setPicked] = useState<Partial<ReturnType<typeof namesOf>>>({});
  // Who picks the agency above and writes its own code over it must not keep the other's former code unseen.
  const corrected: typeof form = {
    ...form,
    set: (part) => {
      const isOther = part.organId !== undefined && part.organId !== picked.organId && picked.formerOrganId !== undefined && form.values.formerOrganId === picked.formerOrganId;
      form.set(isOther ? { ...part, formerOrganId: '' } : part);
    },
  };
  return (
    <>
      <AgencyCombo
        label={t('office.pick')}
        hint={pickHint}
        onPick={(agency) => {
          const names = namesFrom(agency);
          setPicked(names);
          form.set(names);
        }}
      />
      <Fields form={corrected} names={[...nameFields, 'validFrom', ...(present ? [] : ['validTo*'])]} />
      {!present && (
        <Choice
          name="successor"
          label={t('people.field.successor')}
          value={form.values.successor}
          options={[['', t('office.successor.none')], ...offices.filter(({ id }) => id !== office?.id).map(({ id, name }) => [id, name] as const)]}
          onChange={(successor) => {
            form.set({ successor });
          }}
        />
      )}
    </>
  );
}

/** Form of QCVN 102:2016, the first level last: `000.12.05.H29`, or without the first group. */
const formerCode = /^(?:\d{3}\.)?\d{2}\.\d{2}\.[A-Z]\d{2}$/;

/** Name and codes of an agency of the directory, each code in the field of its form. What the directory does not know stays as it is. */
function namesFrom({ code, otherCodes, name, under }: Agency): Partial<ReturnType<typeof namesOf>> {
  const codes = [code, ...otherCodes];
  const former = codes.find((one) => formerCode.test(one));
  return {
    name,
    organId: codes.find((one) => !formerCode.test(one)) ?? '',
    formerOrganId: former ?? '',
    ...(under === null ? {} : { parentName: under }),
  };
}

export type OfficeFormProps = {
  /** null: one of before that is written down now */
  readonly office: Office | null;
  readonly offices: readonly Office[];
  readonly onDone: () => void;
  readonly onCancel: () => void;
};

/** This office, or one of those before it. */
export function OfficeForm({ office, offices, onDone, onCancel }: OfficeFormProps): ReactNode {
  const t = useWords();
  const { form, present, pending, failure, submit } = useOffice(office, offices, onDone);
  return (
    <TaskForm
      title={t(office === null ? 'office.former.title' : 'office.edit.title', { name: office?.name ?? '' })}
      intro={t(present ? 'office.edit.intro' : 'office.former.intro')}
      submitLabel={t('people.save')}
      pending={pending}
      failure={failure}
      onSubmit={submit}
      onCancel={onCancel}
    >
      <div ref={form.box} style={{ display: 'contents' }}>
        <OfficeFields form={form} present={present} office={office} offices={offices} />
      </div>
    </TaskForm>
  );
}

export type AgencyFormProps = Pick<OfficeFormProps, 'offices' | 'onDone'> & {
  readonly office: Office;
  /** how much the directory knows so far */
  readonly pickHint: string;
  readonly submitLabel: string;
};

/** This office as it is written down for the first time. */
export function AgencyForm({ office, offices, pickHint, submitLabel, onDone }: AgencyFormProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const { form, present, pending, barred, failure, submit } = useOffice(office, offices, onDone);
  return (
    <FormSection
      title={t('office.present')}
      untitled
      intro=""
      submitLabel={submitLabel}
      onSubmit={submit}
      barred={barred}
      pending={pending}
      said={form.dirty ? t('settings.unsaved') : ''}
      failure={failure}
    >
      <div ref={form.box} className={styles.columns}>
        <OfficeFields form={form} present={present} office={office} offices={offices} pickHint={pickHint} />
      </div>
    </FormSection>
  );
}

export type SuccessionFormProps = { readonly office: Office; readonly onDone: (words: string) => void; readonly onCancel: () => void };

/** Ends this office and begins the one that follows it. Says beforehand what will happen. */
export function SuccessionForm({ office, onDone, onCancel }: SuccessionFormProps): ReactNode {
  const t = useWords();
  const succeed = useCommand('people', 'succeedOffice');
  const [keepUnits, setKeepUnits] = useState(true);
  const form = useForm({ firstDay: today(), ...namesOf(office), reason: '' });
  const act = useAct(form, succeed, contract.people.succeedOffice.input, ({ office: next, closedSeries }) => {
    onDone(t('office.succession.done', { name: next.name, closed: closedSeries }));
  });
  return (
    <TaskForm
      title={t('office.succession.title')}
      intro={t('office.succession.intro')}
      submitLabel={t('office.succession.save')}
      pending={succeed.pending}
      failure={act.failure}
      onSubmit={() => {
        const { firstDay, organId, formerOrganId, ...rest } = form.values;
        act.submit({ ...rest, organId: organId.trim().toUpperCase(), formerOrganId: formerOrganId.trim().toUpperCase(), firstDay: dayFromTyped(firstDay), keepUnits });
      }}
      onCancel={onCancel}
    >
      <Notice tone="attention">{t('office.succession.what', { name: office.name })}</Notice>
      <div ref={form.box} style={{ display: 'contents' }}>
        <Fields form={form} names={['firstDay*', ...nameFields, 'reason*']} />
        <Checkbox
          label={t('office.succession.keepUnits')}
          checked={keepUnits}
          onChange={(_, { checked }) => {
            setKeepUnits(checked === true);
          }}
        />
      </div>
    </TaskForm>
  );
}
