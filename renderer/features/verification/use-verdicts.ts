import type { UseQueryResult } from '@tanstack/react-query';
import type { DocumentVerdicts } from '#contract';
import { useAsk } from '../../bridge/methods.ts';

/** What the desk knows of a document's signatures; renewed by the stream of verdicts. */
export function useVerdicts(document: string): UseQueryResult<DocumentVerdicts> {
  return useAsk('verification', 'ofDocument', { document });
}
