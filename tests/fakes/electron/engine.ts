import { launch, type Browser } from 'puppeteer-core';
import { findBrowser } from '../../../electron/hosts/chromium/find-browser.ts';

let starting: Promise<Browser> | undefined;

/** The one Chromium of this process. It may reach the network: only the product's guards stop it. */
export function startBrowser(): Promise<Browser> {
  starting ??= launch({
    executablePath: findBrowser() ?? '/usr/bin/chromium',
    pipe: true,
    headless: true,
    defaultViewport: { width: 1360, height: 860 },
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--use-fake-device-for-media-stream',
      // Newer Chromium refuses 127.0.0.1 to pages by itself; here the product must be what refuses.
      '--disable-features=LocalNetworkAccessChecks',
    ],
  });
  return starting;
}

export async function closeBrowser(): Promise<void> {
  const browser = await starting?.catch(() => undefined);
  await browser?.close().catch(() => undefined);
}
