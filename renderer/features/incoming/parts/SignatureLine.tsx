import type { ReactNode } from 'react';
import { makeStyles, tokens } from '@fluentui/react-components';
import { ShieldQuestion20Regular } from '@fluentui/react-icons';
import { own } from '../../../foundations/theme.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { StateMark } from '../../../ui/StateMark.tsx';

const useStyles = makeStyles({
  box: {
    padding: '6px 10px',
    border: `1px solid ${own.tvtAttention}`,
    backgroundColor: own.tvtAttentionSurface,
    borderRadius: tokens.borderRadiusMedium,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
  state: { fontWeight: tokens.fontWeightSemibold },
  text: { margin: 0, color: tokens.colorNeutralForeground2, textWrap: 'pretty' },
});

/** The verdict on the signatures. This version makes none and must not look as if it did. */
export function SignatureLine(): ReactNode {
  const styles = useStyles();
  const t = useWords();
  return (
    <div className={styles.box}>
      <StateMark tone="attention" icon={<ShieldQuestion20Regular aria-hidden="true" />} className={styles.state}>
        {t('signature.unchecked')}
      </StateMark>
      <p className={styles.text}>{t('signature.uncheckedMeaning')}</p>
    </div>
  );
}
