/** How much of a batch is in hand at once: files, and bytes of copies on the disk that have no name yet. */
const most = { files: 8, bytes: 512 * 1024 * 1024 };

/** Lets a file in when there is room for it; one alone may be of any size. */
export type LookAhead = {
  /** Waits for room, one at a time; answers how to leave. */
  readonly enter: (bytes: number) => Promise<() => void>;
};

export function lookAhead(bounds = most): LookAhead {
  let files = 0;
  let bytes = 0;
  let wake: (() => void) | undefined;
  return {
    async enter(size) {
      while (files > 0 && (files >= bounds.files || bytes + size > bounds.bytes)) await new Promise<void>((resolve) => (wake = resolve));
      files += 1;
      bytes += size;
      return () => {
        files -= 1;
        bytes -= size;
        wake?.();
      };
    },
  };
}
