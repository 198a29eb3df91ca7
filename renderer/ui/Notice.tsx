import type { ReactNode } from 'react';
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { CheckmarkCircle20Regular, Info20Regular, Warning20Regular } from '@fluentui/react-icons';
import { own } from '../foundations/theme.ts';

export type NoticeTone = 'info' | 'good' | 'attention';

const useStyles = makeStyles({
  box: {
    display: 'flex',
    gap: tokens.spacingHorizontalS,
    alignItems: 'flex-start',
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground2,
    color: tokens.colorNeutralForeground1,
    '& > svg': { flexShrink: 0 },
  },
  attention: {
    border: `1px solid ${own.tvtAttention}`,
    backgroundColor: own.tvtAttentionSurface,
    '& > svg': { color: own.tvtAttention },
  },
  good: { '& > svg': { color: own.tvtGood } },
  info: { '& > svg': { color: tokens.colorBrandForeground1 } },
  text: { flexGrow: 1, minWidth: 0, textWrap: 'pretty', overflowWrap: 'anywhere' },
  action: { flexShrink: 0 },
});

const icons: Readonly<Record<NoticeTone, ReactNode>> = {
  info: <Info20Regular aria-hidden="true" />,
  good: <CheckmarkCircle20Regular aria-hidden="true" />,
  attention: <Warning20Regular aria-hidden="true" />,
};

export type NoticeProps = {
  readonly tone: NoticeTone;
  readonly children: ReactNode;
  readonly action?: ReactNode;
  /** Speaks when it appears; for answers to something the person just did. */
  readonly live?: boolean;
};

/** A message beside the thing it concerns. It stays until the matter is over. */
export function Notice({ tone, children, action, live = false }: NoticeProps): ReactNode {
  const styles = useStyles();
  return (
    <div className={mergeClasses(styles.box, styles[tone])} {...(live ? { role: 'status' } : {})}>
      {icons[tone]}
      <div className={styles.text}>{children}</div>
      {action !== undefined && <div className={styles.action}>{action}</div>}
    </div>
  );
}
