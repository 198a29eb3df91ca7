import type { ReactNode } from 'react';
import { Field, makeStyles, Radio, RadioGroup, tokens } from '@fluentui/react-components';
import { densities } from '../../../foundations/layout.ts';
import { themes, usePreferences } from '../../../foundations/preferences.tsx';
import { useWords } from '../../../i18n/use-words.ts';

const languages = ['vi', 'en'] as const;

const useStyles = makeStyles({
  section: { display: 'flex', flexDirection: 'column', gap: '14px' },
  title: { margin: 0, fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400, fontWeight: tokens.fontWeightSemibold },
  intro: { margin: '-8px 0 0', color: tokens.colorNeutralForeground2, textWrap: 'pretty' },
});

/** Language, theme and density of this machine; they hold at once. */
export function LookForm(): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const { language, theme, density, change } = usePreferences();
  return (
    <section className={styles.section} aria-label={t('settings.look.title')}>
      <h2 className={styles.title}>{t('settings.look.title')}</h2>
      <p className={styles.intro}>{t('settings.look.intro')}</p>
      <Field label={t('language.label')}>
        <RadioGroup
          layout="horizontal"
          value={language}
          onChange={(_, { value }) => {
            change({ language: value === 'en' ? 'en' : 'vi' });
          }}
        >
          {languages.map((one) => (
            <Radio key={one} value={one} label={t(`language.${one}`)} />
          ))}
        </RadioGroup>
      </Field>
      <Field label={t('theme.label')}>
        <RadioGroup
          value={theme}
          onChange={(_, { value }) => {
            const chosen = themes.find((one) => one === value);
            if (chosen !== undefined) change({ theme: chosen });
          }}
        >
          {themes.map((one) => (
            <Radio key={one} value={one} label={t(`theme.${one}`)} />
          ))}
        </RadioGroup>
      </Field>
      <Field label={t('density.label')}>
        <RadioGroup
          value={density}
          onChange={(_, { value }) => {
            change({ density: value === 'compact' ? 'compact' : 'comfortable' });
          }}
        >
          {densities.map((one) => (
            <Radio key={one} value={one} label={t(`density.${one}`)} />
          ))}
        </RadioGroup>
      </Field>
    </section>
  );
}
