import { useState, type ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { ArrowNext20Regular, Edit20Regular, History20Regular } from '@fluentui/react-icons';
import type { Office } from '#contract';
import { failureOf } from '../../../bridge/failure.ts';
import { useAsk } from '../../../bridge/methods.ts';
import { useBarrier } from '../../../bridge/session.ts';
import { timeOf } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { Waiting } from '../../../ui/Waiting.tsx';
import { Card, CardPage } from './Card.tsx';
import { validityWords } from './days.ts';
import { OfficeForm, SuccessionForm } from './OfficeForm.tsx';
import { RemoveButton } from './RemoveButton.tsx';
import { Acts, Small, Table } from './Table.tsx';

const useStyles = makeStyles({
  facts: {
    display: 'grid',
    gridTemplateColumns: 'max-content minmax(0, 1fr)',
    gap: '6px 16px',
    margin: 0,
    '& dt': { color: tokens.colorNeutralForeground2 },
    '& dd': { margin: 0, overflowWrap: 'anywhere', userSelect: 'text' },
  },
});

const shown = ['name', 'organId', 'formerOrganId', 'parentName', 'abbreviation', 'place', 'fondsCode', 'collective', 'headPosition'] as const;

type Task = { readonly kind: 'edit'; readonly office: Office } | { readonly kind: 'former' | 'succeed' };

/** Cơ quan: this office, and those it follows. */
export function OfficeView({ practice }: { readonly practice: boolean }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const answer = useAsk('people', 'offices', {});
  const barred = useBarrier('people', 'saveOffice');
  const [task, setTask] = useState<Task | null>(null);
  const [said, setSaid] = useState('');
  const close = (): void => {
    setTask(null);
  };
  const done = (words = t('settings.savedAt', { time: timeOf(new Date()) })): void => {
    close();
    setSaid(words);
  };
  if (answer.data === undefined) {
    return answer.isError ? <Notice tone="attention">{failureWords(t, failureOf(answer.error))}</Notice> : <Waiting label={t('common.loading')} />;
  }
  const offices = answer.data;
  const [present, ...former] = offices;
  if (present === undefined) return null;
  const may = barred === undefined && !practice;
  const nameOf = (id: string | null): string => offices.find((one) => one.id === id)?.name ?? '';
  const begin = (next: Task): void => {
    setSaid('');
    setTask(next);
  };
  return (
    <CardPage label={t('directory.tab.office')}>
      {barred !== undefined && <Notice tone="info">{failureWords(t, barred)}</Notice>}
      {practice && <Notice tone="info">{t('settings.practiceWhy')}</Notice>}
      <Card
        title={t('office.present')}
        intro={t('office.presentIntro')}
        said={said}
        acts={
          may && (
            <>
              <Button
                icon={<Edit20Regular />}
                onClick={() => {
                  begin({ kind: 'edit', office: present });
                }}
              >
                {t('people.edit')}
              </Button>
              <Button
                icon={<ArrowNext20Regular />}
                onClick={() => {
                  begin({ kind: 'succeed' });
                }}
              >
                {t('office.succeed')}
              </Button>
            </>
          )
        }
        task={
          task?.kind === 'succeed' ? (
            <SuccessionForm office={present} onDone={done} onCancel={close} />
          ) : task?.kind === 'edit' && task.office.id === present.id ? (
            <OfficeForm office={present} offices={offices} onDone={done} onCancel={close} />
          ) : undefined
        }
      >
        <dl className={styles.facts}>
          {shown.flatMap((name) => [
            <dt key={`${name} name`}>{t(`people.field.${name}`)}</dt>,
            <dd key={name}>{present[name] === '' ? t('people.empty') : present[name]}</dd>,
          ])}
          <dt>{t('people.validity')}</dt>
          <dd>{validityWords(t, present)}</dd>
        </dl>
      </Card>
      <Card
        title={t('office.former')}
        intro={t('office.formerIntro')}
        acts={
          may && (
            <Button
              icon={<History20Regular />}
              onClick={() => {
                begin({ kind: 'former' });
              }}
            >
              {t('office.addFormer')}
            </Button>
          )
        }
        task={
          task?.kind === 'former' ? (
            <OfficeForm office={null} offices={offices} onDone={done} onCancel={close} />
          ) : task?.kind === 'edit' && task.office.id !== present.id ? (
            <OfficeForm key={task.office.id} office={task.office} offices={offices} onDone={done} onCancel={close} />
          ) : undefined
        }
      >
        {former.length === 0 ? (
          <p>{t('office.noFormer')}</p>
        ) : (
          <Table
            label={t('office.former')}
            columns={[t('people.field.name'), t('people.field.organId'), t('people.field.fondsCode'), t('people.validity'), t('people.field.successor'), t('people.acts')]}
            rows={former.map((office) => ({
              key: office.id,
              cells: [
                office.name,
                <>
                  {office.organId}
                  <Small>{office.formerOrganId}</Small>
                </>,
                office.fondsCode,
                validityWords(t, office),
                nameOf(office.successor),
                may && (
                  <Acts>
                    <Button
                      size="small"
                      aria-label={t('people.editOf', { name: office.name })}
                      onClick={() => {
                        begin({ kind: 'edit', office });
                      }}
                    >
                      {t('people.edit')}
                    </Button>
                    <RemoveButton kind="office" id={office.id} name={office.name} onDone={done} />
                  </Acts>
                ),
              ],
            }))}
          />
        )}
      </Card>
    </CardPage>
  );
}
