import { useState, type ReactNode } from 'react';
import { Button, makeStyles, Select, tokens } from '@fluentui/react-components';
import { Add16Regular, Add20Regular, ClipboardPaste20Regular } from '@fluentui/react-icons';
import type { Person, Role, Standing } from '#contract';
import { failureOf } from '../../../bridge/failure.ts';
import { useAsk, useCommand } from '../../../bridge/methods.ts';
import { useSession } from '../../../bridge/session.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { Waiting } from '../../../ui/Waiting.tsx';
import { Acts, PasswordGiven, PeopleImport, PersonForm, Small, Table, UnitForm } from '../../settings/index.ts';
import { StepFrame, stepTitleId } from '../parts/StepFrame.tsx';
import type { StepProps } from './step.ts';

const useStyles = makeStyles({
  task: {
    maxWidth: '680px',
    padding: '12px 16px 16px',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground2,
  },
  role: { display: 'inline-block', '::first-letter': { textTransform: 'uppercase' } },
  row: { display: 'flex', alignItems: 'center', gap: '8px 12px', flexWrap: 'wrap' },
  persons: { display: 'flex', flexDirection: 'column', gap: '6px' },
  person: { display: 'flex', alignItems: 'center', gap: '4px 10px', flexWrap: 'wrap' },
  less: { color: tokens.colorNeutralForeground2 },
});

/** Whom an office needs first, in that order; the rest may be pasted. */
const shownRoles: readonly Role[] = ['administrator', 'clerk', 'leader', 'archivist', 'officer'];

/** The first leader is the head as a rule, the next ones deputies. */
function usualStanding(role: Role, persons: readonly Person[]): Standing {
  if (role !== 'leader') return 'staff';
  return persons.some(({ standing }) => standing === 'head') ? 'deputy' : 'head';
}

type Task =
  | { readonly kind: 'person'; readonly role: Role }
  | { readonly kind: 'password'; readonly person: Person }
  | { readonly kind: 'import' }
  | { readonly kind: 'unit' };

/** Người và vai trò: the first administrator with a password, then who registers, signs and keeps. */
export function PeopleStep({ step, setup, status }: StepProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const session = useSession();
  const answer = useAsk('people', 'staff', { ended: false });
  const [task, setTask] = useState<Task | null>(null);
  const [said, setSaid] = useState('');
  const nobodySignsIn = session?.state === 'one-operator';
  const { units, persons } = answer.data ?? { units: [], persons: [] };
  const administrator = persons.find(({ roles }) => roles.includes('administrator'));
  const begin = (next: Task): void => {
    setSaid('');
    setTask(next);
  };
  const close = (): void => {
    setTask(null);
    // The form that had the focus goes; the keyboard begins anew at the step.
    document.getElementById(stepTitleId)?.focus();
  };
  const done = (words = ''): void => {
    close();
    setSaid(words);
    setup.renew();
  };
  const add = (role: Role): void => {
    begin({ kind: 'person', role });
  };
  const primary =
    administrator === undefined
      ? { words: t('setup.people.addAdministrator'), run: () => { add('administrator'); } }
      : nobodySignsIn && administrator.account === null
        ? { words: t('account.giveOf', { name: administrator.name }), run: () => { begin({ kind: 'password', person: administrator }); } }
        : { words: t('setup.goOn'), run: () => { setup.settle('people', 'done'); } };
  return (
    <StepFrame
      step={step}
      // A form that is open has the one button that counts.
      primary={task === null && answer.data !== undefined ? primary : undefined}
      skip={{
        means: t('setup.without.people'),
        run: () => {
          setup.settle('people', 'skipped');
        },
      }}
    >
      {answer.isError && answer.data === undefined && <Notice tone="attention">{failureWords(t, failureOf(answer.error))}</Notice>}
      {answer.isPending && <Waiting label={t('common.loading')} />}
      {task !== null && (
        <div className={styles.task}>
          {task.kind === 'import' ? (
            <PeopleImport onDone={done} onCancel={close} />
          ) : task.kind === 'unit' ? (
            <UnitForm unit={null} onDone={() => { done(); }} onCancel={close} />
          ) : task.kind === 'password' ? (
            <PasswordGiven person={task.person} first={nobodySignsIn} onDone={() => { done(); }} onCancel={close} />
          ) : (
            <PersonForm
              key={task.role}
              person={null}
              units={units}
              preset={{
                // Who sets the station up is its first administrator as a rule.
                name: task.role === 'administrator' && persons.length === 0 ? status.operator : '',
                standing: usualStanding(task.role, persons),
                roles: [task.role],
              }}
              onDone={() => { done(); }}
              onCancel={close}
            />
          )}
        </div>
      )}
      {answer.data !== undefined && (
        <>
          <Table
            label={t('setup.step.people')}
            columns={[t('people.field.roles'), t('staff.persons'), t('people.acts')]}
            rows={shownRoles.map((role) => ({
              key: role,
              cells: [
                <>
                  <span className={styles.role}>{t(`role.${role}`)}</span>
                  <Small>{t(`setup.people.role.${role}`)}</Small>
                </>,
                <Holders key={role} persons={persons.filter(({ roles }) => roles.includes(role))} onPassword={(person) => { begin({ kind: 'password', person }); }} />,
                <Acts key={role}>
                  <Button size="small" icon={<Add16Regular />} aria-label={t('setup.people.addOf', { role: t(`role.${role}`) })} onClick={() => { add(role); }}>
                    {t('staff.person.add')}
                  </Button>
                  <AlsoGiven role={role} persons={persons.filter(({ roles }) => !roles.includes(role))} onDone={() => { done(); }} />
                </Acts>,
              ],
            }))}
          />
          <div className={styles.row}>
            <Button icon={<Add20Regular />} onClick={() => { begin({ kind: 'unit' }); }}>
              {t('staff.unit.add')}
            </Button>
            <Button icon={<ClipboardPaste20Regular />} onClick={() => { begin({ kind: 'import' }); }}>
              {t('setup.people.import')}
            </Button>
            <span role="status" className={styles.less}>
              {said === '' ? t('setup.people.units', { count: units.length }) : said}
            </span>
          </div>
        </>
      )}
    </StepFrame>
  );
}

type HoldersProps = { readonly persons: readonly Person[]; readonly onPassword: (person: Person) => void };

function Holders({ persons, onPassword }: HoldersProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  if (persons.length === 0) return <span className={styles.less}>{t('setup.people.nobody')}</span>;
  return (
    <span className={styles.persons}>
      {persons.map((person) => (
        <span key={person.id} className={styles.person}>
          <span>{person.position === '' ? person.name : `${person.name}, ${person.position}`}</span>
          {person.account === null ? (
            <Button size="small" aria-label={t('account.giveOf', { name: person.name })} onClick={() => { onPassword(person); }}>
              {t('account.give')}
            </Button>
          ) : (
            <span className={styles.less}>{t('setup.people.hasPassword')}</span>
          )}
        </span>
      ))}
    </span>
  );
}

type AlsoGivenProps = { readonly role: Role; readonly persons: readonly Person[]; readonly onDone: () => void };

/** Gives a role to somebody who is there already: in a small office one person has several, and must not be entered twice. */
function AlsoGiven({ role, persons, onDone }: AlsoGivenProps): ReactNode {
  const t = useWords();
  const save = useCommand('people', 'savePerson');
  if (persons.length === 0 || save.barred !== undefined) return null;
  const give = async (person: Person): Promise<void> => {
    const { id, name, position, standing, unit, roles, validFrom } = person;
    const saved = await save.run({ id, name, position, standing, unit, validFrom, roles: shownRoles.filter((one) => one === role || roles.includes(one)), since: null });
    if (saved.ok) onDone();
  };
  return (
    <>
      <Select
        size="small"
        value=""
        disabled={save.pending}
        aria-label={t('setup.people.alsoOf', { role: t(`role.${role}`) })}
        onChange={(_, { value }) => {
          const person = persons.find(({ id }) => id === value);
          if (person !== undefined) void give(person);
        }}
      >
        <option value="">{t('setup.people.also')}</option>
        {persons.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
      {save.failure !== undefined && <Small>{failureWords(t, save.failure)}</Small>}
    </>
  );
}
