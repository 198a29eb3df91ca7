import type { TokensState } from '#contract';
import type { Clock } from '../foundation/clock.ts';
import { createDesk, type Desk } from '../services/desk/index.ts';
import type { SigningOffice } from '../services/signing/index.ts';
import type { Store } from '../store/index.ts';
import type { CoreOptions } from './core.ts';
import { signingOfficeIn } from './signing-office.ts';
import { stationTokens } from './station-tokens.ts';

type Given = {
  readonly store: Store;
  readonly clock: Clock;
  readonly practice: boolean;
  /** by how many seconds the axis' clock differs; null while nobody knows */
  readonly clockDiffersBy: () => number | null;
  readonly changed: (state: TokensState) => void;
  readonly incident: (error: unknown, method: string) => string;
};

export type SigningParts = { readonly tokens: ReturnType<typeof stationTokens>; readonly office: SigningOffice; readonly desk: Desk };

/** What a station signs with: its tokens, and the office's say on certificates, addresses and pictures. */
export function signingParts(options: CoreOptions, { store, clock, practice, clockDiffersBy, changed, incident }: Given): SigningParts {
  return {
    tokens: stationTokens(options, { store, clock, practice, clockDiffersBy, changed, failed: (error) => void incident(error, 'tokens') }),
    office: signingOfficeIn({
      store,
      clock,
      practice,
      profileDir: options.profileDir,
      clockAhead: clockDiffersBy,
      log: options.log,
      failed: (error) => void incident(error, 'checking a certificate'),
    }),
    desk: createDesk(),
  };
}
