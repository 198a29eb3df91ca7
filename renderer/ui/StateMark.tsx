import type { ReactNode } from 'react';
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { own } from '../foundations/theme.ts';

export type Tone = 'neutral' | 'brand' | 'good' | 'attention' | 'danger';

const useStyles = makeStyles({
  mark: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: '4px',
    whiteSpace: 'nowrap',
    '& svg': { flexShrink: 0 },
  },
  neutral: { color: tokens.colorNeutralForeground2 },
  brand: { color: tokens.colorBrandForeground1 },
  good: { color: own.tvtGood },
  attention: { color: own.tvtAttention },
  danger: { color: own.tvtDanger },
});

export type StateMarkProps = {
  readonly tone: Tone;
  readonly icon: ReactNode;
  readonly children: ReactNode;
  readonly className?: string;
};

/** A state in colour, icon and word; never in colour alone. */
export function StateMark({ tone, icon, children, className }: StateMarkProps): ReactNode {
  const styles = useStyles();
  return (
    <span className={mergeClasses(styles.mark, styles[tone], className)}>
      {icon}
      <span>{children}</span>
    </span>
  );
}
