import { join } from 'node:path';
import { fail } from '#contract';
import anchors from '../../../resources/trust/anchors.json' with { type: 'json' };
import { httpClient } from '../../platform/http/client.ts';
import { routeOf } from '../../services/exchange/index.ts';
import { axisSecrets, readSettings } from '../../services/settings/index.ts';
import { checkPictureWith, createSigningOffice, type SigningAside, type SigningOffice, type SigningOfficeDeps } from '../../services/signing/index.ts';
import { readAnchorTable } from '../../services/trust/index.ts';

type Given = Pick<SigningOfficeDeps, 'store' | 'clock' | 'practice' | 'clockAhead' | 'log' | 'failed'> & { readonly profileDir: string; readonly readPicture: SigningAside['picture'] };

/** The signing office of a profile: the anchors of the program, the office's way to the network, and the check of pictures that draws them too. */
export function signingOfficeIn({ profileDir, readPicture, ...given }: Given): SigningOffice {
  // A list may take minutes; when the station closes nobody waits for it.
  const closing = new AbortController();
  const { read } = given.store;
  const office = createSigningOffice({
    ...given,
    shipped: readAnchorTable(anchors),
    // The proxy is that of the axis: it is the office's way out. The address in the settings may change at any time.
    http: (request) => {
      if (closing.signal.aborted) return Promise.resolve(fail('cut'));
      return httpClient({ ...request, route: routeOf(readSettings(read).axis, axisSecrets(read)), signal: closing.signal });
    },
    folder: join(profileDir, 'revocation-lists'),
    checkPicture: checkPictureWith(readPicture),
  });
  return {
    ...office,
    close: () => {
      office.close();
      closing.abort();
    },
  };
}
