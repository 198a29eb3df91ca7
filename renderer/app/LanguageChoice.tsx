import type { ReactNode } from 'react';
import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { usePreferences } from '../foundations/preferences.tsx';
import { useWords } from '../i18n/use-words.ts';
import { Hint } from '../ui/Hint.tsx';

const useStyles = makeStyles({
  language: { minWidth: '34px', padding: '0 6px' },
  chosen: { fontWeight: tokens.fontWeightBold, color: tokens.colorBrandForeground1, textDecorationLine: 'underline', textUnderlineOffset: '4px' },
});

/** Vietnamese or English, at once. */
export function LanguageChoice(): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const { language, change } = usePreferences();
  return (
    <div role="group" aria-label={t('language.label')}>
      {(['vi', 'en'] as const).map((one) => (
        <Hint key={one} content={t(`language.${one}`)} relationship="description">
          <Button
            size="small"
            appearance="subtle"
            lang={one}
            aria-pressed={language === one}
            className={mergeClasses(styles.language, language === one && styles.chosen)}
            onClick={() => {
              change({ language: one });
            }}
          >
            {one.toUpperCase()}
          </Button>
        </Hint>
      ))}
    </div>
  );
}
