import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Button, makeStyles, Select } from '@fluentui/react-components';
import { DeskSource, type Contract, type DeskPolicies, type DeskRule, type OutputOf } from '#contract';
import { failureOf } from '../../../bridge/failure.ts';
import { useAsk, useCommand } from '../../../bridge/methods.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { Card } from '../people/Card.tsx';
import { Small, Table } from '../people/Table.tsx';
import { useSaved } from '../use-form-act.ts';

const useStyles = makeStyles({ select: { minWidth: '150px' } });

/** What the desk does with a verdict, by the way that a document came. */
export function DeskPolicyCard(): ReactNode {
  const t = useWords();
  const policy = useAsk('verification', 'policy', {});
  if (policy.data === undefined) return policy.error === null ? null : <Notice tone="attention">{failureWords(t, failureOf(policy.error))}</Notice>;
  return <Chosen {...policy.data} />;
}

function Chosen({ policies: stored, rules }: OutputOf<Contract['verification']['policy']>): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const cache = useQueryClient();
  const save = useCommand('verification', 'savePolicy');
  const [policies, setPolicies] = useState<DeskPolicies>(stored);
  const dirty = JSON.stringify(policies) !== JSON.stringify(stored);
  const saved = useSaved(dirty);
  const readOnly = save.barred !== undefined;
  const choose = (source: DeskSource, row: DeskRule['row'], act: string): void => {
    setPolicies((before) => ({ ...before, [source]: { ...before[source], [row]: act } }));
  };
  const submit = (): void => {
    void save.run(policies).then((outcome) => {
      if (!outcome.ok) return;
      saved.note();
      void cache.invalidateQueries({ queryKey: ['verification'] });
    });
  };
  return (
    <Card
      title={t('verdict.policy.title')}
      intro={t('verdict.policy.intro')}
      said={saved.said}
    >
      <Table
        label={t('verdict.policy.title')}
        columns={[t('verdict.policy.verdict'), ...DeskSource.options.map((source) => t(`verdict.policy.source.${source}`)), t('signer.policy.source')]}
        rows={rules.map(({ row, acts, usual, source: basis, confidence }) => {
          const words = t(`verdict.policy.row.${row}`);
          return {
            key: row,
            cells: [
              words,
              ...DeskSource.options.map((source) => (
                <Select
                  key={source}
                  className={styles.select}
                  name={`desk-${source}-${row}`}
                  aria-label={t('verdict.policy.of', { verdict: words, source: t(`verdict.policy.source.${source}`) })}
                  disabled={readOnly}
                  value={policies[source][row]}
                  onChange={(_, { value }) => {
                    choose(source, row, value);
                  }}
                >
                  {acts.map((act) => (
                    <option key={act} value={act}>
                      {t(usual[source] === act ? `verdict.policy.usual.${act}` : `verdict.policy.act.${act}`)}
                    </option>
                  ))}
                </Select>
              )),
              <>
                {basis === '' ? t('signer.policy.own') : basis}
                <Small>{t(`confidence.${confidence}`)}</Small>
              </>,
            ],
          };
        })}
      />
      {save.barred !== undefined && <Notice tone="info">{failureWords(t, save.barred)}</Notice>}
      {save.failure !== undefined && (
        <Notice tone="attention" live>
          {failureWords(t, save.failure)}
        </Notice>
      )}
      {!readOnly && (
        <div>
          <Button appearance="primary" disabledFocusable={!dirty || save.pending} onClick={submit}>
            {t('verdict.policy.save')}
          </Button>
        </div>
      )}
    </Card>
  );
}
