import type { Clock } from '../foundation/clock.ts';
import type { Store } from '../store/index.ts';
export type Practice = { readonly stop: () => Promise<void> };
export function startPractice(_s: Store, _c: Clock, _l: (line: string) => void): Promise<Practice> { return Promise.reject(new Error('not yet')); }
