import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { join } from 'node:path';
import {
  clientOver,
  contract,
  events,
  dispatcherFor,
  type Carrier,
  type Contract,
  type ContractClient,
  type Conversation,
  type Dispatcher,
  type Events,
  type EventSources,
  type Handlers,
  type Outcome,
  type ToCore,
  type ToWindow,
} from '#contract';
import { startCore } from '../../electron/hosts/compose.ts';
import { figure, median, timings, type Figure } from './figures.ts';
import { profileWithDocuments } from './profile.ts';

const runs = 400;
const page = { state: null, before: null, limit: 200 };

/** Contract round trips of a 200-row answer read from a real register, each against its bare medium. */
export async function carrierFigures(scratch: string): Promise<readonly Figure[]> {
  const profile = profileWithDocuments(join(scratch, 'carriers'), 200);
  const core = await startCore({
    profileDir: profile.folder,
    key: { ok: true, value: profile.key },
    practice: false,
    version: '0.1.0',
    log: () => undefined,
    background: false,
  });
  try {
    const direct = clientOver(contract, events, inProcess(core.dispatcher));
    const { port1, port2 } = new MessageChannel();
    const cloned = clientOver(contract, events, overPort(core.dispatcher, port1, port2));
    const answer = await core.dispatcher.answer('records', 'incomingList', page, 'own-window');
    const bare = median(await timings(runs, () => core.dispatcher.answer('records', 'incomingList', page, 'own-window')));
    const prepared = clientOver(contract, events, inProcess(dispatcherWith(answer)));
    const preparedMs = median(await timings(runs, () => trip(prepared)));
    const clone = median(await timings(runs, () => structuredClone(answer)));
    const inProcessMs = median(await timings(runs, () => trip(direct)));
    const clonedMs = median(await timings(runs, () => trip(cloned)));
    port1.close();
    return [
      figure({
        name: 'round trip in process, 200 rows, p50',
        value: preparedMs,
        unit: 'ms',
        reference: 'structuredClone of the answer (ms)',
        referenceValue: clone,
        target: '≤ 0.2 ms',
        met: preparedMs <= 0.2,
      }),
      figure({
        name: 'the same with the register query behind it, p50',
        value: inProcessMs,
        unit: 'ms',
        reference: 'the handler with its query (ms)',
        referenceValue: bare,
        target: '≤ 1.5 × handler',
        met: inProcessMs <= 1.5 * bare,
      }),
      figure({
        name: 'round trip over a structured-clone port, 200 rows, p50',
        value: clonedMs,
        unit: 'ms',
        reference: 'handler + one structuredClone (ms)',
        referenceValue: bare + clone,
        target: '≤ 5 ms',
        met: clonedMs <= 5,
      }),
    ];
  } finally {
    await core.close();
  }
}

/** A core that has its answer ready, so that the contract is measured and not the query. */
function dispatcherWith(answer: Outcome<unknown, string>): Dispatcher {
  return dispatcherFor(
    contract,
    { records: { incomingList: () => answer } } as unknown as Handlers<Contract>,
    events,
    { station: {}, records: {}, exchange: {} } as unknown as EventSources<Events>,
    { incident: () => '' },
  );
}

async function trip(client: ContractClient<Contract, Events>): Promise<void> {
  const outcome = await client.call.records.incomingList(page);
  if (!outcome.ok || outcome.value.items.length !== 200) throw new Error('not 200 rows');
}

function inProcess(dispatcher: Dispatcher): Carrier {
  let conversation: Conversation | undefined;
  return {
    send: (message) => conversation?.receive(message, 'own-window'),
    listen: (onMessage) => {
      conversation = dispatcher.converse(onMessage);
    },
  };
}

function overPort(dispatcher: Dispatcher, window: MessagePort, core: MessagePort): Carrier {
  const conversation = dispatcher.converse((message) => {
    core.postMessage(message);
  });
  core.on('message', (message: unknown) => {
    conversation.receive(message, 'own-window');
  });
  return {
    send: (message: ToCore) => {
      window.postMessage(message);
    },
    listen: (onMessage) => {
      window.on('message', (message: ToWindow) => {
        onMessage(message);
      });
    },
  };
}
