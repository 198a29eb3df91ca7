import { useState, type ReactNode } from 'react';
import { Button, makeStyles } from '@fluentui/react-components';
import { History20Regular } from '@fluentui/react-icons';
import { failureOf } from '../../../bridge/failure.ts';
import { useAsk } from '../../../bridge/methods.ts';
import { useLatest } from '../../../bridge/streams.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { Waiting } from '../../../ui/Waiting.tsx';
import { AgencyForm, OfficeForm } from '../../settings/index.ts';
import { StepFrame } from '../parts/StepFrame.tsx';
import type { StepProps } from './step.ts';

const useStyles = makeStyles({
  form: { maxWidth: '900px' },
  aside: { display: 'none' },
  former: { alignSelf: 'flex-start' },
});

/** Cơ quan: name and both codes, what stands on the letterhead, and the office before. */
export function AgencyStep({ step, setup }: StepProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const answer = useAsk('people', 'offices', {});
  const known = useLatest('directory', 'state')?.open ?? 0;
  const [former, setFormer] = useState(false);
  const offices = answer.data ?? [];
  const [office, ...before] = offices;
  return (
    <StepFrame
      step={step}
      skip={{
        means: t('setup.without.agency'),
        run: () => {
          setup.settle('agency', 'skipped');
        },
      }}
    >
      {answer.isError && answer.data === undefined && <Notice tone="attention">{failureWords(t, failureOf(answer.error))}</Notice>}
      {answer.isPending && <Waiting label={t('common.loading')} />}
      {office !== undefined && (
        <>
          {former && (
            <div className={styles.form}>
              <OfficeForm
                office={null}
                offices={offices}
                onDone={() => {
                  setFormer(false);
                }}
                onCancel={() => {
                  setFormer(false);
                }}
              />
            </div>
          )}
          {/* What is half typed of this office stays while the one before is written down. */}
          <div className={former ? styles.aside : styles.form}>
            <AgencyForm
              office={office}
              offices={offices}
              pickHint={t('setup.agency.pickHint', { count: known })}
              submitLabel={t('setup.saveAndGoOn')}
              onDone={() => {
                setup.settle('agency', 'done');
              }}
            />
          </div>
          {!former && (
            <>
              {before.length > 0 && <Notice tone="info">{t('setup.agency.before', { names: before.map(({ name }) => name).join('; ') })}</Notice>}
              <Button
                className={styles.former}
                icon={<History20Regular />}
                onClick={() => {
                  setFormer(true);
                }}
              >
                {t('setup.agency.former')}
              </Button>
            </>
          )}
        </>
      )}
    </StepFrame>
  );
}
