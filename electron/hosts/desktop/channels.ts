/** The only channels between window and shell; `preload.ts` is the other end. */
export const channels = {
  /** window → shell: load, message */
  toCore: 'tvt:to-core',
  /** shell → window: load, message */
  toWindow: 'tvt:to-window',
  /** shell → window: the core ended */
  coreClosed: 'tvt:core-closed',
} as const;

/** Address of the window's page. The scheme is ours alone; nothing else is served under it. */
export const home = 'app://tram/';
/** Address of the page that asks for the passphrase. */
export const unlockHome = 'app://mo-khoa/';

/** True for the window's page, whatever view it shows. */
export function isHome(url: string): boolean {
  return url === home || url.startsWith(`${home}#`) || url.startsWith(`${home}?`);
}
