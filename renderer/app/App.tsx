import { useState, type ReactNode } from 'react';
import { createDOMRenderer, FluentProvider, makeStyles, RendererProvider, tokens } from '@fluentui/react-components';
import { BridgeProvider } from '../bridge/BridgeProvider.tsx';
import type { Connection } from '../bridge/connection.ts';
import { PreferencesProvider, usePreferences } from '../foundations/preferences.tsx';
import { themeOf } from '../foundations/theme.ts';
import { useThemeName } from '../foundations/use-theme-name.ts';
import { useWords } from '../i18n/use-words.ts';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { StartGate } from './StartGate.tsx';

const useStyles = makeStyles({
  root: {
    height: '100vh',
    backgroundColor: tokens.colorNeutralBackground1,
    fontVariantNumeric: 'tabular-nums',
  },
});

export type AppProps = { readonly connection: Connection; readonly nonce: string };

/** The window's content with everything it stands on. */
export function App({ connection, nonce }: AppProps): ReactNode {
  const [renderer] = useState(() => createDOMRenderer(document, { styleElementAttributes: { nonce } }));
  return (
    <RendererProvider renderer={renderer}>
      <PreferencesProvider>
        <Themed>
          <BridgeProvider connection={connection}>
            <StartGate />
          </BridgeProvider>
        </Themed>
      </PreferencesProvider>
    </RendererProvider>
  );
}

function Themed({ children }: { readonly children: ReactNode }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const theme = useThemeName(usePreferences().theme);
  return (
    <FluentProvider theme={themeOf(theme)}>
      {/* Not on the provider itself: it hands its classes to every tooltip and menu, which would then cover the page. */}
      <div className={styles.root}>
        <ErrorBoundary words={t}>{children}</ErrorBoundary>
      </div>
    </FluentProvider>
  );
}
