// A window of the tests' own: raw messages over the host's carrier, without React.
const waiting = new Map();
globalThis.heard = [];
globalThis.coreClosed = 0;
let lastId = 0;

globalThis.tvt.listen(
  (message) => {
    if (message.kind === 'event') globalThis.heard.push(message);
    else waiting.get(message.id)?.(message.outcome);
    waiting.delete(message.id);
  },
  () => {
    globalThis.coreClosed += 1;
    for (const answer of waiting.values()) answer({ ok: false, failure: { code: 'core-gone' } });
  },
);

globalThis.call = (domain, method, input) =>
  new Promise((resolve) => {
    const id = ++lastId;
    waiting.set(id, resolve);
    globalThis.tvt.send({ kind: 'call', id, domain, method, input });
  });

globalThis.subscribe = (domain, event) => {
  const id = ++lastId;
  globalThis.tvt.send({ kind: 'subscribe', id, domain, event });
  return id;
};

globalThis.ready = true;
