import { ArrowSwap20Regular, BoxArrowUp20Regular, BoxSearch20Regular, BoxToolbox20Regular, DocumentFolder20Regular, FolderAdd20Regular } from '@fluentui/react-icons';
import { useAsk } from '../../../bridge/methods.ts';
import { useBarrier } from '../../../bridge/session.ts';
import { goTo, useAddress } from '../../../foundations/address.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { pressDocumentKey } from '../../../ui/document-keys.ts';
import type { PaletteCommand } from '../../search/index.ts';

/** What Ctrl+K offers of dossiers; putting a document into one where a document is chosen. */
export function useDossierCommands(): readonly PaletteCommand[] {
  const t = useWords();
  const { section, params } = useAddress();
  const barred = useBarrier('dossiers', 'addDocuments') !== undefined;
  const archives = useBarrier('handover', 'make') === undefined;
  const dossier = section === 'dossiers' && params['part'] === undefined ? (params['id'] ?? '') : '';
  const gives = useBarrier('holdings', 'makeUseCopy') === undefined;
  const held = useAsk('holdings', 'ofDossier', { dossier }, { enabled: gives && dossier !== '' }).data;
  const chosen = (section === 'incoming' || section === 'outgoing') && (params['id'] ?? '') !== '' && params['edit'] === undefined;
  return [
    { id: 'file-plan', words: t('dossiers.command.plan'), icon: <DocumentFolder20Regular aria-hidden="true" />, run: () => { goTo('dossiers', { part: 'plan' }); } },
    ...(archives
      ? [
          { id: 'hand-over', words: t('handover.command.giving'), icon: <ArrowSwap20Regular aria-hidden="true" />, run: () => { goTo('dossiers', { part: 'handover' }); } },
          { id: 'take-over', words: t('handover.command.receiving'), icon: <ArrowSwap20Regular aria-hidden="true" />, run: () => { goTo('dossiers', { part: 'handover', side: 'receiving' }); } },
          { id: 'make-packages', words: t('packing.command.make'), icon: <BoxToolbox20Regular aria-hidden="true" />, run: () => { goTo('dossiers', { part: 'packages' }); } },
          { id: 'judge-packages', words: t('packing.command.judge'), icon: <BoxSearch20Regular aria-hidden="true" />, run: () => { goTo('dossiers', { part: 'packages', tab: 'judge' }); } },
        ]
      : []),
    ...(gives && dossier !== '' && held?.archived === true
      ? [{ id: 'use-copy', words: t('holdings.command.use'), icon: <BoxArrowUp20Regular aria-hidden="true" />, run: () => { pressDocumentKey('use-copy', dossier); } }]
      : []),
    ...(barred || !chosen
      ? []
      : [
          {
            id: 'put-into-dossier',
            words: t('dossiers.command.put'),
            keys: 'Alt+Shift+H',
            icon: <FolderAdd20Regular aria-hidden="true" />,
            run: () => {
              pressDocumentKey('Alt+Shift+H', params['id'] ?? '');
            },
          },
        ]),
  ];
}
