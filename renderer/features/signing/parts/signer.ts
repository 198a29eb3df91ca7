import { useEffect, useEffectEvent } from 'react';
import type { ShownCertificate, TokenDevice, TokensState } from '#contract';
import { useCommand } from '../../../bridge/methods.ts';
import { useLatest } from '../../../bridge/streams.ts';

/** With what is signed: the picked certificate and the token that it is on. */
export type Signer = { readonly device: TokenDevice; readonly certificate: ShownCertificate };

export type SignerState = { readonly kind: 'found'; readonly signer: Signer } | { readonly kind: 'reading' | 'absent' | 'to-choose' };

/** The certificate that this person signs with. Drivers are started now, unless somebody looked already. */
export function useSigner(): SignerState {
  const state = useLatest('tokens', 'devices');
  const look = useCommand('tokens', 'look');
  const onUnread = useEffectEvent(() => {
    if (!look.pending) void look.run({});
  });
  const unread = state?.summary === 'unread';
  useEffect(() => {
    if (unread) onUnread();
  }, [unread]);
  if (state === undefined || state.summary === 'unread') return { kind: 'reading' };
  return signerIn(state);
}

/** The picked one, else the only one that there is. */
function signerIn({ devices, summary }: TokensState): SignerState {
  const all = devices.flatMap((device) => device.certificates.filter(({ privateKey }) => privateKey !== 'none').map((certificate) => ({ device, certificate })));
  const signer = all.find(({ certificate }) => certificate.chosen) ?? (all.length === 1 ? all[0] : undefined);
  if (signer !== undefined) return { kind: 'found', signer };
  return { kind: all.length > 0 ? 'to-choose' : summary === 'reading' ? 'reading' : 'absent' };
}
