import { createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';

/** Keys of one profile, each derived from the 32-byte master key by HKDF-SHA256 (RFC 5869) with its own label. */
export type ProfileKeys = {
  readonly database: Buffer;
  readonly blobs: Buffer;
  /** proves that a backup's manifest was written by who has the master key */
  readonly backup: Buffer;
  readonly check: string;
};

/** Derives the profile's keys. `check` tells a wrong key from a damaged file without opening either. */
export function deriveKeys(master: Uint8Array): ProfileKeys {
  if (master.length !== 32) throw new Error('the master key must have 32 bytes');
  const derive = (label: string): Buffer => Buffer.from(hkdfSync('sha256', master, '', label, 32));
  return {
    database: derive('tram-van-thu/database/1'),
    blobs: derive('tram-van-thu/blobs/1'),
    backup: derive('tram-van-thu/backup/1'),
    check: createHmac('sha256', derive('tram-van-thu/key-check/1')).update('key-check').digest('hex').slice(0, 32),
  };
}

/** Key of one stored file: its own salt, so that no nonce can meet another file's. */
export function blobKey(blobs: KeyObject, salt: Uint8Array): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', blobs, salt, 'tram-van-thu/blob/1', 32)));
}
