import type { ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { formatAddress, goTo } from '../../../foundations/address.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { AddressLink } from '../../../ui/AddressLink.tsx';
import { StateMark } from '../../../ui/StateMark.tsx';
import { Small, Table } from '../../settings/index.ts';
import { StepFrame } from '../parts/StepFrame.tsx';
import { lackWords, stepMarks } from '../parts/StepList.tsx';
import type { StepProps } from './step.ts';

const useStyles = makeStyles({
  act: { whiteSpace: 'nowrap' },
  later: { margin: 0, paddingInlineStart: '18px', display: 'flex', flexDirection: 'column', gap: '4px' },
  title: { margin: 0, fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400, fontWeight: tokens.fontWeightSemibold },
});

/** What an office sees to once it works; each has its own place. */
const later = [
  ['calendar', 'general'],
  ['signing', 'signing'],
  ['directory', 'directory'],
  ['people', 'people'],
] as const;

/** Xem lại: what is ready, what works without the rest, and what may come later. */
export function ReviewStep({ step, setup }: StepProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const others = (setup.state?.steps ?? []).flatMap((one) => (one.step === 'review' ? [] : [{ ...one, step: one.step }]));
  return (
    <StepFrame
      step={step}
      primary={{
        words: t('setup.toWork'),
        run: () => {
          setup.settle('review', 'done');
        },
      }}
    >
      <Table
        label={t('setup.step.review')}
        columns={[t('setup.review.step'), t('setup.review.state'), t('setup.review.means'), t('people.acts')]}
        rows={others.map((one) => ({
          key: one.step,
          cells: [
            t(`setup.step.${one.step}`),
            <>
              <StateMark {...stepMarks[one.state]}>{t(`setup.state.${one.state}`)}</StateMark>
              <Small>{lackWords(t, one)}</Small>
            </>,
            t(one.state === 'done' ? `setup.with.${one.step}` : `setup.without.${one.step}`),
            one.state !== 'done' && (
              <Button
                size="small"
                className={styles.act}
                aria-label={t('setup.review.doOf', { step: t(`setup.step.${one.step}`) })}
                onClick={() => {
                  setup.goTo(one.step);
                }}
              >
                {t('setup.review.do')}
              </Button>
            ),
          ],
        }))}
      />
      <h3 className={styles.title}>{t('setup.review.later')}</h3>
      <ul className={styles.later}>
        {later.map(([what, tab]) => (
          <li key={what}>
            <AddressLink
              href={formatAddress('settings', { tab })}
              onGo={() => {
                goTo('settings', { tab });
              }}
            >
              {t(`setup.later.${what}`)}
            </AddressLink>
          </li>
        ))}
      </ul>
    </StepFrame>
  );
}
