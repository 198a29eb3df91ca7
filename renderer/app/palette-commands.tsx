import { Keyboard20Regular, LocalLanguage20Regular, MailArrowDown20Regular, TaskListSquareLtr20Regular } from '@fluentui/react-icons';
import { useCommand } from '../bridge/methods.ts';
import { useBarrier } from '../bridge/session.ts';
import { useDossierCommands } from '../features/dossiers/index.ts';
import type { PaletteCommand } from '../features/search/index.ts';
import { useSigningCommands } from '../features/signing/index.ts';
import { goTo } from '../foundations/address.ts';
import { usePreferences } from '../foundations/preferences.tsx';
import { useWords } from '../i18n/use-words.ts';
import { routes, sideRoutes } from './routes.tsx';

/** What Ctrl+K offers beside documents: the sections, and what the window does anywhere. */
export function usePaletteCommands(onKeys: () => void): readonly PaletteCommand[] {
  const t = useWords();
  const { language, change } = usePreferences();
  const receive = useCommand('exchange', 'receiveNow');
  const signing = useSigningCommands();
  const dossiers = useDossierCommands();
  const setupBarred = useBarrier('setup', 'begin');
  const other = language === 'vi' ? 'en' : 'vi';
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
    ...sideRoutes.map((route) => ({
      id: route.section,
      words: t('find.palette.goTo', { name: t(route.name) }),
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
    ...dossiers,
    ...signing,
    {
      id: 'receive',
      words: t('find.palette.receive'),
      icon: <MailArrowDown20Regular aria-hidden="true" />,
      run: () => {
        goTo('incoming');
        void receive.run({});
      },
    },
    {
      id: 'language',
      words: t('find.palette.language', { name: t(`language.${other}`) }),
      icon: <LocalLanguage20Regular aria-hidden="true" />,
      run: () => {
        change({ language: other });
      },
    },
    { id: 'keys', words: t('keys.title'), keys: '?', icon: <Keyboard20Regular aria-hidden="true" />, run: onKeys },
  ];
}
