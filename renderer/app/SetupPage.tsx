import type { ReactNode } from 'react';
import type { StationStatus } from '#contract';
import { SetupView } from '../features/setup/index.ts';
import { useWords } from '../i18n/use-words.ts';
import { useShortcut } from '../ui/shortcuts.ts';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { LanguageChoice } from './LanguageChoice.tsx';
import { switchPane } from './panes.ts';
import { ThemeSelect } from './ThemeSelect.tsx';

/** The set-up in place of the shell: a whole page, without the sections that it prepares. */
export function SetupPage({ status }: { readonly status: StationStatus }): ReactNode {
  const t = useWords();
  useShortcut('F6', () => {
    switchPane(1);
  });
  useShortcut('Shift+F6', () => {
    switchPane(-1);
  });
  return (
    <ErrorBoundary words={t}>
      <SetupView
        status={status}
        tools={
          <>
            <LanguageChoice />
            <ThemeSelect />
          </>
        }
      />
    </ErrorBoundary>
  );
}
