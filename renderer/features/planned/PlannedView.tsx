import type { ReactNode } from 'react';
import { makeStyles, tokens } from '@fluentui/react-components';
import { Folder24Regular } from '@fluentui/react-icons';
import { useWords } from '../../i18n/use-words.ts';

export type PlannedSection = 'dossiers';

const icons: Readonly<Record<PlannedSection, ReactNode>> = {
  dossiers: <Folder24Regular />,
};

const useStyles = makeStyles({
  page: {
    height: '100%',
    overflow: 'auto',
    display: 'flex',
    justifyContent: 'center',
    alignItems: 'flex-start',
    boxSizing: 'border-box',
    padding: '14vh 24px 24px',
  },
  text: { maxWidth: '60ch', display: 'flex', flexDirection: 'column', gap: '10px' },
  icon: { color: tokens.colorNeutralForeground3, '& svg': { width: '44px', height: '44px' } },
  title: {
    margin: 0,
    fontSize: tokens.fontSizeBase500,
    lineHeight: tokens.lineHeightBase500,
    fontWeight: tokens.fontWeightSemibold,
  },
  paragraph: { margin: 0, textWrap: 'pretty', color: tokens.colorNeutralForeground2 },
});

export type PlannedViewProps = { readonly section: PlannedSection };

/** A section that this version does not have: what will be here, and what to do until then. */
export function PlannedView({ section }: PlannedViewProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  return (
    <div className={styles.page}>
      <div className={styles.text}>
        <div className={styles.icon} aria-hidden="true">
          {icons[section]}
        </div>
        <h2 className={styles.title}>{t(`planned.${section}.title`)}</h2>
        <p className={styles.paragraph}>{t(`planned.${section}.what`)}</p>
        <p className={styles.paragraph}>{t(`planned.${section}.meanwhile`)}</p>
      </div>
    </div>
  );
}
