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
    color: tokens.colorNeutralForeground1,
  },
  card: {
    maxWidth: '440px',
    width: '100%',
    display: 'flex',
    flexDirection: 'column',
    gap: '14px',
    padding: '24px 28px 28px',
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    boxShadow: tokens.shadow4,
  },
  title: { margin: 0, fontSize: tokens.fontSizeBase500, lineHeight: tokens.lineHeightBase500, fontWeight: tokens.fontWeightSemibold },
  text: { margin: '-6px 0 0', color: tokens.colorNeutralForeground2, textWrap: 'pretty' },
});

export type DoorCardProps = { readonly title: string; readonly text: string; readonly children: ReactNode };

/** The one card of a window that shows no work. */
export function DoorCard({ title, text, children }: DoorCardProps): ReactNode {
  const styles = useStyles();
  return (
    <main className={styles.screen}>
      <div className={styles.card}>
        <h1 className={styles.title}>{title}</h1>
        {text !== '' && <p className={styles.text}>{text}</p>}
        {children}
      </div>
    </main>
  );
}
