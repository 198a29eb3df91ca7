import { useState, type ReactNode } from 'react';
import { Button, makeStyles, Switch, tokens } from '@fluentui/react-components';
import { Add20Regular } from '@fluentui/react-icons';
import { Day, type Delegation, type Person, type SigningAnswer } from '#contract';
import { failureOf } from '../../../bridge/failure.ts';
import { useAsk } from '../../../bridge/methods.ts';
import { useBarrier } from '../../../bridge/session.ts';
import { dayFromTyped, timeOf } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { Waiting } from '../../../ui/Waiting.tsx';
import { useForm } from '../use-form.ts';
import { Card, CardPage } from './Card.tsx';
import { today, validityWords } from './days.ts';
import { DelegationForm } from './DelegationForm.tsx';
import { EndForm } from './EndForm.tsx';
import { Choice, Fields } from './Fields.tsx';
import { Acts, Small, Table } from './Table.tsx';

const useStyles = makeStyles({
  trial: { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(180px, 1fr))', gap: '12px', alignItems: 'start' },
  block: { margin: 0, textAlign: 'center', whiteSpace: 'pre-line', fontWeight: tokens.fontWeightSemibold, padding: '12px', backgroundColor: tokens.colorNeutralBackground2, borderRadius: tokens.borderRadiusMedium },
  example: { whiteSpace: 'pre-line' },
});

/** Ủy quyền: who signs for whom, under which lines, and by which rule. */
export function DelegationsView(): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const [ended, setEnded] = useState(false);
  const answer = useAsk('people', 'delegations', { ended }, { keepFormer: true });
  const staff = useAsk('people', 'staff', { ended: false });
  const rules = useAsk('people', 'signingRules', {});
  const barred = useBarrier('people', 'addDelegation');
  const [task, setTask] = useState<'new' | Delegation | null>(null);
  const [said, setSaid] = useState('');
  const close = (): void => {
    setTask(null);
  };
  const done = (): void => {
    close();
    setSaid(t('settings.savedAt', { time: timeOf(new Date()) }));
  };
  const begin = (next: 'new' | Delegation): void => {
    setSaid('');
    setTask(next);
  };
  if (answer.data === undefined || staff.data === undefined) {
    const error = answer.error ?? staff.error;
    return error === null ? <Waiting label={t('common.loading')} /> : <Notice tone="attention">{failureWords(t, failureOf(error))}</Notice>;
  }
  return (
    <CardPage label={t('directory.tab.delegations')}>
      {barred !== undefined && <Notice tone="info">{failureWords(t, barred)}</Notice>}
      <Card
        title={t('delegation.title')}
        intro={t('delegation.intro')}
        said={said}
        acts={
          <>
            <Switch label={t('people.showEnded')} checked={ended} onChange={(_, { checked }) => { setEnded(checked); }} />
            {barred === undefined && (
              <Button icon={<Add20Regular />} onClick={() => { begin('new'); }}>
                {t('delegation.add')}
              </Button>
            )}
          </>
        }
        task={
          task === null ? undefined : task === 'new' ? (
            <DelegationForm persons={staff.data.persons} onDone={done} onCancel={close} />
          ) : (
            <EndForm key={task.id} kind="delegation" id={task.id} name={`${task.kind}. ${task.takerName}`} onDone={done} onCancel={close} />
          )
        }
      >
        {answer.data.length === 0 ? (
          <p>{t('delegation.none')}</p>
        ) : (
          <Table
            label={t('delegation.title')}
            columns={[t('delegation.kind'), t('delegation.who'), t('delegation.scope'), t('people.validity'), t('people.field.basis'), t('people.acts')]}
            rows={answer.data.map((one) => ({
              key: one.id,
              cells: [
                t(`delegation.kind.${one.kind}`),
                t('delegation.from', { giver: one.giverName, taker: one.takerName }),
                <>
                  {one.acts.map((act) => t(`delegation.act.${act}`)).join(', ')}
                  {one.types.length > 0 && <Small>{one.types.join(', ')}</Small>}
                  <Small>{one.content}</Small>
                </>,
                <>
                  {validityWords(t, one)}
                  <Small>{one.endedReason}</Small>
                </>,
                one.basis,
                barred === undefined && one.endedReason === '' && (
                  <Acts>
                    <Button size="small" aria-label={t('people.endOf', { name: `${one.kind}. ${one.takerName}` })} onClick={() => { begin(one); }}>
                      {t('people.end')}
                    </Button>
                  </Acts>
                ),
              ],
            }))}
          />
        )}
      </Card>
      {staff.data.persons.length > 0 && (
        <Card title={t('signing.trial')} intro={t('signing.trialIntro')}>
          <Trial persons={staff.data.persons} />
        </Card>
      )}
      <Card title={t('signing.rules')} intro={t('signing.rulesIntro')}>
        <Table
          label={t('signing.rules')}
          columns={[t('signing.rule'), t('signing.example'), t('signing.source')]}
          rows={(rules.data ?? []).map(({ name, example, source, confidence }) => ({
            key: name,
            cells: [
              t(`signing.rule.${name}`),
              <span key="example" className={styles.example}>
                {example.join('\n')}
              </span>,
              <>
                {source}
                <Small>{t(`confidence.${confidence}`)}</Small>
              </>,
            ],
          }))}
        />
      </Card>
    </CardPage>
  );
}

/** What would stand above a name today. */
function Trial({ persons }: { readonly persons: readonly Person[] }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const form = useForm({ person: persons[0]?.id ?? '', day: today(), typeName: 'Công văn', collective: 'yes' });
  const { person, day, typeName, collective } = form.values;
  const known = Day.safeParse(dayFromTyped(day));
  const answer = useAsk(
    'people',
    'signingLines',
    { person, day: known.data ?? '', typeName: typeName.slice(0, 100), collective: collective === 'yes' },
    { enabled: known.success && person !== '', keepFormer: true },
  );
  return (
    <>
      <div ref={form.box} className={styles.trial}>
        <Choice name="trialPerson" label={t('signing.person')} value={person} options={persons.map(({ id, name }) => [id, name] as const)} onChange={(value) => { form.set({ person: value }); }} />
        <Fields form={form} names={['day', 'typeName']} />
        <Choice
          name="collective"
          label={t('signing.inName')}
          value={collective}
          options={[['yes', t('signing.collective')], ['no', t('signing.head')]]}
          onChange={(value) => {
            form.set({ collective: value });
          }}
        />
      </div>
      <div role="status">{answer.data !== undefined && <Lines answer={answer.data} className={styles.block} />}</div>
    </>
  );
}

function Lines({ answer, className }: { readonly answer: SigningAnswer; readonly className: string }): ReactNode {
  const t = useWords();
  if (!answer.may) return <Notice tone="attention">{t(`signing.reason.${answer.reason}`)}</Notice>;
  return (
    <>
      <p className={className}>{[...answer.authority, answer.position].join('\n')}</p>
      {(answer.content !== '' || answer.basis !== '') && <Small>{t('signing.by', { content: answer.content, basis: answer.basis })}</Small>}
    </>
  );
}
