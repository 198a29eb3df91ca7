import { createContext, use, useEffect, useMemo, useState, type ReactNode } from 'react';
import type { Density } from './layout.ts';
import type { ThemeName } from './theme.ts';

export type Language = 'vi' | 'en';
export type ThemeChoice = 'system' | ThemeName;
/** In the order in which they are offered. */
export const themes: readonly ThemeChoice[] = ['system', 'light', 'dark', 'contrast'];

export type Preferences = {
  readonly language: Language;
  readonly theme: ThemeChoice;
  readonly density: Density;
};

type PreferencesContext = Preferences & {
  readonly change: (part: Partial<Preferences>) => void;
};

const storageKey = 'tvt.preferences';
const defaults: Preferences = { language: 'vi', theme: 'system', density: 'comfortable' };
const Context = createContext<PreferencesContext>({ ...defaults, change: () => undefined });

/** What this person chose on this machine: language, theme, density. */
export function usePreferences(): PreferencesContext {
  return use(Context);
}

export type PreferencesProviderProps = { readonly children: ReactNode };

/** Holds the preferences and remembers them. */
export function PreferencesProvider({ children }: PreferencesProviderProps): ReactNode {
  const [preferences, setPreferences] = useState(readPreferences);
  const value = useMemo(
    () => ({
      ...preferences,
      change: (part: Partial<Preferences>) => {
        setPreferences((before) => {
          const next = { ...before, ...part };
          remember(storageKey, next);
          return next;
        });
      },
    }),
    [preferences],
  );
  useEffect(() => {
    document.documentElement.lang = preferences.language;
  }, [preferences.language]);
  return <Context value={value}>{children}</Context>;
}

/** Stores a small value for this machine. A full or closed storage costs the memory, not the work. */
export function remember(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Nothing official is kept here.
  }
}

/** Reads a small remembered value; undefined when absent or unreadable. */
export function recall(key: string): unknown {
  try {
    const text = localStorage.getItem(key);
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readPreferences(): Preferences {
  const stored = recall(storageKey);
  if (typeof stored !== 'object' || stored === null) return defaults;
  const { language, theme, density } = stored as Partial<Record<keyof Preferences, unknown>>;
  return {
    language: language === 'en' ? 'en' : 'vi',
    theme: theme === 'light' || theme === 'dark' || theme === 'contrast' ? theme : 'system',
    density: density === 'compact' ? 'compact' : 'comfortable',
  };
}
