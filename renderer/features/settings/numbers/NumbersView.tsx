import type { ReactNode } from 'react';
import { makeStyles, tokens } from '@fluentui/react-components';
import { adjustAddress, useAddress } from '../../../foundations/address.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Tabs } from '../../../ui/Tabs.tsx';
import { AbbreviationsPart } from './AbbreviationsPart.tsx';
import { RulesPart } from './RulesPart.tsx';
import { SeriesPart } from './SeriesPart.tsx';

const parts = ['series', 'rules', 'abbreviations'] as const;

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0, backgroundColor: tokens.colorNeutralBackground1 },
  body: { flexGrow: 1, minHeight: 0 },
});

/** Sổ và số: the running orders of the registers, the rules behind them, and what symbols are made of. */
export function NumbersView(): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const { params } = useAddress();
  const part = parts.find((one) => one === params['part']) ?? 'series';
  return (
    <div className={styles.page}>
      <Tabs
        label={t('numbers.parts')}
        chosen={part}
        tabs={parts.map((name) => ({ name, words: t(`numbers.part.${name}`) }))}
        onChoose={(name) => {
          adjustAddress({ part: name });
        }}
      />
      <div className={styles.body}>
        {part === 'series' ? <SeriesPart /> : part === 'rules' ? <RulesPart /> : <AbbreviationsPart />}
      </div>
    </div>
  );
}
