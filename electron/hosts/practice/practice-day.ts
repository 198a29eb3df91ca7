import { Readable } from 'node:stream';
import { clientOver, contract, events, type Carrier, type Contract, type ContractClient, type Conversation, type Events } from '#contract';
import { systemClock } from '../../foundation/clock.ts';
import type { DayPorts, PracticeControl } from '../../services/practice/index.ts';
import { documentFonts } from '../document-fonts.ts';
import type { Core } from '../core.ts';

/** What the practice day needs, over a practice core that does nothing by itself. */
export function dayPorts(core: Core, control: PracticeControl, ends: Pick<DayPorts, 'say' | 'keep'>): DayPorts {
  return {
    client: clientOf(core).call,
    control,
    clock: systemClock,
    fonts: documentFonts(),
    readFile: (id) => wholeFile(core, id),
    hasFile: async (id) => (await core.readFile(id, 0, 1)).ok,
    storeFile: (bytes) => core.storeFile(Readable.from([bytes])),
    ...ends,
  };
}

/** A core asked as its own window asks it. */
export function clientOf(core: Core): ContractClient<Contract, Events> {
  return clientOver(contract, events, carrierTo(core));
}

function carrierTo(core: Core): Carrier {
  let conversation: Conversation | undefined;
  return {
    send: (message) => conversation?.receive(message, 'own-window'),
    listen: (onMessage) => {
      conversation = core.dispatcher.converse(onMessage);
    },
  };
}

/** Files of the day are small, so one piece holds each. */
export async function wholeFile(core: Core, id: string): Promise<Uint8Array> {
  const file = await core.readFile(id, 0, 64 * 1024 * 1024);
  if (!file.ok) throw new Error(`the practice day cannot read a file: ${file.failure.code}`);
  return file.value.bytes;
}
