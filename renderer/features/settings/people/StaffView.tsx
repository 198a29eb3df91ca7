import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Button, Switch } from '@fluentui/react-components';
import { Add20Regular, ArrowDown16Regular, ArrowUp16Regular, ClipboardPaste20Regular } from '@fluentui/react-icons';
import type { Person, Unit } from '#contract';
import { failureOf } from '../../../bridge/failure.ts';
import { useAsk, useCommand } from '../../../bridge/methods.ts';
import { useSession } from '../../../bridge/session.ts';
import { momentOf, timeOf } from '../../../i18n/dates.ts';
import { failureWords, roleWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { Waiting } from '../../../ui/Waiting.tsx';
import { AccountRemoval, PasswordGiven, RulesForm } from './AccountForms.tsx';
import { Card, CardPage } from './Card.tsx';
import { typedDay, validityWords } from './days.ts';
import { EndForm } from './EndForm.tsx';
import { PeopleImport } from './PeopleImport.tsx';
import { PersonForm } from './PersonForm.tsx';
import { RemoveButton } from './RemoveButton.tsx';
import { Acts, Small, Table } from './Table.tsx';
import { UnitForm } from './UnitForm.tsx';

type Task =
  | { readonly of: 'unit'; readonly kind: 'edit'; readonly unit: Unit | null }
  | { readonly of: 'unit'; readonly kind: 'end'; readonly unit: Unit }
  | { readonly of: 'person'; readonly kind: 'edit'; readonly person: Person | null }
  | { readonly of: 'person'; readonly kind: 'end' | 'password' | 'account'; readonly person: Person }
  | { readonly of: 'person'; readonly kind: 'import' };

/** Đơn vị và người dùng. */
export function StaffView(): ReactNode {
  const t = useWords();
  const cache = useQueryClient();
  const session = useSession();
  const [ended, setEnded] = useState(false);
  const answer = useAsk('people', 'staff', { ended }, { keepFormer: true });
  const rules = useAsk('people', 'accountRules', {});
  const order = useCommand('people', 'reorder');
  const unlock = useCommand('people', 'unlockAccount');
  const [task, setTask] = useState<Task | null>(null);
  const [said, setSaid] = useState('');
  if (answer.data === undefined) {
    return answer.isError ? <Notice tone="attention">{failureWords(t, failureOf(answer.error))}</Notice> : <Waiting label={t('common.loading')} />;
  }
  const { units, persons } = answer.data;
  const open = units.filter(({ validTo }) => validTo === null);
  const may = order.barred === undefined;
  const asks = session !== undefined && session.state !== 'one-operator';
  const begin = (next: Task): void => {
    setSaid('');
    setTask(next);
  };
  const close = (): void => {
    setTask(null);
  };
  const done = (words = t('settings.savedAt', { time: timeOf(new Date()) })): void => {
    close();
    setSaid(words);
  };
  const renew = (): void => {
    void cache.invalidateQueries({ queryKey: ['people', 'staff'] });
  };
  const move = (kind: 'unit' | 'person', list: readonly { readonly id: string }[], at: number): void => {
    const ids = list.map(({ id }) => id);
    const [moved] = ids.splice(at, 1);
    if (moved === undefined || order.pending) return;
    ids.splice(at - 1, 0, moved);
    void order.run({ kind, ids }).then(renew);
  };
  const mover = (kind: 'unit' | 'person', list: readonly { readonly id: string; readonly name: string }[], at: number): ReactNode => (
    <>
      <Button size="small" icon={<ArrowUp16Regular />} aria-label={t('staff.up', { name: list[at]?.name ?? '' })} disabledFocusable={at === 0} onClick={() => { if (at > 0) move(kind, list, at); }} />
      <Button size="small" icon={<ArrowDown16Regular />} aria-label={t('staff.down', { name: list[at]?.name ?? '' })} disabledFocusable={at === list.length - 1} onClick={() => { if (at < list.length - 1) move(kind, list, at + 1); }} />
    </>
  );
  const small = (label: string, aria: string, onClick: () => void): ReactNode => (
    <Button size="small" aria-label={aria} onClick={onClick}>
      {label}
    </Button>
  );
  const past = (names: readonly string[]): ReactNode => names.map((name) => <Small key={name}>{name}</Small>);
  const accountWords = ({ account }: Person): string =>
    account === null
      ? t('account.none')
      : account.state === 'usable'
        ? t('account.usable', { at: account.lastSignInAt === null ? '' : momentOf(account.lastSignInAt), known: account.lastSignInAt === null ? 'no' : 'yes' })
        : t(`account.${account.state}`);
  return (
    <CardPage label={t('directory.tab.people')}>
      {order.barred !== undefined && <Notice tone="info">{failureWords(t, order.barred)}</Notice>}
      {!asks && <Notice tone="info">{t('account.nobody')}</Notice>}
      <Card
        title={t('staff.units')}
        intro={t('staff.unitsIntro')}
        acts={
          may && (
            <Button icon={<Add20Regular />} onClick={() => { begin({ of: 'unit', kind: 'edit', unit: null }); }}>
              {t('staff.unit.add')}
            </Button>
          )
        }
        task={
          task?.of !== 'unit' ? undefined : task.kind === 'end' ? (
            <EndForm key={task.unit.id} kind="unit" id={task.unit.id} name={task.unit.name} onDone={done} onCancel={close} />
          ) : (
            <UnitForm key={task.unit?.id ?? 'new'} unit={task.unit} onDone={done} onCancel={close} />
          )
        }
      >
        {units.length === 0 ? (
          <p>{t('staff.noUnits')}</p>
        ) : (
          <Table
            label={t('staff.units')}
            columns={[t('people.field.name'), t('people.field.abbreviation'), t('people.field.headPosition'), t('people.validity'), t('people.acts')]}
            rows={units.map((unit, at) => ({
              key: unit.id,
              cells: [
                <>
                  {unit.name}
                  {past(unit.past.map(({ name, until }) => t('people.past', { name, until: typedDay(until) })))}
                </>,
                unit.abbreviation,
                unit.headPosition,
                validityWords(t, unit),
                may && unit.validTo === null && (
                  <Acts>
                    {mover('unit', open, at)}
                    {small(t('people.edit'), t('people.editOf', { name: unit.name }), () => { begin({ of: 'unit', kind: 'edit', unit }); })}
                    {small(t('people.end'), t('people.endOf', { name: unit.name }), () => { begin({ of: 'unit', kind: 'end', unit }); })}
                    <RemoveButton kind="unit" id={unit.id} name={unit.name} onDone={done} />
                  </Acts>
                ),
              ],
            }))}
          />
        )}
      </Card>
      <Card
        title={t('staff.persons')}
        intro={t('staff.personsIntro')}
        said={said}
        acts={
          <>
            <Switch label={t('people.showEnded')} checked={ended} onChange={(_, { checked }) => { setEnded(checked); }} />
            {may && (
              <>
                <Button icon={<Add20Regular />} onClick={() => { begin({ of: 'person', kind: 'edit', person: null }); }}>
                  {t('staff.person.add')}
                </Button>
                <Button icon={<ClipboardPaste20Regular />} onClick={() => { begin({ of: 'person', kind: 'import' }); }}>
                  {t('staff.import.open')}
                </Button>
              </>
            )}
          </>
        }
        task={task?.of === 'person' ? <PersonTask key={`${task.kind} ${'person' in task ? (task.person?.id ?? '') : ''}`} task={task} units={open} first={!asks} onDone={done} onCancel={close} /> : undefined}
      >
        {persons.length === 0 ? (
          <p>{t('staff.noPersons')}</p>
        ) : (
          <Table
            label={t('staff.persons')}
            columns={[t('people.field.name'), t('people.field.unit'), t('people.field.roles'), t('account.column'), t('people.acts')]}
            rows={persons.map((person, at) => ({
              key: person.id,
              cells: [
                <>
                  {person.name}
                  <Small>{[person.position, t(`standing.${person.standing}`)].filter((part) => part !== '').join(' · ')}</Small>
                  {person.validTo !== null && <Small>{validityWords(t, person)}</Small>}
                  {past(person.past.map(({ name, position, until }) => t('people.past', { name: position === '' ? name : `${name}, ${position}`, until: typedDay(until) })))}
                </>,
                units.find(({ id }) => id === person.unit)?.name ?? '',
                roleWords(t, person.roles),
                accountWords(person),
                may && person.validTo === null && (
                  <Acts>
                    {mover('person', persons.filter(({ validTo }) => validTo === null), at)}
                    {small(t('people.edit'), t('people.editOf', { name: person.name }), () => { begin({ of: 'person', kind: 'edit', person }); })}
                    {small(t('account.give'), t('account.giveOf', { name: person.name }), () => { begin({ of: 'person', kind: 'password', person }); })}
                    {(person.account?.state === 'locked' || person.account?.state === 'idle') &&
                      small(t('account.unlock'), t('account.unlockOf', { name: person.name }), () => void unlock.run({ person: person.id }).then(renew))}
                    {person.account !== null && small(t('account.remove'), t('account.removeOf', { name: person.name }), () => { begin({ of: 'person', kind: 'account', person }); })}
                    {small(t('people.end'), t('people.endOf', { name: person.name }), () => { begin({ of: 'person', kind: 'end', person }); })}
                    <RemoveButton kind="person" id={person.id} name={person.name} onDone={done} />
                  </Acts>
                ),
              ],
            }))}
          />
        )}
      </Card>
      {rules.data !== undefined && (
        <Card title={t('account.card')} untitled>
          <RulesForm rules={rules.data} />
        </Card>
      )}
    </CardPage>
  );
}

type PersonTaskProps = {
  readonly task: Task & { readonly of: 'person' };
  readonly units: readonly Unit[];
  readonly first: boolean;
  readonly onDone: (words?: string) => void;
  readonly onCancel: () => void;
};

function PersonTask({ task, units, first, onDone, onCancel }: PersonTaskProps): ReactNode {
  const done = (): void => {
    onDone();
  };
  if (task.kind === 'import') return <PeopleImport onDone={onDone} onCancel={onCancel} />;
  if (task.kind === 'edit') return <PersonForm person={task.person} units={units} onDone={done} onCancel={onCancel} />;
  if (task.kind === 'password') return <PasswordGiven person={task.person} first={first} onDone={done} onCancel={onCancel} />;
  if (task.kind === 'account') return <AccountRemoval person={task.person} onDone={done} onCancel={onCancel} />;
  return <EndForm kind="person" id={task.person.id} name={task.person.name} onDone={done} onCancel={onCancel} />;
}
