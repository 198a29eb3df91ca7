import { ipcMain, type IpcMainEvent, type WebContents, type WebFrameMain } from 'electron';
import type { CoreLink, LinkConversation } from '../shell/core-link.ts';
import { strangerAnswer } from '../shell/door.ts';
import { channels, isHome } from './channels.ts';

/**
 * Carries messages between the station's window and the core. Every message is judged by its sender: only the main
 * frame of our own window, showing our own page, is served; anyone else is answered with `wrong-sender`.
 */
export function attachIpcCarrier(contents: WebContents, link: CoreLink): void {
  let load: string | undefined;
  let conversation: LinkConversation | undefined;
  let coreOver = false;

  function end(): void {
    conversation?.end();
    conversation = undefined;
    load = undefined;
  }

  function tellClosed(): void {
    if (!contents.isDestroyed()) contents.send(channels.coreClosed);
  }

  function start(newLoad: string): LinkConversation {
    end();
    load = newLoad;
    conversation = link.startConversation((text) => {
      if (!contents.isDestroyed()) contents.send(channels.toWindow, newLoad, text);
    });
    return conversation;
  }

  function onMessage(event: IpcMainEvent, fromLoad: unknown, message: unknown): void {
    if (!isOwnWindow(event, contents)) {
      const answer = strangerAnswer(message);
      if (answer !== undefined) event.senderFrame?.send(channels.toWindow, fromLoad, JSON.stringify(answer));
      return;
    }
    if (typeof fromLoad !== 'string') return;
    if (coreOver) {
      // A page that was loaded after the core ended has not heard of it.
      tellClosed();
      return;
    }
    const current = fromLoad === load && conversation !== undefined ? conversation : start(fromLoad);
    current.receive(message, 'own-window');
  }

  ipcMain.on(channels.toCore, onMessage);
  contents.on('render-process-gone', end);
  contents.once('destroyed', () => {
    ipcMain.off(channels.toCore, onMessage);
    end();
  });
  void link.closed.then(() => {
    coreOver = true;
    tellClosed();
  });
}

function isOwnWindow(event: IpcMainEvent, contents: WebContents): boolean {
  const frame = event.senderFrame;
  if (contents.isDestroyed() || event.sender.id !== contents.id || frame === null) return false;
  return isSameFrame(frame, contents.mainFrame) && frame.parent === null && isHome(frame.url);
}

function isSameFrame(a: WebFrameMain, b: WebFrameMain): boolean {
  return a.processId === b.processId && a.routingId === b.routingId;
}
