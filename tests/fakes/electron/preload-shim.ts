/**
 * What runs in every frame before its scripts. In the main frame the preload is run with a `require` that knows
 * `electron` only; every frame keeps the raw binding, so that a test can send from a place Electron gives no preload to.
 */
export function preloadSource(preload: string | undefined): string {
  return `(() => {
  const raw = globalThis.electronDouble;
  if (raw === undefined) return;
  globalThis.open = (url) => { raw(JSON.stringify({ open: String(new URL(url ?? 'about:blank', location.href)) })); return null; };
  // Electron asks before there is a new window; Chromium would have begun to load it by then.
  document.addEventListener('click', (event) => {
    const link = event.target.closest?.('a[target=_blank]');
    if (link == null) return;
    event.preventDefault();
    raw(JSON.stringify({ open: link.href }));
  }, true);
  const listeners = new Map();
  Object.defineProperty(globalThis, 'electronDoubleReceive', { value: (text) => {
    const { channel, values } = JSON.parse(text);
    for (const listener of listeners.get(channel) ?? []) listener({}, ...values);
    globalThis.electronDoubleHeard?.(channel, values);
  } });
  if (globalThis !== globalThis.top) return;
  delete globalThis.electronDouble;
  const electron = {
    ipcRenderer: {
      // structuredClone throws where Electron would: functions, DOM nodes, proxies.
      send: (channel, ...values) => raw(JSON.stringify({ channel, values: structuredClone(values) })),
      on: (channel, listener) => { listeners.set(channel, [...(listeners.get(channel) ?? []), listener]); },
    },
    contextBridge: {
      exposeInMainWorld: (key, api) => {
        const bridged = Object.fromEntries(Object.entries(api).map(([name, member]) => [
          name,
          // Functions cross as callbacks, everything else is cloned.
          (...values) => member(...values.map((value) => typeof value === 'function' ? value : structuredClone(value))),
        ]));
        Object.defineProperty(globalThis, key, { value: Object.freeze(bridged), enumerable: true });
      },
    },
  };
  const require = (name) => { if (name !== 'electron') throw new Error('a sandboxed preload cannot require ' + name); return electron; };
  const module = { exports: {} };
  // The page's policy forbids eval, so the text of the preload is part of this script.
  (function (require, module, exports) {
${preload ?? ''}
  })(require, module, module.exports);
})()`;
}
