import { randomUUID } from 'node:crypto';
import { fail, ok } from '#contract';
import type { Clock } from '../../../foundation/clock.ts';
import { createPartners } from '../partners/partners.ts';
import type { PartnerScript } from '../partners/script.ts';
import { memoryAxisStore, type AxisStore } from './axis-store.ts';
import type { AxisControls } from './controls.ts';
import { controlDoor } from './control-door.ts';
import { counterOf } from './counter.ts';
import { Chaos, createFaults, Fault } from './faults.ts';
import { lgspSkin, type LgspWrapper } from './lgsp-skin.ts';
import { addressesOf, createMailbox } from './mailbox.ts';
import { refusal, type AxisAnswer, type AxisRequest, type PracticeSystem } from './protocol.ts';
import { createRegistry, type GeneratedDirectory } from './registry.ts';
import { axisVerbs, type HashForm } from './verbs.ts';

export type PracticeAxisOptions = {
  readonly systems: readonly PracticeSystem[];
  readonly clock: Clock;
  /** where it remembers; without one, in memory. It belongs to whoever opened it. */
  readonly store?: AxisStore;
  /** guards `/practice/…`; without it those calls do not exist */
  readonly controlToken?: string;
  readonly newId?: () => string;
  /** default false: a message acknowledged with `fail` leaves the list */
  readonly failedItemsStay?: boolean;
  /** default `sdk`: only the SDK's own spelling passes, so that a client's mistake is seen here and not on the axis */
  readonly hashForm?: HashForm;
  /** default: the time of a call is not looked at, as no tolerance is known (axis.md §5.2) */
  readonly clockToleranceMinutes?: number;
  /** a large made-up directory beside the systems' agencies */
  readonly generated?: GeneratedDirectory;
  /** agencies that the axis plays itself; each must belong to one of `systems` */
  readonly partners?: readonly PartnerScript[];
  /** how the provincial broker's skin wraps its answers; default `code` */
  readonly lgspWrapper?: LgspWrapper;
  /** how long a login at that skin holds; default 30 minutes (axis.md §1.8 [S]) */
  readonly lgspTokenSeconds?: number;
  /** default true: that skin has the list of sent messages, of which nothing is known (axis.md §1.8) */
  readonly lgspSentList?: boolean;
};

export type PracticeAxis = AxisControls & { readonly handle: (request: AxisRequest) => Promise<AxisAnswer> };

/**
 * An axis of one's own for practice and tests: the wire protocol of axis.md §1 over queues in a store, and over the
 * same queues a provincial broker's skin (§1.8) below `/lgsp`. It has no network of its own; a host hands it requests.
 * What it answered with OK is in the store.
 */
export function practiceAxis(options: PracticeAxisOptions): PracticeAxis {
  const store = options.store ?? memoryAxisStore();
  const { db } = store;
  const faults = createFaults(db);
  const clock: Clock = { now: () => new Date(options.clock.now().getTime() + faults.clockShift() * 60_000) };
  const mailbox = createMailbox({
    store,
    clock,
    machineClock: options.clock,
    newId: options.newId ?? randomUUID,
    failedItemsStay: options.failedItemsStay ?? false,
  });
  const registry = createRegistry({ systems: options.systems, db, clock, generated: options.generated });
  const takes = (code: string): boolean => registry.standingOf(code) === 'open';
  const counter = counterOf(mailbox, registry);
  const verbs = axisVerbs(counter, registry, {
    systems: options.systems,
    clock,
    hashForm: options.hashForm ?? 'sdk',
    clockToleranceMinutes: options.clockToleranceMinutes,
  });
  const lgsp = lgspSkin(counter, {
    systems: options.systems,
    clock,
    wrapper: options.lgspWrapper ?? 'code',
    tokenSeconds: options.lgspTokenSeconds ?? 1800,
    sentList: options.lgspSentList ?? true,
  });
  const { advance } = createPartners({
    scripts: options.partners ?? [],
    db,
    mailbox,
    clock,
    takes,
    twist: faults.twistOfDelivery,
  });

  const deliver: AxisControls['deliver'] = async (bytes, as = {}) => {
    const read = await addressesOf(bytes);
    if (!read.ok && as.to === undefined) return fail('unreadable', read.failure.params);
    const own = read.ok ? read.value : { messageType: 'edoc' as const, from: '', to: [], title: '', notation: '' };
    const to = (as.to ?? own.to).filter(takes);
    if (to.length === 0) return fail('no-receiver');
    const message = { ...own, to, messageType: as.messageType ?? own.messageType, from: as.from ?? own.from };
    const { deliveries } = mailbox.post(message, bytes, faults.twistOfDelivery());
    return ok({ docIds: deliveries.map((delivery) => delivery.docId) });
  };

  const axis: AxisControls = {
    deliver,
    inspect: () => ({ deliveries: mailbox.deliveries(), sent: mailbox.sent(), struck: faults.struck() }),
    bytesOf: mailbox.bytesOf,
    fault: (fault) => {
      faults.order(Fault.parse(fault));
    },
    chaos: (chaos) => {
      faults.chaos(chaos === null ? null : Chaos.parse(chaos));
    },
    advance,
  };
  const door = controlDoor(axis, { faults, expireLogins: lgsp.expireLogins, token: options.controlToken });

  async function handle(request: AxisRequest): Promise<AxisAnswer> {
    const url = new URL(request.path, 'http://127.0.0.1');
    const name = url.pathname.slice(url.pathname.lastIndexOf('/') + 1);
    if (url.pathname.startsWith('/practice/')) return door(name, url.searchParams, request);
    const behindBroker = lgsp.nameOf(url.pathname);
    if (behindBroker !== undefined) {
      return faults.strike(behindBroker, (twist) => lgsp.handle(request, twist), lgsp.refusal);
    }
    return faults.strike(name, (twist) => verbs(name, request, twist), refusal);
  }

  return { ...axis, handle };
}
