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
  return {
    pending,
    failure,
    async put(documents, where) {
      if (pending) return false;
      setPending(true);
      setFailure(undefined);
      try {
        const changed = where.dossier === null ? await openWith(documents, where.entry ?? '') : (await ask(connection, 'dossiers', 'addDocuments', { dossier: where.dossier, documents: [...documents] })).dossier;
        await refresh(changed);
        await Promise.all([methodKey('dossiers', 'ofDocument'), methodKey('dossiers', 'suggest')].map((queryKey) => cache.invalidateQueries({ queryKey })));
        return true;
      } catch (error) {
        setFailure(failureOf(error));
        return false;
      } finally {
        setPending(false);
      }
    },
  };
  async function openWith(documents: readonly DocumentKindId[], entry: string) {
    const { fields } = await ask(connection, 'dossiers', 'prefill', { as: 'entry', entry });
    return ask(connection, 'dossiers', 'open', { entry, fields, documents: [...documents] });
  }
}
