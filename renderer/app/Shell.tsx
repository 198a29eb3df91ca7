import { useState, type ReactNode } from 'react';
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { StationStatus } from '#contract';
import { useCorePresent } from '../bridge/context.ts';
import { useMay } from '../bridge/session.ts';
import { DossierShelf } from '../features/dossiers/index.ts';
import { OpenedFiles } from '../features/intake/index.ts';
import type { UserDialog } from '../features/people/index.ts';
import { Palette } from '../features/search/index.ts';
import { adjustAddress, goTo, useAddress } from '../foundations/address.ts';
import { layout } from '../foundations/layout.ts';
import { own } from '../foundations/theme.ts';
import { useWords } from '../i18n/use-words.ts';
import { wantListFocus } from '../ui/list-focus.ts';
import { useShortcut } from '../ui/shortcuts.ts';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { GoneBanner } from './GoneBanner.tsx';
import { KeysDialog } from './KeysDialog.tsx';
import { usePaletteCommands } from './palette-commands.tsx';
import { switchPane } from './panes.ts';
import { Rail } from './Rail.tsx';
import { RestoredBanner } from './RestoredBanner.tsx';
import { printNeeds, routeOf, routes } from './routes.tsx';
import { StatusBar } from './StatusBar.tsx';
import { TopBar } from './TopBar.tsx';

const useStyles = makeStyles({
  shell: {
    height: '100%',
    boxSizing: 'border-box',
    display: 'grid',
    gridTemplateColumns: `${layout.rail} minmax(0, 1fr)`,
    gridTemplateRows: `${layout.topBar} auto minmax(0, 1fr) ${layout.statusBar}`,
    gridTemplateAreas: '"rail top" "rail note" "rail main" "foot foot"',
  },
  practice: { borderTop: `3px solid ${own.tvtPracticeBorder}` },
  main: { gridArea: 'main', minHeight: 0, minWidth: 0, backgroundColor: tokens.colorNeutralBackground1 },
});

export type ShellProps = { readonly status: StationStatus };

/** Rail, top bar, the section's view, status bar; and the keys that work everywhere. */
export function Shell({ status }: ShellProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const { section, params } = useAddress();
  const present = useCorePresent();
  const [keysShown, setKeysShown] = useState(false);
  const [paletteShown, setPaletteShown] = useState(false);
  const [user, setUser] = useState<UserDialog>('closed');
  const may = useMay();
  const route = routeOf(section);
  const commands = usePaletteCommands({
    onKeys: () => {
      setKeysShown(true);
    },
    onUser: setUser,
  });

  useShortcut('?', () => {
    setKeysShown(true);
  });
  useShortcut(
    'Alt+P',
    () => {
      goTo('printing');
      wantListFocus();
    },
    printNeeds.some((method) => may(...method)),
  );
  useShortcut('Ctrl+K', () => {
    setPaletteShown(true);
  });
  useShortcut('F6', () => {
    switchPane(1);
  });
  useShortcut('Shift+F6', () => {
    switchPane(-1);
  });
  return (
    <div className={mergeClasses(styles.shell, status.practice && styles.practice)}>
      {routes.map((one, index) => (
        <SectionKey
          key={one.section}
          combo={`Alt+${index + 1}`}
          onPress={() => {
            goTo(one.section);
            wantListFocus();
          }}
        />
      ))}
      <TopBar
        status={status}
        title={t(route?.name ?? 'section.incoming')}
        filter={route?.filter ?? null}
        text={params['q'] ?? ''}
        onText={(q) => {
          if (route?.filter === null) goTo('search', { q });
          else adjustAddress(section === 'search' ? { q, id: null } : { q });
        }}
        onPalette={() => {
          setPaletteShown(true);
        }}
        onKeys={() => {
          setKeysShown(true);
        }}
        user={user}
        onUser={setUser}
      />
      <Rail section={section} />
      {present ? <RestoredBanner /> : <GoneBanner />}
      <main className={styles.main} aria-label={t(route?.name ?? 'section.incoming')}>
        <ErrorBoundary key={section} words={t}>
          {route?.view(status)}
        </ErrorBoundary>
      </main>
      <StatusBar status={status} present={present} />
      <DossierShelf />
      <OpenedFiles />
      <Palette
        open={paletteShown}
        commands={commands}
        onClose={() => {
          setPaletteShown(false);
        }}
      />
      <KeysDialog
        open={keysShown}
        onClose={() => {
          setKeysShown(false);
        }}
      />
    </div>
  );
}

/** One key of the seven; a component because a hook may not stand in a loop. */
function SectionKey({ combo, onPress }: { readonly combo: string; readonly onPress: () => void }): ReactNode {
  useShortcut(combo, onPress);
  return null;
}
