import { expect, test } from 'vitest';
import { clientOver, contract, events, type Carrier, type ToCore, type ToWindow } from '#contract';

test('a lost event is noticed by its number, and the stream begins again with a snapshot', () => {
  const sent: ToCore[] = [];
  let receive: (message: ToWindow) => void = () => undefined;
  const carrier: Carrier = {
    send: (message) => sent.push(message),
    listen: (onMessage) => {
      receive = onMessage;
    },
  };
  const heard: unknown[] = [];
  const end = clientOver(contract, events, carrier).on.records.incoming((item) => heard.push(item.value));
  const [first] = sent;
  if (first?.kind !== 'subscribe') throw new Error('not subscribed');
  const event = (id: number, seq: number, type: 'snapshot' | 'change', value: unknown): ToWindow => ({
    kind: 'event',
    id,
    seq,
    item: { type, value },
  });
  receive(event(first.id, 0, 'snapshot', 'a'));
  receive(event(first.id, 1, 'change', 'b'));
  receive(event(first.id, 3, 'change', 'd'));
  expect(heard).toEqual(['a', 'b']);
  expect(sent.slice(1).map((message) => message.kind)).toEqual(['unsubscribe', 'subscribe']);
  const again = sent.at(-1);
  if (again?.kind !== 'subscribe') throw new Error('not subscribed again');
  expect(again).toMatchObject({ domain: 'records', event: 'incoming' });
  // What is still on the way to the old subscription is not heard.
  receive(event(first.id, 4, 'change', 'e'));
  receive(event(again.id, 0, 'snapshot', 'A'));
  expect(heard).toEqual(['a', 'b', 'A']);
  end();
  expect(sent.at(-1)).toEqual({ kind: 'unsubscribe', id: again.id });
});
