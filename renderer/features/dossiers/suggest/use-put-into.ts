import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { DossierSuggestion } from '#contract';
import { useConnection } from '../../../bridge/context.ts';
import { useRefreshDossiers } from '../../../bridge/dossier-cache.ts';
import { failureOf, type AnyFailure } from '../../../bridge/failure.ts';
import { ask, methodKey } from '../../../bridge/methods.ts';

/** A document of either register. */
export type DocumentKindId = { readonly kind: 'incoming' | 'outgoing'; readonly id: string };
type Where = Pick<DossierSuggestion, 'dossier' | 'entry'>;

export type PutInto = {
  /** Puts documents into a dossier, or opens one from an entry of the plan with them; answers whether it was done. */
  readonly put: (documents: readonly DocumentKindId[], where: Where) => Promise<boolean>;
  /** The same for who must know at once: answers what hindered, null for nothing. */
  readonly tryPut: (documents: readonly DocumentKindId[], where: Where) => Promise<AnyFailure | null>;
  readonly pending: boolean;
  readonly failure: AnyFailure | undefined;
};

/** The one way in which documents come into a dossier from elsewhere than the dossier itself. */
export function usePutInto(): PutInto {
  const connection = useConnection();
  const cache = useQueryClient();
  const refresh = useRefreshDossiers();
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<AnyFailure>();
  async function tryPut(documents: readonly DocumentKindId[], where: Where): Promise<AnyFailure | null> {
    setPending(true);
    setFailure(undefined);
    try {
      const changed = where.dossier === null ? await openWith(documents, where.entry ?? '') : (await ask(connection, 'dossiers', 'addDocuments', { dossier: where.dossier, documents: [...documents] })).dossier;
      await refresh(changed);
      await Promise.all([methodKey('dossiers', 'ofDocument'), methodKey('dossiers', 'suggest')].map((queryKey) => cache.invalidateQueries({ queryKey })));
      return null;
    } catch (error) {
      const hindered = failureOf(error);
      setFailure(hindered);
      return hindered;
    } finally {
      setPending(false);
    }
  }
  return { pending, failure, tryPut, put: async (documents, where) => !pending && (await tryPut(documents, where)) === null };
  async function openWith(documents: readonly DocumentKindId[], entry: string) {
    const { fields } = await ask(connection, 'dossiers', 'prefill', { as: 'entry', entry });
    return ask(connection, 'dossiers', 'open', { entry, fields, documents: [...documents] });
  }
}
