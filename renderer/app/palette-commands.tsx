import {
  ArrowDownload20Regular,
  DarkTheme20Regular,
  DocumentAdd20Regular,
  DocumentEdit20Regular,
  Key20Regular,
  Keyboard20Regular,
  LocalLanguage20Regular,
  LockClosed20Regular,
  MailArrowDown20Regular,
  Settings20Regular,
  SignOut20Regular,
  TaskListSquareLtr20Regular,
  TextLineSpacing20Regular,
} from '@fluentui/react-icons';
import { useCommand } from '../bridge/methods.ts';
import { useBarrier, useMay, useSession } from '../bridge/session.ts';
import { useDossierCommands } from '../features/dossiers/index.ts';
import type { UserDialog } from '../features/people/index.ts';
import type { PaletteCommand } from '../features/search/index.ts';
import { useSigningCommands } from '../features/signing/index.ts';
import { goTo } from '../foundations/address.ts';
import { densities } from '../foundations/layout.ts';
import { themes, usePreferences } from '../foundations/preferences.tsx';
import { useWords } from '../i18n/use-words.ts';
import { routes, sideRoutes } from './routes.tsx';
import { settingsTabs } from './settings-tabs.ts';

export type PaletteWays = { readonly onKeys: () => void; readonly onUser: (shown: UserDialog) => void };

/** What Ctrl+K offers beside documents: the sections, and what the window does anywhere; nothing that the person may not do. */
export function usePaletteCommands({ onKeys, onUser }: PaletteWays): readonly PaletteCommand[] {
  const t = useWords();
  const may = useMay();
  const own = useOwnCommands(onUser);
  const looks = useLookCommands();
  const receive = useCommand('exchange', 'receiveNow');
  const signing = useSigningCommands();
  const dossiers = useDossierCommands();
  const setupBarred = useBarrier('setup', 'begin');
  return [
    ...routes.map((route, index) => ({
      id: route.section,
      words: t('find.palette.goTo', { name: t(route.name) }),
      keys: `Alt+${String(index + 1)}`,
      icon: route.icon,
      run: () => {
        goTo(route.section);
      },
    })),
    ...sideRoutes
      .filter(({ section, needs }) => section !== 'intake' && (needs?.some((method) => may(...method)) ?? true))
      .map((route) => ({
        id: route.section,
        words: t('find.palette.goTo', { name: t(route.name) }),
        ...(route.section === 'printing' ? { keys: 'Alt+P' } : {}),
        icon: route.icon,
        run: () => {
          goTo(route.section);
        },
      })),
    ...(setupBarred === undefined
      ? [
          {
            id: 'setup',
            words: t('find.palette.goTo', { name: t('section.setup') }),
            icon: <TaskListSquareLtr20Regular aria-hidden="true" />,
            run: () => {
              goTo('setup', {});
            },
          },
        ]
      : []),
    ...(may('intake', 'addIncoming')
      ? [{ id: 'intake', words: t('section.intake'), keys: 'F9', icon: <DocumentAdd20Regular aria-hidden="true" />, run: () => { goTo('intake'); } }]
      : []),
    ...(may('drafting', 'create')
      ? [{ id: 'draft', words: t('find.palette.draft'), keys: 'Alt+N', icon: <DocumentEdit20Regular aria-hidden="true" />, run: () => { goTo('outgoing', { edit: 'new' }); } }]
      : []),
    ...dossiers,
    ...signing,
    ...(receive.barred === undefined
      ? [
          {
            id: 'receive',
            words: t('find.palette.receive'),
            icon: <MailArrowDown20Regular aria-hidden="true" />,
            run: () => {
              goTo('incoming');
              void receive.run({});
            },
          },
        ]
      : []),
    ...(may('backup', 'start')
      ? [{ id: 'backup', words: t('find.palette.goTo', { name: t('directory.tab.backup') }), icon: <ArrowDownload20Regular aria-hidden="true" />, run: () => { goTo('settings', { tab: 'backup' }); } }]
      : []),
    ...own,
    ...looks,
    ...settingsTabs
      .filter((tab) => tab !== 'general' && tab !== 'backup')
      .map((tab) => ({
        id: `settings ${tab}`,
        words: t('find.palette.settings', { name: t(`directory.tab.${tab}`) }),
        icon: <Settings20Regular aria-hidden="true" />,
        run: () => {
          goTo('settings', { tab });
        },
      })),
    { id: 'keys', words: t('keys.title'), keys: '?', icon: <Keyboard20Regular aria-hidden="true" />, run: onKeys },
  ];
}

/** What one does about oneself, where one signs in: lock, sign out, another password. */
function useOwnCommands(onUser: (shown: UserDialog) => void): readonly PaletteCommand[] {
  const t = useWords();
  const signedIn = useSession()?.state === 'signed-in';
  const lock = useCommand('people', 'lock');
  const signOut = useCommand('people', 'signOut');
  if (!signedIn) return [];
  return [
    { id: 'lock', words: t('find.palette.lock'), keys: 'Ctrl+Shift+L', icon: <LockClosed20Regular aria-hidden="true" />, run: () => void lock.run({}) },
    { id: 'sign-out', words: t('user.signOut'), icon: <SignOut20Regular aria-hidden="true" />, run: () => void signOut.run({}) },
    { id: 'password', words: t('password.change'), icon: <Key20Regular aria-hidden="true" />, run: () => { onUser('password'); } },
  ];
}

/** Language, theme and height of rows, each as what it would be changed to. */
function useLookCommands(): readonly PaletteCommand[] {
  const t = useWords();
  const { language, theme, density, change } = usePreferences();
  const other = language === 'vi' ? 'en' : 'vi';
  return [
    { id: 'language', words: t('find.palette.language', { name: t(`language.${other}`) }), icon: <LocalLanguage20Regular aria-hidden="true" />, run: () => { change({ language: other }); } },
    ...themes
      .filter((one) => one !== theme)
      .map((one) => ({ id: `theme ${one}`, words: t('find.palette.theme', { name: t(`theme.short.${one}`) }), icon: <DarkTheme20Regular aria-hidden="true" />, run: () => { change({ theme: one }); } })),
    ...densities
      .filter((one) => one !== density)
      .map((one) => ({ id: `density ${one}`, words: t('find.palette.density', { name: t(`density.${one}`) }), icon: <TextLineSpacing20Regular aria-hidden="true" />, run: () => { change({ density: one }); } })),
  ];
}
