import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { Options20Regular } from '@fluentui/react-icons';
import { failureOf } from '../../../bridge/failure.ts';
import { methodKey, useAsk } from '../../../bridge/methods.ts';
import { formatAddress, goTo } from '../../../foundations/address.ts';
import { momentOf } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { AddressLink } from '../../../ui/AddressLink.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { Waiting } from '../../../ui/Waiting.tsx';
import { AgencyKindField, LastNumbersForm, RulesForm } from '../../settings/index.ts';
import { StepFrame } from '../parts/StepFrame.tsx';
import type { StepProps } from './step.ts';

const useStyles = makeStyles({
  form: { maxWidth: '720px' },
  row: { display: 'flex', gap: '8px 20px', alignItems: 'center', flexWrap: 'wrap' },
  which: { maxWidth: '720px', display: 'flex', flexDirection: 'column', gap: '10px' },
  others: { alignSelf: 'flex-start' },
  less: { color: tokens.colorNeutralForeground2 },
});

/** Sổ và số cuối cùng: how the office numbers, and where each running register stands. */
export function NumbersStep({ step, setup }: StepProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const cache = useQueryClient();
  const year = Number(momentOf(new Date()).slice(6, 10));
  const registers = useAsk('numbers', 'year', { year }, { fresh: true });
  const rules = useAsk('numbers', 'rules', {});
  const abbreviations = useAsk('numbers', 'abbreviations', {}, { fresh: true });
  const [ruling, setRuling] = useState(false);
  const [wide, setWide] = useState(false);
  const series = (registers.data?.series ?? []).filter((one) => one.current && one.closedAt === null && !one.imported);
  const others = series.filter(({ offered }) => !offered).length;
  return (
    <StepFrame
      step={step}
      skip={{
        means: t('setup.without.numbers'),
        run: () => {
          setup.settle('numbers', 'skipped');
        },
      }}
    >
      {registers.isError && registers.data === undefined && <Notice tone="attention">{failureWords(t, failureOf(registers.error))}</Notice>}
      {(registers.isPending || rules.isPending || abbreviations.isPending) && <Waiting label={t('common.loading')} />}
      {rules.data !== undefined && (
        <div className={styles.row}>
          <span>{t('setup.numbers.rules', { rule: t(`numbers.rules.${rules.data.current.rules.administrative}`) })}</span>
          <Button
            icon={<Options20Regular />}
            aria-expanded={ruling}
            onClick={() => {
              setRuling(!ruling);
            }}
          >
            {t(ruling ? 'setup.numbers.rulesDone' : 'setup.numbers.rulesChange')}
          </Button>
        </div>
      )}
      {ruling && rules.data !== undefined && abbreviations.data !== undefined && (
        <div className={styles.form}>
          <RulesForm
            key={rules.data.current.id ?? ''}
            rules={rules.data.current.rules}
            kinds={abbreviations.data.kinds}
            onSaved={() => {
              void cache.invalidateQueries({ queryKey: methodKey('numbers', 'rules') });
              void cache.invalidateQueries({ queryKey: methodKey('numbers', 'year') });
            }}
          />
        </div>
      )}
      {!ruling && registers.data !== undefined && (
        <div className={styles.form}>
          <LastNumbersForm
            series={wide ? series : series.filter(({ offered }) => offered)}
            submitLabel={t('setup.saveAndGoOn')}
            onDone={() => {
              setup.settle('numbers', 'done');
            }}
          />
        </div>
      )}
      {!ruling && rules.data !== undefined && registers.data !== undefined && (
        <div className={styles.which}>
          <AgencyKindField agency={rules.data.agency} />
          {others > 0 && (
            <Button className={styles.others} aria-expanded={wide} onClick={() => { setWide(!wide); }}>
              {t(wide ? 'numbers.others.hide' : 'numbers.others.show', { count: others })}
            </Button>
          )}
        </div>
      )}
      {abbreviations.data !== undefined && (
        <div className={styles.row}>
          <span className={styles.less}>
            {abbreviations.data.office === '' ? t('setup.numbers.noAbbreviation') : t('setup.numbers.abbreviation', { abbreviation: abbreviations.data.office, units: abbreviations.data.units.length })}
          </span>
          <AddressLink href={formatAddress('settings', { tab: 'numbers', part: 'abbreviations' })} onGo={() => { goTo('settings', { tab: 'numbers', part: 'abbreviations' }); }}>
            {t('numbers.part.abbreviations')}
          </AddressLink>
          <AddressLink href={formatAddress('legacy')} onGo={() => { goTo('legacy'); }}>
            {t('legacy.entry')}
          </AddressLink>
        </div>
      )}
    </StepFrame>
  );
}
