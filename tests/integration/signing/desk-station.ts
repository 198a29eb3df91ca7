import type { Contract, GivenPin, InputOf, Outcome, OutputOf, SigningProgress } from '#contract';
import type { Core } from '../../../electron/hosts/compose.ts';
import { pin } from '../../token/soft-token.ts';

type Methods<D extends keyof Contract> = Contract[D];

/** A station at whose window somebody signs, with tokens of the test PKI. */
export type DeskStation = {
  readonly folder: string;
  readonly core: Core;
  readonly ask: <D extends keyof Contract, M extends keyof Contract[D] & string>(domain: D, method: M, input: InputOf<Methods<D>[M]>) => Promise<Outcome<OutputOf<Methods<D>[M]>, string>>;
  readonly must: <D extends keyof Contract, M extends keyof Contract[D] & string>(domain: D, method: M, input: InputOf<Methods<D>[M]>) => Promise<OutputOf<Methods<D>[M]>>;
  readonly progress: () => SigningProgress | null;
  /** every change of the batch's progress, in order */
  readonly told: SigningProgress[];
  /** Waits until the running batch has ended. */
  readonly ended: () => Promise<SigningProgress>;
};

/** A core asked as its window asks it; `heard`: told of each change of a batch. */
export function stationOver(folder: string, core: Core, heard: (progress: SigningProgress) => void = () => undefined): DeskStation {
  const told: SigningProgress[] = [];
  let current: SigningProgress | null = null;
  const conversation = core.dispatcher.converse((message) => {
    if (message.kind !== 'event') return;
    const { type, value } = message.item as { readonly type: string; readonly value: SigningProgress | null };
    if (type === 'snapshot' || value === null) current = value;
    else {
      told.push(value);
      const before = current?.id === value.id ? current.items.filter(({ id }) => !value.items.some((one) => one.id === id)) : [];
      current = { ...value, items: [...before, ...value.items] };
      heard(value);
    }
  });
  conversation.receive({ kind: 'subscribe', id: 1, domain: 'signing', event: 'progress' }, 'own-window');
  const ask = async (domain: string, method: string, input: unknown): Promise<Outcome<unknown, string>> => core.dispatcher.answer(domain, method, input, 'own-window');
  return {
    folder,
    core,
    told,
    ask: ask as DeskStation['ask'],
    must: (async (domain: string, method: string, input: unknown) => {
      const outcome = await ask(domain, method, input);
      if (!outcome.ok) throw new Error(`${domain}.${method}: ${JSON.stringify(outcome.failure)}`);
      return outcome.value;
    }) as DeskStation['must'],
    progress: () => current,
    ended: async () => {
      for (;;) {
        if (current !== null && current.endedAt !== null) return current;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
  };
}

/** The token with this label and its one certificate that signs. */
export async function deviceOf({ must }: DeskStation, label: 'Lãnh đạo' | 'Cơ quan'): Promise<{ readonly device: string; readonly certificate: string }> {
  const state = await must('tokens', 'look', {});
  const found = state.devices.find(({ token }) => token?.label === label);
  const certificate = found?.certificates.find(({ privateKey }) => privateKey !== 'none')?.sha256;
  if (found === undefined || certificate === undefined) throw new Error(JSON.stringify(state));
  return { device: found.id, certificate };
}

export const typed = (text = pin): GivenPin => ({ kind: 'typed', pin: [...new TextEncoder().encode(text)], finalTryAccepted: false, asTyped: false });
