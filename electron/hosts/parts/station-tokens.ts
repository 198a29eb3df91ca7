import { isAdministratorsPlace } from '../../platform/tokens/module-place.ts';
import { createTokens, type StationTokens, type StationTokensDeps } from '../../platform/tokens/station-tokens.ts';
import { tokenOwner } from '../../platform/tokens/token-owner.ts';
import { actorOf } from '../../services/people/index.ts';
import type { Core, CoreOptions } from '../core.ts';
import { ownHelper } from '../processes/helper-process.ts';
import { findModulesAside, tokenProcessesBy } from '../processes/token-processes.ts';

type Given = Pick<StationTokensDeps, 'store' | 'clock' | 'practice' | 'clockDiffersBy' | 'anchors' | 'issuers' | 'changed' | 'failed'>;

/** The tokens of a station, and for hosts and whoever signs the door to their processes. */
export function stationTokens(options: CoreOptions, given: Given): StationTokens & { readonly host: Core['tokens'] } {
  const owner = tokenOwner(options.startTokenProcess ?? tokenProcessesBy(options.startHelper ?? ownHelper));
  const tokens = createTokens({
    ...given,
    owner,
    find: options.findTokenModules ?? findModulesAside,
    mayNameModule: (path) => isAdministratorsPlace(path, { system: process.platform, env: process.env }),
    person: () => {
      const { person, name } = actorOf(given.store.read);
      return { id: person ?? '', name };
    },
    version: options.version,
  });
  return { ...tokens, host: { process: owner.process, useModule: tokens.useModule, dropModule: tokens.dropModule } };
}
