import type { ReactNode } from 'react';
import { makeStyles, tokens } from '@fluentui/react-components';

const useStyles = makeStyles({
  box: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    justifyContent: 'center',
    gap: tokens.spacingVerticalS,
    height: '100%',
    boxSizing: 'border-box',
    padding: tokens.spacingHorizontalXXL,
    textAlign: 'center',
    color: tokens.colorNeutralForeground2,
  },
  icon: { color: tokens.colorNeutralForeground3, lineHeight: 0, '& svg': { width: '40px', height: '40px' } },
  title: {
    margin: 0,
    fontSize: tokens.fontSizeBase400,
    lineHeight: tokens.lineHeightBase400,
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorNeutralForeground1,
  },
  text: { margin: 0, maxWidth: '52ch', textWrap: 'pretty' },
  actions: { marginTop: tokens.spacingVerticalS },
});

export type EmptyStateProps = {
  readonly icon: ReactNode;
  readonly title: string;
  /** What to do, or why there is nothing. */
  readonly text: string;
  readonly children?: ReactNode;
};

/** An empty place that says what to do. */
export function EmptyState({ icon, title, text, children }: EmptyStateProps): ReactNode {
  const styles = useStyles();
  return (
    <div className={styles.box}>
      <div className={styles.icon} aria-hidden="true">
        {icon}
      </div>
      <h2 className={styles.title}>{title}</h2>
      <p className={styles.text}>{text}</p>
      {children !== undefined && <div className={styles.actions}>{children}</div>}
    </div>
  );
}
