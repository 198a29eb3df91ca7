import type { KeyboardEvent, ReactNode } from 'react';
import { makeStyles, tokens } from '@fluentui/react-components';
import type { Candidate } from '#contract';
import { useWords } from '../../../i18n/use-words.ts';

const useStyles = makeStyles({
  told: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    gap: '2px 8px',
    marginTop: '2px',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground2,
  },
  choice: {
    font: 'inherit',
    padding: '0 5px',
    cursor: 'pointer',
    color: tokens.colorBrandForegroundLink,
    backgroundColor: 'transparent',
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusSmall,
    maxWidth: '100%',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
  },
});

export type ReadOffPageProps = {
  readonly id: string;
  readonly candidates: readonly Candidate[];
  /** what stands in the field */
  readonly value: string;
  /** a candidate as it would stand there */
  readonly shown?: (candidate: Candidate) => string;
  readonly onChoose: (candidate: Candidate) => void;
};

/** Below a field: where its value was read and how sure that is, and other values of the page to choose. */
export function ReadOffPage({ id, candidates, value, shown = valueOf, onChoose }: ReadOffPageProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  if (candidates.length === 0) return null;
  const taken = candidates.find((one) => shown(one) === value);
  return (
    <div className={styles.told} id={id}>
      {taken !== undefined && <span>{toldWords(t, taken)}</span>}
      {candidates
        .filter((one) => one !== taken)
        .slice(0, 5)
        .map((one) => (
          // Reached by Alt and an arrow from the field: a tab for each would be in the way of the next field.
          <button
            key={one.value}
            type="button"
            tabIndex={-1}
            className={styles.choice}
            title={toldWords(t, one)}
            onClick={() => {
              onChoose(one);
            }}
          >
            {shown(one)}
          </button>
        ))}
    </div>
  );
}

/** Alt with an arrow takes the candidate after or before the one that stands in the field. */
export function chooseByKey(event: KeyboardEvent, { candidates, value, shown = valueOf, onChoose }: Omit<ReadOffPageProps, 'id'>): void {
  if (!event.altKey || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') || candidates.length === 0) return;
  event.preventDefault();
  const here = candidates.findIndex((one) => shown(one) === value);
  const step = event.key === 'ArrowDown' ? 1 : -1;
  const next = candidates[(here + step + candidates.length) % candidates.length] ?? candidates[0];
  if (next !== undefined) onChoose(next);
}

function valueOf({ value }: Candidate): string {
  return value;
}

function toldWords(t: ReturnType<typeof useWords>, candidate: Candidate): string {
  const page = candidate.places[0]?.page;
  const sure = t(`intake.confidence.${candidate.confidence}`);
  return page === undefined ? sure : t('intake.read', { page, sure });
}
