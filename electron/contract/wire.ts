import { z } from 'zod';

/**
 * What travels between window and core, whatever the carrier. Plain JSON values only, so that structured clone
 * (Electron IPC) and JSON text (DevTools pipe) carry the same.
 */
export const ToCore = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('call'),
    id: z.number().int(),
    domain: z.string().max(100),
    method: z.string().max(100),
    input: z.unknown(),
  }),
  z.strictObject({
    kind: z.literal('subscribe'),
    id: z.number().int(),
    domain: z.string().max(100),
    event: z.string().max(100),
  }),
  z.strictObject({ kind: z.literal('unsubscribe'), id: z.number().int() }),
]);
export type ToCore = z.infer<typeof ToCore>;

export type ToWindow =
  | { readonly kind: 'answer'; readonly id: number; readonly outcome: unknown }
  /** `seq` counts from 0 (the snapshot) without a gap; a receiver that sees a gap subscribes again. */
  | { readonly kind: 'event'; readonly id: number; readonly seq: number; readonly item: unknown };

/**
 * The whole of what a carrier must be able to do. `send` hands one message over; messages from the other side
 * come to the listener in order. A carrier that loses its other side calls `closed` once.
 */
export type Carrier = {
  readonly send: (message: ToCore) => void;
  readonly listen: (onMessage: (message: ToWindow) => void, closed: () => void) => void;
};
