import { entropy } from './entropy.ts';

type IdMaker = {
  readonly make: () => string;
  /** What is made from now on sorts after `id`, which another process made, perhaps by a clock that was ahead; '' is nothing. */
  readonly goOnAfter: (id: string) => void;
};

/** Makes UUIDv7 (RFC 9562 §5.7): ids made later sort later, also within one millisecond of one process. */
export function idMaker(nowMs: () => number = Date.now): IdMaker {
  let lastMs = 0;
  let counter = 0;
  const make = (): string => {
    const now = nowMs();
    // rand_a holds a counter (RFC 9562 §6.2 method 1). It never runs backwards, even when the clock does.
    if (now > lastMs) {
      lastMs = now;
      counter = entropy(2).readUInt16BE(0) & 0x7ff;
    } else if (++counter > 0xfff) {
      lastMs += 1;
      counter = 0;
    }
    const bytes = entropy(16);
    bytes.writeUIntBE(lastMs, 0, 6);
    bytes.writeUInt16BE(0x7000 | counter, 6);
    bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
    return hyphened(bytes);
  };
  const goOnAfter = (id: string): void => {
    const ms = Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
    if (!(ms >= lastMs)) return;
    lastMs = ms;
    // The next one begins a millisecond of its own.
    counter = 0xfff;
  };
  return { make, goOnAfter };
}

/** The process's own maker. */
export const { make: newId, goOnAfter: goOnAfterId } = idMaker();

/**
 * A UUIDv7 of an instant of the past, so that what is entered late still sorts by its own time. It does not touch the order of
 * `newId`. Before 1970 there is none; those days sort first.
 */
export function idAt(ms: number): string {
  const bytes = entropy(16);
  bytes.writeUIntBE(Math.max(0, ms), 0, 6);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return hyphened(bytes);
}

function hyphened(bytes: Buffer): string {
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
