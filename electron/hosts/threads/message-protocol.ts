import type { Whole } from '../../services/exchange/store-message.ts';
import type { EndOfThread } from './end-thread.ts';

/** What the message thread is asked: to store this message. The bytes move over with it. */
export type ToMessageThread = { readonly kind: 'store'; readonly id: number; readonly bytes: Uint8Array } | EndOfThread;

/** What it says. `code` is the system's, which an error loses on its way between threads. */
export type FromMessageThread =
  | { readonly kind: 'ready' }
  | { readonly kind: 'stored'; readonly id: number; readonly whole: Whole }
  | { readonly kind: 'failed'; readonly id: number; readonly error: Error; readonly code: string | undefined };
