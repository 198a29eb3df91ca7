import { createHash } from 'node:crypto';
import { bytesSource, readEdxml, type EdxmlDocument, type EdxmlMessage, type EdxmlStatus } from '../../exchange/index.ts';
import type { PracticeControl } from '../axis/control-client.ts';
import type { Delivery } from '../axis/axis.store.ts';
import { practiceAgency } from '../practice-office.ts';

/** A message as it lies on the axis, and what it says. */
export type SeenMessage<M extends EdxmlMessage = EdxmlMessage> = {
  readonly docId: string;
  readonly to: readonly string[];
  readonly bytes: Uint8Array;
  /** of the whole message, lower-case hex */
  readonly sha256: string;
  readonly message: M;
  /** of the attachments in their order, lower-case hex */
  readonly files: readonly string[];
};

/** The other side of every claim: what reached the axis, read from its own copies. */
export type AxisView = {
  /** Everything that we sent, oldest first. */
  readonly sent: () => Promise<readonly SeenMessage[]>;
  /** Our messages about one of our documents, by its DocumentId. */
  readonly documents: (documentId: string) => Promise<readonly SeenMessage<EdxmlDocument>[]>;
  /** Our statuses about a document, whoever's it is. */
  readonly statuses: (documentId: string) => Promise<readonly SeenMessage<EdxmlStatus>[]>;
  /** What lies there for us. */
  readonly forUs: () => Promise<readonly Delivery[]>;
  /** Who has taken a message of ours in, of those it went to. */
  readonly takenInBy: (docId: string) => Promise<readonly string[]>;
};

export function axisView(control: PracticeControl): AxisView {
  const read = new Map<string, SeenMessage>();

  async function seen(docId: string, to: readonly string[]): Promise<SeenMessage> {
    const known = read.get(docId);
    if (known !== undefined) return known;
    const bytes = await control.bytesOf(docId);
    const files: string[] = [];
    const outcome = await readEdxml(bytesSource(bytes), () => {
      const hash = createHash('sha256');
      return {
        write: (piece) => {
          hash.update(piece);
          return Promise.resolve();
        },
        close: () => {
          files.push(hash.digest('hex'));
          return Promise.resolve();
        },
        abort: () => Promise.resolve(),
      };
    });
    if (!outcome.ok) throw new Error(`a message of ours on the axis cannot be read: ${outcome.failure.code}`);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const message = { docId, to, bytes, sha256, message: outcome.value, files };
    read.set(docId, message);
    return message;
  }

  const sent: AxisView['sent'] = async () => {
    const all: SeenMessage[] = [];
    for (const one of (await control.inspect()).sent) all.push(await seen(one.docId, one.to));
    return all;
  };

  return {
    sent,
    documents: async (documentId) =>
      (await sent()).filter(isDocument).filter(({ message }) => message.header.documentId === documentId),
    statuses: async (documentId) =>
      (await sent()).filter(isStatus).filter(({ message }) => message.responseFor.documentId === documentId),
    forUs: async () => (await control.inspect()).deliveries.filter(({ to }) => to === practiceAgency.code),
    takenInBy: async (docId) =>
      (await control.inspect()).deliveries
        .filter((one) => one.senderDocId === docId && one.state === 'done')
        .map(({ to }) => to),
  };
}

function isDocument(seen: SeenMessage): seen is SeenMessage<EdxmlDocument> {
  return seen.message.kind === 'document';
}

function isStatus(seen: SeenMessage): seen is SeenMessage<EdxmlStatus> {
  return seen.message.kind === 'status';
}
