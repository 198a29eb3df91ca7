import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bytesSource, readEdxmlHead } from '../../electron/services/exchange/index.ts';
import type { PracticeControl } from '../../electron/services/practice/index.ts';
import { ownAgency } from '../fakes/station/messages.ts';

/** A message as the axis holds it. */
export type AxisMessage = {
  readonly docId: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly sha256: string;
  /** `status-03`, or the business type of a document */
  readonly type: string;
  /** of the document, or of the document that a status speaks of */
  readonly documentId: string;
  /** how often it was put into each queue; the axis itself may double */
  readonly states: readonly string[];
};

export type Outside = {
  /** what our station sent, oldest first */
  readonly ours: readonly AxisMessage[];
  /** what others sent to us */
  readonly toUs: readonly AxisMessage[];
  readonly struck: Readonly<Record<string, number>>;
};

/** Reads the axis' log and every message in it. */
export async function lookAtAxis(control: PracticeControl, folder: string): Promise<Outside> {
  const { deliveries, struck } = await control.inspect();
  const byMessage = Map.groupBy(deliveries, (one) => one.senderDocId);
  const messages: AxisMessage[] = [];
  for (const [docId, rows] of byMessage) {
    const [first] = rows;
    if (first === undefined) continue;
    const bytes = readFileSync(join(folder, 'messages', `${docId}.edxml`));
    const read = await readEdxmlHead(bytesSource(bytes));
    if (!read.ok) throw new Error(`the axis holds what cannot be read: ${docId}`);
    const message = read.value;
    const status = message.kind === 'status';
    messages.push({
      docId,
      from: first.from,
      to: [...new Set(rows.map((row) => row.to))],
      sha256: createHash('sha256').update(bytes).digest('hex'),
      type: status ? `status-${message.statusCode}` : message.business.bussinessDocType,
      documentId: status ? message.responseFor.documentId : message.header.documentId,
      states: rows.map((row) => row.state),
    });
  }
  return {
    ours: messages.filter((one) => one.from === ownAgency.code),
    toUs: messages.filter((one) => one.to.includes(ownAgency.code)),
    struck,
  };
}
