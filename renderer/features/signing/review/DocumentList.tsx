import type { ReactNode } from 'react';
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { ArrowSync16Regular, Checkmark16Filled, Circle12Filled, DismissCircle16Filled, FastForward16Regular, SubtractCircle16Regular } from '@fluentui/react-icons';
import { useWords } from '../../../i18n/use-words.ts';
import { OptionList } from '../../../ui/OptionList.tsx';
import { StateMark, type Tone } from '../../../ui/StateMark.tsx';
import { causeWords, titleOf } from '../parts/signing-words.ts';
import type { ReviewDocument, ReviewState } from './use-review.ts';

const useStyles = makeStyles({
  line: { display: 'flex', gap: '10px', alignItems: 'center', justifyContent: 'space-between', minWidth: 0 },
  name: { fontWeight: tokens.fontWeightSemibold, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', minWidth: 0 },
  mark: { flexShrink: 0, fontSize: tokens.fontSizeBase200 },
  subject: { display: 'block', fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  reason: { color: tokens.colorNeutralForeground2, whiteSpace: 'normal' },
  left: { color: tokens.colorNeutralForeground2, textDecorationLine: 'line-through' },
});

const marks: Readonly<Record<ReviewState, { readonly tone: Tone; readonly icon: ReactNode }>> = {
  looking: { tone: 'neutral', icon: <ArrowSync16Regular aria-hidden="true" /> },
  refused: { tone: 'danger', icon: <DismissCircle16Filled aria-hidden="true" /> },
  left: { tone: 'neutral', icon: <SubtractCircle16Regular aria-hidden="true" /> },
  waiting: { tone: 'brand', icon: <Circle12Filled aria-hidden="true" /> },
  opened: { tone: 'good', icon: <Checkmark16Filled aria-hidden="true" /> },
  waved: { tone: 'neutral', icon: <FastForward16Regular aria-hidden="true" /> },
};

export type DocumentListProps = {
  readonly documents: readonly ReviewDocument[];
  readonly chosen: number;
  readonly onChoose: (index: number) => void;
};

/** The documents of a round with how each stands; arrows go through them. */
export function DocumentList({ documents, chosen, onChoose }: DocumentListProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  return (
    <OptionList
      id="signing-documents"
      label={t('signing.documents')}
      chosen={chosen}
      onChoose={onChoose}
      options={documents.map(({ item, state }) => ({
        key: item.id,
        content: (
          <>
            <span className={styles.line}>
              <span className={mergeClasses(styles.name, state === 'left' && styles.left)}>{titleOf(t, item)}</span>
              <StateMark {...marks[state]} className={styles.mark}>
                {t(`signing.state.${state}`)}
              </StateMark>
            </span>
            <span className={mergeClasses(styles.subject, state === 'left' && styles.left)} title={item.subject}>
              {item.subject}
            </span>
            {state === 'refused' && item.refusal !== null && <span className={mergeClasses(styles.subject, styles.reason)}>{causeWords(t, item.refusal)}</span>}
          </>
        ),
      }))}
    />
  );
}
