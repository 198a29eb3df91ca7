import type { ReactNode } from 'react';
import { makeStyles, Select, tokens } from '@fluentui/react-components';
import { DoubtPolicy, type SignerRule, type SigningSettings } from '#contract';
import { useWords } from '../../../i18n/use-words.ts';
import { Small, Table } from '../people/Table.tsx';

const useStyles = makeStyles({
  words: { margin: 0, color: tokens.colorNeutralForeground2, maxWidth: '90ch', textWrap: 'pretty' },
  fixed: { fontWeight: tokens.fontWeightSemibold, whiteSpace: 'nowrap' },
  select: { minWidth: '180px' },
});

export type PolicyTableProps = {
  readonly rules: readonly SignerRule[];
  readonly policy: SigningSettings['policy'];
  readonly readOnly: boolean;
  readonly onDecide: (rule: SignerRule, chosen: DoubtPolicy) => void;
};

/** What follows from each doubt about a certificate, with the law that says so and how sure that is. */
export function PolicyTable({ rules, policy, readOnly, onDecide }: PolicyTableProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  return (
    <>
      <p className={styles.words}>{t('signer.policy.intro')}</p>
      <Table
        label={t('signer.group.policy')}
        columns={[t('signer.policy.doubt'), t('signer.policy.follows'), t('signer.policy.source')]}
        rows={rules.map((rule) => {
          const { code, usual, fixed, source, confidence, aspect } = rule;
          const words = t(`signer.doubt.${code}`);
          return {
            key: code,
            cells: [
              <>
                {words}
                <Small>{t(`signer.aspect.${aspect}`)}</Small>
              </>,
              fixed ? (
                <span className={styles.fixed}>{t(`signer.policy.fixed.${usual}`)}</span>
              ) : (
                <Select
                  className={styles.select}
                  name={`policy-${code}`}
                  aria-label={t('signer.policy.of', { doubt: words })}
                  disabled={readOnly}
                  value={policy[code] ?? usual}
                  onChange={(_, { value }) => {
                    const chosen = DoubtPolicy.options.find((one) => one === value);
                    if (chosen !== undefined) onDecide(rule, chosen);
                  }}
                >
                  {DoubtPolicy.options.map((one) => (
                    <option key={one} value={one}>
                      {t(one === usual ? `signer.policy.usual.${one}` : `signer.policy.${one}`)}
                    </option>
                  ))}
                </Select>
              ),
              <>
                {source === '' ? t('signer.policy.own') : source}
                <Small>{t(`confidence.${confidence}`)}</Small>
              </>,
            ],
          };
        })}
      />
    </>
  );
}
