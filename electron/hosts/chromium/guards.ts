import { TargetType, type Browser, type CDPSession, type Page, type Target } from 'puppeteer-core';
import { wholeBody, type AssetResponse, type Serve } from '../shell/assets.ts';

/**
 * Where the window's page seems to live. `.invalid` is reserved never to exist (RFC 2606 §2): without interception
 * there is nothing to reach. `https` makes it a secure context without a certificate or a port.
 */
export const origin = 'https://tram.invalid';
export const home = `${origin}/`;

/** Arguments that keep the browser from doing anything by itself. */
export const quietArguments: readonly string[] = [
  // Every name and every address literal fails to resolve, in every process of this browser.
  '--host-resolver-rules=MAP * ~NOTFOUND',
  // UDP to an address literal would not ask the resolver.
  '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--no-first-run',
  '--no-default-browser-check',
  '--no-pings',
  '--disable-background-networking',
  '--disable-background-mode',
  '--disable-breakpad',
  '--disable-client-side-phishing-detection',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--disable-extensions',
  '--disable-gpu',
  '--disable-quic',
  '--disable-search-engine-choice-screen',
  '--disable-sync',
  '--metrics-recording-only',
  '--password-store=basic',
  '--block-new-web-contents',
  // The browser's own dictionary would be downloaded, and translation would offer to send the page away.
  '--disable-features=Translate,SpellcheckService,OptimizationHints,MediaRouter,InterestFeedContentSuggestions',
];

/** Denies every permission to our page. This command refuses all that are not listed, also those yet to be invented. */
export async function denyPermissions(browser: Browser): Promise<void> {
  const session = await browser.target().createCDPSession();
  await session.send('Browser.grantPermissions', { origin, permissions: [] });
  // The session stays: the browser forgets the answer together with it.
}

/** Closes every page that is not the station's window: pop-ups, links to new windows, tabs somebody opened. */
export function keepOnePage(browser: Browser, own: Page, log: (line: string) => void): void {
  async function closeOther(target: Target): Promise<void> {
    if (target.type() !== TargetType.PAGE) return;
    const page = await target.page();
    if (page === null || page === own) return;
    log(`a second page was closed: ${target.url()}`);
    await page.close();
  }
  const close = (target: Target): void => {
    // It may be gone by itself before it is closed.
    closeOther(target).catch(() => undefined);
  };
  browser.on('targetcreated', close);
  browser.on('targetchanged', close);
}

/** Brings the window back when something led its main frame away, to `about:blank` for instance. */
export function keepHome(page: Page, log: (line: string) => void): void {
  page.on('framenavigated', (frame) => {
    if (frame !== page.mainFrame() || isHome(frame.url())) return;
    log(`the window was led away and brought back: ${frame.url().slice(0, 200)}`);
    void page.goto(home).catch(() => undefined);
  });
}

/** True for the window's page, whatever view it shows. */
function isHome(url: string): boolean {
  return url === home || url.startsWith(`${home}#`) || url.startsWith(`${home}?`);
}

type Paused = {
  readonly requestId: string;
  readonly frameId: string;
  readonly resourceType: string;
  readonly request: { readonly url: string; readonly method: string; readonly headers: Readonly<Record<string, string>> };
};

/** Answers every request of the page and its workers from `serve`, and fails all that go elsewhere. */
export async function interceptRequests(
  session: CDPSession,
  mainFrameId: string,
  serve: Serve,
  log: (line: string) => void,
): Promise<void> {
  session.on('Fetch.requestPaused', (paused: Paused) => {
    answer(paused).catch((error: unknown) => {
      // The page went away while its request was answered.
      log(`a request was not answered: ${error instanceof Error ? error.message : String(error)}`);
    });
  });
  await session.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] });

  async function answer(paused: Paused): Promise<void> {
    const { requestId, request } = paused;
    if (!mayLoad(paused)) {
      await session.send('Fetch.failRequest', { requestId, errorReason: paused.resourceType === 'Document' ? 'Aborted' : 'BlockedByClient' });
      return;
    }
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]));
    // Saving a file is asked for like a document. It must never be shown in the window's place.
    const saved = paused.resourceType === 'Document' && !isHome(request.url);
    let body: Uint8Array;
    let served: AssetResponse;
    try {
      served = await serve({ method: request.method, path: request.url.slice(origin.length), headers });
      body = await wholeBody(served.body);
    } catch {
      // A file that turned out damaged half-way is a failed request, not a short file.
      await session.send('Fetch.failRequest', { requestId, errorReason: 'Failed' });
      return;
    }
    await session.send('Fetch.fulfillRequest', {
      requestId,
      responseCode: served.status,
      responseHeaders: Object.entries(served.headers).map(([name, value]) => ({ name, value: saved ? forSaving(name, value) : value })),
      body: Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('base64'),
    });
  }

  function mayLoad(paused: Paused): boolean {
    const { url } = paused.request;
    if (!url.startsWith(home)) return false;
    // A document is the window's page in the window's main frame, or a stored file that is saved, and nothing else.
    return paused.resourceType !== 'Document' || (paused.frameId === mainFrameId && (isHome(url) || url.startsWith(`${home}files/`)));
  }
}

function forSaving(name: string, value: string): string {
  return name.toLowerCase() === 'content-disposition' ? value.replace(/^inline\b/, 'attachment') : value;
}
