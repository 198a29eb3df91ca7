import { useSyncExternalStore } from 'react';
import type { ThemeChoice } from './preferences.tsx';
import type { ThemeName } from './theme.ts';

const contrastQuery = '(prefers-contrast: more), (forced-colors: active)';
const darkQuery = '(prefers-color-scheme: dark)';

/** The theme to show: the choice, or what the operating system asks for. */
export function useThemeName(choice: ThemeChoice): ThemeName {
  const system = useSyncExternalStore(watchSystem, systemTheme);
  return choice === 'system' ? system : choice;
}

function systemTheme(): ThemeName {
  if (matchMedia(contrastQuery).matches) return 'contrast';
  return matchMedia(darkQuery).matches ? 'dark' : 'light';
}

function watchSystem(changed: () => void): () => void {
  const lists = [matchMedia(contrastQuery), matchMedia(darkQuery)];
  for (const list of lists) list.addEventListener('change', changed);
  return () => {
    for (const list of lists) list.removeEventListener('change', changed);
  };
}
