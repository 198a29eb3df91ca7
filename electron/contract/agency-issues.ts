import { z } from 'zod';
import { Confidence } from './calendar.ts';

/** What kind of agency an office is, as far as it matters for the kinds of documents that it issues. */
export const AgencyKind = z.enum(['commune', 'province', 'ministry', 'government', 'other']);
export type AgencyKind = z.infer<typeof AgencyKind>;

/** Which legal-normative kinds are usual for an office; nothing else is refused to it. */
export const AgencyIssues = z.strictObject({
  kind: AgencyKind,
  /** somebody said so; else it follows from the agency's name */
  isSaid: z.boolean(),
  /** codes of kinds */
  legalKinds: z.array(z.string()),
  source: z.string(),
  confidence: Confidence,
});
export type AgencyIssues = z.infer<typeof AgencyIssues>;
