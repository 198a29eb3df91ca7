import type { Core } from './core.ts';

/** The door of a core whose store did not open. */
export const noTokens: Core['tokens'] = {
  process: () => {
    throw new Error('the store did not open');
  },
  useModule: () => Promise.reject(new Error('the store did not open')),
  dropModule: () => ({ ok: false, failure: { code: 'not-found' } }),
};
