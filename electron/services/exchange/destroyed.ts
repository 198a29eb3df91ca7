import { createHash } from 'node:crypto';
import { instantOf, type Clock } from '../../foundation/clock.ts';
import { BlobDamaged, type Store } from '../../store/index.ts';
import { appendAudit } from '../audit/index.ts';
import { sameAgency } from './agency-code.store.ts';
import { apartCopies, countAsCopy, filesOfRecalled, isInUse, messagesOfRecalled } from './destroyed.store.ts';
import { readEdxml } from './edxml/read.ts';
import { handedInBy } from './filing.ts';

/**
 * Destroys what a recall that was agreed to takes back (QĐ 28/2018 art. 9.2: the receiver destroys the document in the
 * system): the bytes of its files, of the messages that carried it, an update or the recall itself, of what those carry,
 * and the same of the issuer's messages under its id that are kept apart; unless something that stands has the same
 * content. Names, hashes and the log stay (NĐ 30/2020 annex VI III.8). Run after a decision and at every start, as a
 * crash may come between; never while messages are taken in, whose files are on disk before the row that names them.
 */
export async function sweepDestroyed(store: Store, clock: Clock): Promise<void> {
  const { read, blobs } = store;
  const copies = apartCopies(read).filter((one) => sameAgency(read, one.sender, one.issuer) && handedInBy({ db: read, from: one.handedBy }, one.sender));
  if (copies.length > 0) {
    store.write((db) => {
      for (const copy of copies) {
        const { id, document, reason, sha256 } = copy;
        countAsCopy(db, copy);
        appendAudit(db, {
          at: instantOf(clock),
          actor: 'station',
          action: 'message.destroyed',
          subjectKind: 'incoming-document',
          subjectId: document,
          detail: { message: id, reason, sha256 },
        });
      }
    });
  }
  const remove = async (sha256: string): Promise<void> => {
    // What earlier recalls destroyed is gone already, and asking about it anew at each start would take ever longer.
    if (blobs.has(sha256) && !isInUse(read, sha256)) await blobs.remove(sha256);
  };
  for (const sha256 of filesOfRecalled(read)) await remove(sha256);
  for (const sha256 of messagesOfRecalled(read)) {
    if (!blobs.has(sha256)) continue;
    // A message last: only it tells what it carries.
    for (const attachment of await carriedBy(store, sha256)) await remove(attachment);
    await remove(sha256);
  }
}

/** Hashes of the attachments of a stored message, as far as it can be read. */
async function carriedBy({ blobs }: Store, message: string): Promise<string[]> {
  const found: string[] = [];
  const open = (): ReturnType<Parameters<typeof readEdxml>[1]> => {
    const hash = createHash('sha256');
    return {
      write: async (piece) => void hash.update(piece),
      close: async () => void found.push(hash.digest('hex')),
      abort: async () => undefined,
    };
  };
  try {
    await readEdxml(blobs.pieces(message), open);
  } catch (error) {
    if (!(error instanceof BlobDamaged)) throw error;
  }
  return found;
}
