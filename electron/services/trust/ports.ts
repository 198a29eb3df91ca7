import type { Outcome } from '#contract';

/** One HTTP call to a service of a certification authority. */
export type TrustRequest = {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array | null;
  /** for the whole call */
  readonly timeoutMs: number;
  /** longest silence */
  readonly idleMs: number;
  /** always: these services are spoken to over plain HTTP, what they say is signed */
  readonly allowPlainHttp: true;
  readonly maxBytes: number;
  /** asking twice does no harm */
  readonly repeatable: true;
};

/** Why there is no answer; in the words of the network door (`platform/http`), and `detail` is the system's error code. */
export type NoAnswer = { readonly code: 'no-answer'; readonly cause: string; readonly detail: string };

/** An answer whose body is still on its way; after a failure nothing follows. */
export type TrustAnswer = {
  readonly status: number;
  /** names in lower case */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: AsyncIterable<Outcome<Uint8Array, string>>;
  readonly abort: () => void;
};

/**
 * The way to the network. `httpClient` of platform/http fills it as it is; a host that has a proxy adds the route.
 * Whoever gets an answer reads its body or aborts it.
 */
export type TrustHttp = (request: TrustRequest) => Promise<Outcome<TrustAnswer, string>>;

/** What was fetched and may be used again. Keys are made here; what is read back is checked again like a fresh answer. */
export type TrustCache = {
  /** undefined also when `until` has passed */
  readonly get: (key: string, now: Date) => Uint8Array | undefined;
  readonly put: (key: string, bytes: Uint8Array, until: Date) => void;
};

/** Old host name of a service, with port where it has one, and the one that is asked instead. */
export type HostTable = Readonly<Record<string, string>>;
