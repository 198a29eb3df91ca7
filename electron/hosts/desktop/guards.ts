import type { App, Session, WebContents } from 'electron';
import { home, isHome, unlockHome } from './channels.ts';

/** What must be said before Electron is ready. */
export function guardEngine(app: App): void {
  app.enableSandbox();
  // No name is ever looked up by the window's process, so that nothing the engine does by itself reaches a network.
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
  app.commandLine.appendSwitch('disable-background-networking');
  app.commandLine.appendSwitch('disable-component-update');
  app.commandLine.appendSwitch('disable-quic');
  app.on('web-contents-created', (_event, contents) => {
    guardContents(contents);
  });
}

/** Denies every permission, every device and every address that is not our own. */
export function guardSession(session: Session, packaged: boolean): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => {
    answer(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  // The spelling dictionaries would be fetched from the internet.
  session.setSpellCheckerEnabled(false);
  session.webRequest.onBeforeRequest((details, answer) => {
    answer({ cancel: !mayLoad(details.url, packaged) });
  });
  session.on('will-download', (event, item) => {
    const url = item.getURL();
    if (!url.startsWith(`${home}files/`) && !url.startsWith(`blob:${home}`)) event.preventDefault();
  });
}

function mayLoad(url: string, packaged: boolean): boolean {
  if (url.startsWith(home) || url.startsWith(unlockHome)) return true;
  if (url.startsWith(`blob:${home}`) || url.startsWith('data:')) return true;
  // The developer tools load themselves; they cannot be opened in the packaged product.
  return !packaged && url.startsWith('devtools://');
}

/** Keeps every web contents on the page it was opened with. */
function guardContents(contents: WebContents): void {
  const stay = (event: { readonly url: string; readonly preventDefault: () => void }): void => {
    if (!mayGo(contents.getURL(), event.url)) event.preventDefault();
  };
  contents.on('will-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-frame-navigate', (event) => {
    // The page has no sub-frames; one that appears may show nothing.
    if (!event.isMainFrame) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
  });
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
}

function mayGo(from: string, to: string): boolean {
  if (isHome(from)) return isHome(to);
  return from.startsWith(unlockHome) && to.startsWith(unlockHome);
}
