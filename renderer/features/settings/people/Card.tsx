import type { ReactNode } from 'react';
import { makeStyles, tokens } from '@fluentui/react-components';

const useStyles = makeStyles({
  page: { height: '100%', overflow: 'auto', outlineOffset: '-2px', backgroundColor: tokens.colorNeutralBackground2 },
  inner: { display: 'flex', flexDirection: 'column', gap: '16px', maxWidth: '1180px', padding: '16px', boxSizing: 'border-box' },
  card: {
    display: 'flex',
    flexDirection: 'column',
    gap: '12px',
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    padding: '16px 20px 20px',
  },
  head: { display: 'flex', alignItems: 'center', gap: '8px', flexWrap: 'wrap' },
  title: { margin: 0, marginInlineEnd: 'auto', fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400, fontWeight: tokens.fontWeightSemibold },
  intro: { margin: '-6px 0 0', color: tokens.colorNeutralForeground2, textWrap: 'pretty', maxWidth: '90ch' },
  task: {
    maxWidth: '680px',
    padding: '12px 16px 16px',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground2,
  },
});

/** A settings page that scrolls, with its cards. */
export function CardPage({ label, children }: { readonly label: string; readonly children: ReactNode }): ReactNode {
  const styles = useStyles();
  return (
    <div className={styles.page} data-pane="list" tabIndex={0} role="region" aria-label={label}>
      <div className={styles.inner}>{children}</div>
    </div>
  );
}

export type CardProps = {
  readonly title: string;
  /** the form in it has the title */
  readonly untitled?: boolean;
  readonly intro?: string;
  readonly acts?: ReactNode;
  /** a form that was opened for one act */
  readonly task?: ReactNode;
  /** what was done last */
  readonly said?: string;
  readonly children?: ReactNode;
};

/** One matter of the settings: its title, what can be done, and what there is. */
export function Card({ title, untitled = false, intro, acts, task, said = '', children }: CardProps): ReactNode {
  const styles = useStyles();
  return (
    <section className={styles.card} aria-label={title}>
      {!untitled && (
        <div className={styles.head}>
          <h2 className={styles.title}>{title}</h2>
          <span role="status">{said}</span>
          {acts}
        </div>
      )}
      {intro !== undefined && <p className={styles.intro}>{intro}</p>}
      {task !== undefined && task !== null && <div className={styles.task}>{task}</div>}
      {children}
    </section>
  );
}
