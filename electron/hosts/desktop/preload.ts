import { contextBridge, ipcRenderer } from 'electron';
import type { Carrier, ToWindow } from '#contract';
import { channels } from './channels.ts';

// Marks this load of the page, so that an answer to the page before a reload is not taken for one of ours.
const load = `${performance.timeOrigin}-${Math.random()}`;
const listeners: { readonly onMessage: (message: ToWindow) => void; readonly closed: () => void }[] = [];
let coreClosed = false;

ipcRenderer.on(channels.toWindow, (_event, forLoad: unknown, text: string) => {
  if (forLoad !== load) return;
  const message = JSON.parse(text) as ToWindow;
  for (const listener of listeners) listener.onMessage(message);
});
ipcRenderer.on(channels.coreClosed, () => {
  if (coreClosed) return;
  coreClosed = true;
  for (const listener of listeners) listener.closed();
});

// The whole of what the page gets: two functions and no way to name a channel.
const carrier: Carrier = {
  send(message) {
    ipcRenderer.send(channels.toCore, load, message);
  },
  listen(onMessage, closed) {
    listeners.push({ onMessage, closed });
    if (coreClosed) closed();
  },
};
contextBridge.exposeInMainWorld('tvt', carrier);
