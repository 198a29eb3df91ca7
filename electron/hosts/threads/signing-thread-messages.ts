import type { EndOfThread } from './end-thread.ts';
import type { CompleteOrder, Completed, SigningRefusal, WorkAnswers, WorkOrder } from '../../services/signing/index.ts';
import type { Certificate, TrustRequest } from '../../services/trust/index.ts';
import type { Result } from '../../foundation/outcome.ts';

/** What a thread that completes a file asks of whoever has the network. */
export type Question = { readonly port: 'http'; readonly request: TrustRequest } | { readonly port: 'list'; readonly url: string; readonly issuer: Certificate };

/** An HTTP answer, whole. */
export type WholeAnswer = { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: Uint8Array };
type Failed = { readonly code: string; readonly params?: Readonly<Record<string, string | number>> };
export type Given = Result<WholeAnswer | { readonly path: string; readonly size: number }, Failed>;

export type ToSigningThread =
  | { readonly kind: 'order'; readonly order: WorkOrder }
  | { readonly kind: 'complete'; readonly order: CompleteOrder }
  | { readonly kind: 'given'; readonly id: number; readonly given: Given }
  | EndOfThread;

export type ThreadAnswer = WorkAnswers[WorkOrder['kind']] | Result<Completed, SigningRefusal>;

export type FromSigningThread =
  | { readonly kind: 'ready'; readonly run: string }
  | { readonly kind: 'asks'; readonly id: number; readonly question: Question }
  | { readonly kind: 'done'; readonly answer: ThreadAnswer };
