import type { ReactNode } from 'react';
import { makeStyles, tokens } from '@fluentui/react-components';

const useStyles = makeStyles({
  screen: {
    height: '100%',
    overflow: 'auto',
    display: 'flex',
    alignItems: 'flex-start',
    justifyContent: 'center',
    boxSizing: 'border-box',
    padding: '12vh 24px 24px',
    backgroundColor: tokens.colorNeutralBackground2,
  },
  card: {
    maxWidth: '680px',
    width: '100%',
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
    padding: '28px 32px',
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    boxShadow: tokens.shadow4,
  },
  title: {
    display: 'flex',
    gap: tokens.spacingHorizontalM,
    alignItems: 'center',
    margin: 0,
    fontSize: tokens.fontSizeBase500,
    lineHeight: tokens.lineHeightBase500,
    fontWeight: tokens.fontWeightSemibold,
    '& svg': { flexShrink: 0, color: tokens.colorBrandForeground1 },
  },
  text: { margin: 0, textWrap: 'pretty', overflowWrap: 'anywhere' },
  facts: {
    display: 'grid',
    gridTemplateColumns: 'fit-content(45%) 1fr',
    gap: '6px 16px',
    margin: 0,
    padding: '10px 14px',
    backgroundColor: tokens.colorNeutralBackground2,
    borderRadius: tokens.borderRadiusMedium,
    '& dt': { color: tokens.colorNeutralForeground2 },
    '& dd': { margin: 0, overflowWrap: 'anywhere', userSelect: 'text', fontWeight: tokens.fontWeightSemibold },
  },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

export type ScreenMessageProps = {
  readonly icon: ReactNode;
  readonly title: string;
  /** What happened, what it means, what to do. */
  readonly paragraphs: readonly string[];
  readonly facts?: readonly (readonly [string, string])[];
  readonly children?: ReactNode;
};

/** A whole screen with one message: the window cannot show its work, and says why. */
export function ScreenMessage({ icon, title, paragraphs, facts = [], children }: ScreenMessageProps): ReactNode {
  const styles = useStyles();
  return (
    <main className={styles.screen}>
      <div className={styles.card}>
        <h1 className={styles.title}>
          <span aria-hidden="true">{icon}</span>
          {title}
        </h1>
        {paragraphs.map((paragraph) => (
          <p key={paragraph} className={styles.text}>
            {paragraph}
          </p>
        ))}
        {facts.length > 0 && (
          <dl className={styles.facts}>
            {facts.flatMap(([name, value]) => [<dt key={`${name} name`}>{name}</dt>, <dd key={name}>{value}</dd>])}
          </dl>
        )}
        {children !== undefined && <div className={styles.actions}>{children}</div>}
      </div>
    </main>
  );
}
