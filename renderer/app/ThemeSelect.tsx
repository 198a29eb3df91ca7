import type { ReactNode } from 'react';
import { makeStyles, Select } from '@fluentui/react-components';
import { themes, usePreferences } from '../foundations/preferences.tsx';
import { useWords } from '../i18n/use-words.ts';

const useStyles = makeStyles({ select: { width: '124px' } });

/** Light, dark, high contrast, or as the operating system says. */
export function ThemeSelect(): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const { theme, change } = usePreferences();
  return (
    <Select
      className={styles.select}
      size="small"
      appearance="filled-darker"
      value={theme}
      aria-label={t('theme.label')}
      title={t('theme.label')}
      onChange={(_, { value }) => {
        const chosen = themes.find((one) => one === value);
        if (chosen !== undefined) change({ theme: chosen });
      }}
    >
      {themes.map((one) => (
        <option key={one} value={one}>
          {t(`theme.short.${one}`)}
        </option>
      ))}
    </Select>
  );
}
