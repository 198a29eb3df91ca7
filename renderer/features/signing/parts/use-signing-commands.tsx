import type { SigningRole } from '#contract';
import { Signature20Regular } from '@fluentui/react-icons';
import { useConnection } from '../../../bridge/context.ts';
import { ask } from '../../../bridge/methods.ts';
import { useSession } from '../../../bridge/session.ts';
import { useLatest } from '../../../bridge/streams.ts';
import { useWords } from '../../../i18n/use-words.ts';
import type { PaletteCommand } from '../../search/index.ts';
import { goToSigning } from './go.ts';
import { mostAtOnce, maySign, tabOf, useWaitingPapers, waitingIds } from './waiting.ts';
import { goTo } from '../../../foundations/address.ts';

/** What Ctrl+K offers to whoever signs: everything that waits for his kind of signature. */
export function useSigningCommands(): readonly PaletteCommand[] {
  const t = useWords();
  const connection = useConnection();
  const session = useSession();
  const counts = useLatest('drafting', 'life');
  const run = async (role: SigningRole): Promise<void> => {
    const list = await ask(connection, 'drafting', 'list', { tab: tabOf[role], before: null, limit: mostAtOnce }).catch(() => undefined);
    const ids = list === undefined ? [] : waitingIds(list, role, session);
    if (ids.length > 0) goToSigning(role, ids);
    else goTo('outgoing', { tab: tabOf[role] });
  };
  const papers = useWaitingPapers(session !== undefined);
  const icon = <Signature20Regular aria-hidden="true" />;
  const ofPapers = papers.length === 0 ? [] : [{ id: 'sign-papers', words: t('signing.command.paper'), icon, run: () => { goToSigning('agency', papers); } }];
  return (['person', 'agency'] as const)
    .filter((role) => maySign(session, role) && (counts?.[tabOf[role]] ?? 0) > 0)
    .map((role): PaletteCommand => ({ id: `sign-${role}`, words: t(`signing.command.${role}`), icon, run: () => void run(role) }))
    .concat(ofPapers);
}
