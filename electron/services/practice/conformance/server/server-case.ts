import type { Rule, Verdict } from '../rule.ts';
import type { Talk } from './talk.ts';

/** One rule for a server, and how it is tried over the wire. */
export type ServerCase = { readonly rule: Rule; readonly run: (talk: Talk) => Promise<Verdict> };
