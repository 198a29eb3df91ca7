import type { ReactNode } from 'react';
import { makeStyles } from '@fluentui/react-components';
import { useAsk } from '../../../bridge/methods.ts';
import { Unanswered } from '../../../bridge/Unanswered.tsx';
import { useWords } from '../../../i18n/use-words.ts';
import { Waiting } from '../../../ui/Waiting.tsx';
import { DocumentPane } from './DocumentPane.tsx';
import { DraftPane } from './DraftPane.tsx';

const useStyles = makeStyles({ note: { padding: '12px 16px' } });

export type LifePaneProps = {
  readonly id: string;
  /** False while the choice has moved on: then nothing may be done to what is still shown; nor to what has changed since it was read. */
  readonly current: boolean;
  readonly agency: string;
};

/** The chosen one, be it a draft or a row of the register; a draft that has its number leads to its row. */
export function LifePane({ id, current, agency }: LifePaneProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const place = useAsk('drafting', 'locate', { id });
  const found = place.data;
  const draft = useAsk('drafting', 'get', { id: found?.id ?? id }, { enabled: found?.kind === 'draft' });
  const document = useAsk('records', 'outgoingGet', { id: found?.id ?? id }, { enabled: found?.kind === 'document' });
  const failed = [place, draft, document].find((one) => one.isError) ?? null;
  if (failed !== null) {
    return (
      <div className={styles.note}>
        <Unanswered error={failed.error} onAgain={() => void failed.refetch()} />
      </div>
    );
  }
  if (found?.kind === 'document' && document.data !== undefined) {
    return <DocumentPane key={found.id} chosenAs={id} document={document.data} current={current && !place.isStale && !document.isStale} />;
  }
  if (found?.kind === 'draft' && draft.data !== undefined) {
    return <DraftPane key={found.id} chosenAs={id} draft={draft.data} current={current && !place.isStale && !draft.isStale} agency={agency} />;
  }
  return <Waiting label={t('common.loading')} lines={10} />;
}
