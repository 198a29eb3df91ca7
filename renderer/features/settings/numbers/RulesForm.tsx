import type { ReactNode } from 'react';
import { Button, Field, makeStyles, Radio, RadioGroup, Textarea, tokens } from '@fluentui/react-components';
import { Add16Regular } from '@fluentui/react-icons';
import { contract, type DocumentKind, type NumberRules } from '#contract';
import { useCommand } from '../../../bridge/methods.ts';
import { dayFromTyped } from '../../../i18n/dates.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { FormSection } from '../parts/FormSection.tsx';
import { TextField } from '../parts/TextField.tsx';
import { useFormAct, useSaved } from '../use-form-act.ts';
import { useForm } from '../use-form.ts';

type Values = {
  readonly administrative: NumberRules['administrative'];
  readonly timeOrder: NumberRules['timeOrder'];
  readonly groups: readonly { readonly id: string; readonly name: string; readonly kinds: string }[];
  readonly books: string;
  readonly validFrom: string;
  readonly reason: string;
};

const useStyles = makeStyles({
  fields: { display: 'flex', flexDirection: 'column', gap: '14px' },
  group: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1.4fr) auto', gap: '8px', alignItems: 'end', border: 'none', margin: 0, padding: 0 },
  wide: { gridColumn: '1 / -1', color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  add: { alignSelf: 'flex-start' },
});

const congVan = 'cong-van';

export type RulesFormProps = {
  /** in force now */
  readonly rules: NumberRules;
  readonly kinds: readonly DocumentKind[];
  readonly onSaved: () => void;
};

/** How the head of the office has documents numbered; each saving adds a version from a day on. */
export function RulesForm({ rules, kinds, onSaved }: RulesFormProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const save = useCommand('numbers', 'saveRules');
  const form = useForm<Values>(valuesOf(rules, kinds));
  const { values } = form;
  // A version from a day to come leaves the rules in force, and what is typed differs from them still.
  const saved = useSaved(false);
  const act = useFormAct(form, {
    command: save,
    schema: contract.numbers.saveRules.input,
    words: 'numbers',
    done: () => {
      saved.note();
      form.set({ reason: '', validFrom: '' });
      onSaved();
    },
  });
  const text = (name: 'validFrom' | 'reason', hint?: string): ReactNode => (
    <TextField
      name={name}
      required
      readOnly={false}
      label={t(name === 'reason' ? 'numbers.field.reason' : 'numbers.rules.validFrom')}
      {...(hint === undefined ? {} : { hint })}
      value={values[name]}
      fault={form.faults[name]}
      onChange={(value) => {
        form.set({ [name]: value });
      }}
    />
  );
  return (
    <FormSection
      title={t('numbers.rules.title')}
      intro={t('numbers.rules.intro')}
      submitLabel={t('numbers.rules.save')}
      onSubmit={() => {
        act.submit({ validFrom: dayFromTyped(values.validFrom), rules: rulesOf(values, rules, kinds), reason: values.reason });
      }}
      pending={save.pending}
      said={saved.said}
      failure={act.failure}
    >
      <div ref={form.box} className={styles.fields}>
        <Field label={t('numbers.rules.administrative')} {...(form.faults['rules'] === undefined ? {} : { validationMessage: form.faults['rules'], validationState: 'warning' as const })}>
          <RadioGroup value={values.administrative} onChange={(_, { value }) => { form.set({ administrative: value as Values['administrative'] }); }}>
            {(['common', 'per-kind', 'groups'] as const).map((one) => (
              <Radio key={one} value={one} label={t(`numbers.rules.${one}`)} />
            ))}
          </RadioGroup>
        </Field>
        {values.administrative === 'groups' && <Groups groups={values.groups} onChange={(groups) => { form.set({ groups }); }} />}
        <Field label={t('numbers.rules.timeOrder')}>
          <RadioGroup value={values.timeOrder} onChange={(_, { value }) => { form.set({ timeOrder: value as Values['timeOrder'] }); }}>
            {(['refuse', 'warn'] as const).map((one) => (
              <Radio key={one} value={one} label={t(`numbers.rules.${one}`)} />
            ))}
          </RadioGroup>
        </Field>
        <Field label={t('numbers.rules.books')} hint={t('numbers.rules.booksHint')}>
          <Textarea name="books" rows={2} value={values.books} onChange={(_, { value }) => { form.set({ books: value }); }} />
        </Field>
        {text('validFrom', t('numbers.field.dayHint'))}
        {text('reason')}
      </div>
    </FormSection>
  );
}

type GroupsProps = { readonly groups: Values['groups']; readonly onChange: (groups: Values['groups']) => void };

function Groups({ groups, onChange }: GroupsProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const change = (at: number, part: Partial<Values['groups'][number]>): void => {
    onChange(groups.map((group, index) => (index === at ? { ...group, ...part } : group)));
  };
  return (
    <>
      {groups.map((group, index) => {
        const number = String(index + 1);
        return (
          <div key={group.id} role="group" aria-label={t('numbers.rules.group', { number })} className={styles.group}>
            <TextField name={`group-${number}`} label={t('numbers.rules.groupName', { number })} value={group.name} readOnly={false} onChange={(name) => { change(index, { name }); }} />
            <TextField name={`kinds-${number}`} label={t('numbers.rules.groupKinds', { number })} value={group.kinds} readOnly={false} onChange={(kinds) => { change(index, { kinds }); }} />
            <Button aria-label={t('numbers.rules.removeGroup', { number })} onClick={() => { onChange(groups.filter((_, at) => at !== index)); }}>
              {t('numbers.rules.remove')}
            </Button>
          </div>
        );
      })}
      <span className={styles.wide}>{t('numbers.rules.groupKindsHint')}</span>
      <Button
        className={styles.add}
        size="small"
        icon={<Add16Regular />}
        onClick={() => {
          onChange([...groups, { id: freshId(groups.length), name: '', kinds: '' }]);
        }}
      >
        {t('numbers.rules.addGroup')}
      </Button>
    </>
  );
}

/** What once numbered one group or book never numbers another, so an id is of its moment. */
function freshId(at: number): string {
  return `${Date.now().toString(36)}-${String(at)}`;
}

function valuesOf(rules: NumberRules, kinds: readonly DocumentKind[]): Values {
  const letters = (code: string): string => (code === congVan ? 'CV' : (kinds.find((kind) => kind.code === code)?.abbreviation ?? code));
  return {
    administrative: rules.administrative,
    timeOrder: rules.timeOrder,
    groups: rules.groups.map((group) => ({ id: group.id, name: group.name, kinds: group.kinds.map(letters).join(', ') })),
    books: rules.books.map(({ name, takes = [] }) => (takes.length === 0 ? name : `${name}: ${takes.join(', ')}`)).join('\n'),
    validFrom: '',
    reason: '',
  };
}

function rulesOf(values: Values, former: NumberRules, kinds: readonly DocumentKind[]): NumberRules {
  const codeOf = (letters: string): string =>
    letters === 'CV' ? congVan : (kinds.find(({ abbreviation, group }) => group === 'administrative' && abbreviation === letters)?.code ?? letters);
  const books = values.books.split('\n').map((line) => {
    const [name = '', takes = ''] = line.split(':', 2);
    return { name: name.trim(), takes: takes.split(/[,;]/).map((word) => word.trim()).filter((word) => word !== '') };
  });
  return {
    administrative: values.administrative,
    timeOrder: values.timeOrder,
    groups: values.groups.map((group) => ({
      id: group.id,
      name: group.name.trim(),
      kinds: group.kinds.split(/[,;\s]+/).filter((letters) => letters !== '').map(codeOf),
    })),
    books: books
      .filter(({ name }) => name !== '')
      .map(({ name, takes }, at) => ({ id: former.books.find((book) => book.name === name)?.id ?? freshId(at), name, takes })),
  };
}
