import { useQuery } from '@tanstack/react-query';
import type { Contract, OutputOf, SigningRole } from '#contract';
import { useConnection } from '../../../bridge/context.ts';
import { ask } from '../../../bridge/methods.ts';
import type { Signer } from '../parts/signer.ts';

export type Checked = OutputOf<Contract['signing']['check']>;

/** What was found may be another a little later; going there and back within this time asks nobody again. */
const freshMs = 120_000;

export type SignerCheckState = { readonly checked: Checked | undefined; readonly checking: boolean; readonly error: unknown; readonly again: () => void };

/** The check of the certificate before it signs (NĐ 68/2024/NĐ-CP art. 29), made when the review opens. */
export function useCheck(role: SigningRole, ids: readonly string[], signer: Signer | undefined): SignerCheckState {
  const connection = useConnection();
  const device = signer?.device.id ?? '';
  const certificate = signer?.certificate.sha256 ?? '';
  const { data, isFetching, isError, error, refetch } = useQuery<Checked>({
    queryKey: ['signing', 'check', role, ids, device, certificate],
    queryFn: () => ask(connection, 'signing', 'check', { role, ids: [...ids], device, certificate }),
    enabled: signer !== undefined,
    staleTime: freshMs,
  });
  return { checked: data, checking: isFetching, error: isError ? error : null, again: () => void refetch() };
}
