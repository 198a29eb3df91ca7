import { randomUUID } from 'node:crypto';
import { fail, ok, type Outcome } from '#contract';
import type { Clock } from '../../../foundation/clock.ts';
import type { MessageType } from '../../exchange/index.ts';
import { counterOf } from './counter.ts';
import { createFaults, Fault } from './faults.ts';
import { lgspSkin, type LgspWrapper } from './lgsp-skin.ts';
import { addressesOf, createMailbox, type Delivery, type Sent } from './mailbox.ts';
import { jsonAnswer, refusal, type AxisAnswer, type AxisRequest, type PracticeSystem } from './protocol.ts';
import { axisVerbs } from './verbs.ts';

export type PracticeAxisOptions = {
  readonly systems: readonly PracticeSystem[];
  readonly clock: Clock;
  /** guards `/practice/…`; without it those calls do not exist */
  readonly controlToken?: string;
  readonly newId?: () => string;
  /** default false: a message acknowledged with `fail` leaves the list */
  readonly failedItemsStay?: boolean;
  /** how the provincial broker's skin wraps its answers; default `code` */
  readonly lgspWrapper?: LgspWrapper;
  /** how long a login at that skin holds; default 30 minutes (axis.md §1.8 [S]) */
  readonly lgspTokenSeconds?: number;
  /** default true: that skin has the list of sent messages, of which nothing is known (axis.md §1.8) */
  readonly lgspSentList?: boolean;
};

/** How to hand in a message that cannot be read by itself, or differently from what it says. */
export type DeliverAs = {
  readonly messageType?: MessageType;
  readonly from?: string;
  readonly to?: readonly string[];
};

export type Inspection = { readonly deliveries: readonly Delivery[]; readonly sent: readonly Sent[] };

export type PracticeAxis = {
  readonly handle: (request: AxisRequest) => Promise<AxisAnswer>;
  /**
   * Puts a message into its receivers' queues as if another centre had sent it. `docIds` are the receivers', in
   * order of `to`. Fails with `unreadable` when the bytes tell no addresses and none are given, `no-receiver` when
   * nobody here is among them.
   */
  readonly deliver: (
    bytes: Uint8Array,
    as?: DeliverAs,
  ) => Promise<Outcome<{ readonly docIds: readonly string[] }, 'unreadable' | 'no-receiver'>>;
  readonly inspect: () => Inspection;
  /** The bytes of a delivered or sent message, exactly as they came. */
  readonly bytesOf: (docId: string) => Uint8Array | undefined;
  readonly fault: (fault: Fault) => void;
};

/** The header that carries the control token. */
export const practiceTokenHeader = 'x-practice-token';

/**
 * An axis of one's own for practice and tests: the wire protocol of axis.md §1 over queues in memory, and over the
 * same queues a provincial broker's skin (§1.8) below `/lgsp`. It has no network of its own; a host hands it requests.
 */
export function practiceAxis(options: PracticeAxisOptions): PracticeAxis {
  const mailbox = createMailbox({
    systems: options.systems,
    clock: options.clock,
    newId: options.newId ?? randomUUID,
    failedItemsStay: options.failedItemsStay ?? false,
  });
  const faults = createFaults();
  const counter = counterOf(mailbox, options.clock);
  const verbs = axisVerbs(counter, options.systems);
  const lgsp = lgspSkin(counter, {
    systems: options.systems,
    clock: options.clock,
    wrapper: options.lgspWrapper ?? 'code',
    tokenSeconds: options.lgspTokenSeconds ?? 1800,
    sentList: options.lgspSentList ?? true,
  });

  const deliver: PracticeAxis['deliver'] = async (bytes, as = {}) => {
    const read = await addressesOf(bytes);
    if (!read.ok && as.to === undefined) return fail('unreadable', read.failure.params);
    const own = read.ok ? read.value : { messageType: 'edoc' as const, from: '', to: [], title: '', notation: '' };
    const to = (as.to ?? own.to).filter(mailbox.knows);
    if (to.length === 0) return fail('no-receiver');
    const message = { ...own, to, messageType: as.messageType ?? own.messageType, from: as.from ?? own.from };
    return ok({ docIds: mailbox.post(message, bytes).deliveries.map((delivery) => delivery.docId) });
  };

  const inspect = (): Inspection => ({ deliveries: mailbox.deliveries(), sent: mailbox.sent() });

  async function control(name: string, query: URLSearchParams, request: AxisRequest): Promise<AxisAnswer> {
    const nothing: AxisAnswer = { status: 404, headers: {}, body: new Uint8Array() };
    switch (`${request.method} ${name}`) {
      case 'POST deliver': {
        const messageType = query.get('messageType');
        const from = query.get('from');
        const to = query.getAll('to');
        const outcome = await deliver(request.body, {
          ...(messageType === 'edoc' || messageType === 'status' ? { messageType } : {}),
          ...(from === null ? {} : { from }),
          ...(to.length === 0 ? {} : { to }),
        });
        return jsonAnswer(outcome, outcome.ok ? 200 : 422);
      }
      case 'GET inspect':
        return jsonAnswer({ ...inspect(), faults: faults.pending() });
      case 'GET message': {
        const bytes = mailbox.bytesOf(query.get('docId') ?? '');
        if (bytes === undefined) return nothing;
        return { status: 200, headers: { 'content-type': 'application/octet-stream' }, body: bytes };
      }
      case 'POST fault': {
        const fault = Fault.safeParse(jsonOf(request.body));
        if (!fault.success) return jsonAnswer({ ok: false }, 400);
        faults.order(fault.data);
        return jsonAnswer({ ok: true });
      }
      case 'POST expire-logins':
        lgsp.expireLogins();
        return jsonAnswer({ ok: true });
      case 'POST clear-faults':
        faults.clear();
        return jsonAnswer({ ok: true });
      default:
        return nothing;
    }
  }

  async function handle(request: AxisRequest): Promise<AxisAnswer> {
    const url = new URL(request.path, 'http://127.0.0.1');
    const name = url.pathname.slice(url.pathname.lastIndexOf('/') + 1);
    if (url.pathname.startsWith('/practice/')) {
      const { controlToken } = options;
      const allowed = controlToken !== undefined && request.headers[practiceTokenHeader] === controlToken;
      return allowed ? control(name, url.searchParams, request) : { status: 403, headers: {}, body: new Uint8Array() };
    }
    const behindBroker = lgsp.nameOf(url.pathname);
    if (behindBroker !== undefined) return faults.strike(behindBroker, () => lgsp.handle(request), lgsp.refusal);
    return faults.strike(name, () => verbs(name, request), refusal);
  }

  return { handle, deliver, inspect, bytesOf: mailbox.bytesOf, fault: faults.order };
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return undefined;
  }
}
