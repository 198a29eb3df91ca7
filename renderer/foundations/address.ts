import { useSyncExternalStore } from 'react';

export const sections = ['incoming', 'outgoing', 'outbox', 'dossiers', 'search', 'token', 'settings', 'duties', 'printing', 'board', 'intake', 'legacy', 'signing', 'setup'] as const;
export type Section = (typeof sections)[number];

/** Where the window is: a section and what is chosen in it. Lives in the address so that a view can be reopened. */
export type Address = {
  readonly section: Section;
  readonly params: Readonly<Record<string, string>>;
};

/** Reads `#/incoming?state=arrived&id=…`. What it does not know leads to the incoming documents. */
function parseAddress(hash: string): Address {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const section = sections.find((name) => name === path) ?? 'incoming';
  return { section, params: Object.fromEntries(new URLSearchParams(query)) };
}

/** Writes an address; empty values are left out. */
export function formatAddress(section: Section, params: Readonly<Record<string, string | null>> = {}): string {
  const kept = Object.entries(params).filter((entry): entry is [string, string] => (entry[1] ?? '') !== '');
  const query = new URLSearchParams(kept).toString();
  return query === '' ? `#/${section}` : `#/${section}?${query}`;
}

let seen: string | undefined;
let current: Address = { section: 'incoming', params: {} };

function readAddress(): Address {
  if (location.hash !== seen) {
    seen = location.hash;
    current = parseAddress(seen);
  }
  return current;
}

/** Whether the window was just opened, at no place in particular. */
export function isUnaddressed(): boolean {
  return location.hash === '';
}

const watchers = new Set<() => void>();

function watch(changed: () => void): () => void {
  watchers.add(changed);
  addEventListener('hashchange', changed);
  return () => {
    watchers.delete(changed);
    removeEventListener('hashchange', changed);
  };
}

/** The address, followed. */
export function useAddress(): Address {
  return useSyncExternalStore(watch, readAddress);
}

// A section keeps its filter and chosen document while the clerk looks elsewhere.
const lastOf = new Map<Section, string>();

/** Goes to a section, by default to where it was left. */
export function goTo(section: Section, params?: Readonly<Record<string, string | null>>): void {
  const here = readAddress();
  // A window that was just opened stands at its first section without an address.
  lastOf.set(here.section, isUnaddressed() ? formatAddress(here.section) : location.hash);
  const hash = params === undefined ? (lastOf.get(section) ?? formatAddress(section)) : formatAddress(section, params);
  history.pushState(null, '', hash);
  for (const changed of watchers) changed();
}

/** Where a section was left; where it stands when it is the present one. */
export function lastAddressOf(section: Section): Address {
  const here = readAddress();
  return here.section === section ? here : parseAddress(lastOf.get(section) ?? formatAddress(section));
}

/** Changes what is chosen in the present section, without a step in the history. */
export function adjustAddress(params: Readonly<Record<string, string | null>>): void {
  const here = readAddress();
  history.replaceState(null, '', formatAddress(here.section, { ...here.params, ...params }));
  for (const changed of watchers) changed();
}
