import type { Delivery, OutgoingDetail } from '#contract';
import { wireDay, type EdxmlResponseFor } from '../../exchange/index.ts';
import { documentPost, statusPost, type PartnerDocument } from '../partners/partner-messages.ts';
import { practiceAgency } from '../practice-office.ts';
import { codeOf, must, partners, type Day } from './day.ts';

export type Party = { readonly code: string; readonly name: string };

/** Puts a document into the outbox for some agencies; nothing leaves yet. */
export async function queue(day: Day, document: OutgoingDetail, to: readonly Party[]): Promise<readonly Delivery[]> {
  const recipients = to.map(({ code, name }) => ({ organId: code, name }));
  return must(await day.client.exchange.sendDocument({ document: document.id, recipients }));
}

/** One row of a document's status matrix. */
export async function deliveryTo(day: Day, document: OutgoingDetail, { code }: Party): Promise<Delivery> {
  const deliveries = must(await day.client.exchange.deliveries({ document: document.id }));
  const found = deliveries.find(({ organId }) => organId === code);
  if (found === undefined) throw new Error(`the practice day has no delivery of ${codeOf(document)} to ${code}`);
  return found;
}

/** The partner scripts take so many steps; then what they said is fetched. */
export async function partnersMove(day: Day, ticks = 1): Promise<void> {
  for (let tick = 0; tick < ticks; tick += 1) await day.control.advance();
  await day.exchange();
}

/** The department says something about a document of ours; it lies on the axis until the next round. */
export async function departmentSays(day: Day, document: OutgoingDetail, statusCode: string, description: string): Promise<void> {
  const about: EdxmlResponseFor = {
    organId: practiceAgency.code,
    code: codeOf(document),
    documentId: document.documentId,
    promulgationDate: wireDay(document.issuedDate),
  };
  await day.control.deliver(statusPost(partners.department, about, statusCode, description, day.clock.now()).bytes);
}

/** The department sends a document message of its own: new, or about an earlier one. */
export async function departmentSends(day: Day, document: Pick<PartnerDocument, 'number' | 'day' | 'subject' | 'business' | 'file'>): Promise<void> {
  const post = documentPost({ ...document, from: partners.department, to: practiceAgency, responseFor: [] }, day.clock.now());
  await day.control.deliver(post.bytes);
}
