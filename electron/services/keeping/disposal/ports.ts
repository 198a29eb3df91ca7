/** What destroying needs from other parts of the station. The host provides it. */
export type DestroyPorts = {
  /** Does something while nothing is taken in or sent: what comes lies on disk before the row that names it. */
  readonly whileQuiet: <T>(work: () => Promise<T>) => Promise<T>;
  /** Takes what the search index still holds of texts that are gone out of it, for good. */
  readonly purgeIndex: () => Promise<void>;
};

/** Where destroying is; tests end the process there. */
export type DestroyStep = 'dossier-marked' | 'bytes-removed' | 'bytes-noted' | 'dossier-destroyed' | 'index-purged' | 'ended';
