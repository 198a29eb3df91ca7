import { z } from 'zod';

/**
 * How the axis is spoken to: `vxp`, the national axis' own protocol (axis.md §1.2), or `lgsp-rest`, a provincial broker
 * before it (axis.md §1.8 [S]: as another integrator describes it).
 */
export const AxisKind = z.enum(['vxp', 'lgsp-rest']);
export type AxisKind = z.infer<typeof AxisKind>;

/**
 * The order of a message's elements (axis.md §2.2): `vnpt` as VNPT's builder writes it [M], `qcvn` as the regulation
 * numbers them. Readers should not mind; for one that does, it can be changed.
 */
export const ElementOrderName = z.enum(['vnpt', 'qcvn']);
export type ElementOrderName = z.infer<typeof ElementOrderName>;

/** `http`: a proxy that is spoken to over plain HTTP; what goes through it to an https address stays encrypted. */
export const ProxyKind = z.enum(['none', 'http']);
export type ProxyKind = z.infer<typeof ProxyKind>;

/** Seconds after each failed try of a send (axis.md §1.7 [S]: an integrator in production; no official ones are known). */
export const usualRetrySeconds: readonly number[] = [30, 60, 120, 240, 480];

/** What is to be known of a certificate before one trusts it. */
export const CertificateFacts = z.strictObject({
  subject: z.string(),
  issuer: z.string(),
  /** ISO 8601 UTC */
  validFrom: z.string(),
  validTo: z.string(),
  /** SHA-256 of the certificate, hex in pairs with colons */
  fingerprint: z.string(),
});
export type CertificateFacts = z.infer<typeof CertificateFacts>;

/** One or more certificates in PEM; never a key. Whether they can be read, the core judges. */
const CaPem = z.string().max(65_536);

/** The connection to the axis, without secrets. What has a default came later than the first settings stored. */
export const AxisSettings = z.strictObject({
  kind: AxisKind.default('vxp'),
  /** empty = not connected to any axis */
  endpoint: z.union([z.literal(''), z.url({ protocol: /^https?$/ })]),
  systemId: z.string().max(100),
  /** host names for which plain http is allowed (axis.md §1.1: the special-purpose network runs http) */
  plainHttpHosts: z.array(z.string().trim().toLowerCase().max(253)).max(20),
  /** seconds between two polls, spread by a tenth so that stations do not poll in step */
  pollSeconds: z.number().int().min(5).max(86_400),
  hasSecret: z.boolean(),
  /** account at the broker; `lgsp-rest` only, as are the next two */
  username: z.string().max(100).default(''),
  applicationCode: z.string().max(100).default(''),
  hasPassword: z.boolean(),
  proxy: ProxyKind.default('none'),
  /** name or address, without scheme and port */
  proxyHost: z
    .string()
    .max(253)
    .regex(/^[A-Za-z0-9._-]*$|^[0-9A-Fa-f]*(?::[0-9A-Fa-f.]*){2,}$/)
    .default(''),
  proxyPort: z.number().int().min(1).max(65_535).default(8080),
  /** empty: the proxy asks for no account */
  proxyUser: z.string().max(100).regex(/^[^:]*$/).default(''),
  hasProxyPassword: z.boolean(),
  /** reached without the proxy: a name, `*.domain`, an address, or a range such as `10.0.0.0/8` */
  proxyBypass: z.array(z.string().max(253).regex(/^[A-Za-z0-9.*:/_-]+$/)).max(50).default([]),
  /** trusted beside the certificates of the machine, for an axis whose certificate comes from an authority of its own */
  caPem: CaPem.default(''),
  /** what stands in `caPem` */
  caCertificates: z.array(CertificateFacts),
  /** seconds for sending one message, and for one answer without a message (axis.md §1.7: 60 s) */
  sendTimeoutSeconds: z.number().int().min(10).max(900).default(60),
  /** seconds of silence after which fetching a message is given up */
  idleTimeoutSeconds: z.number().int().min(10).max(600).default(60),
  /** seconds after each failed try, spread by a fifth; the last one is repeated */
  retrySeconds: z
    .array(z.number().int().min(5).max(86_400))
    .min(1)
    .max(20)
    .default([...usualRetrySeconds]),
  /** tries that reached the axis or may have, before a person is asked */
  maxTries: z.number().int().min(1).max(50).default(6),
  elementOrder: ElementOrderName.default('vnpt'),
});
export type AxisSettings = z.infer<typeof AxisSettings>;

const notGiven = { hasSecret: true, hasPassword: true, hasProxyPassword: true, caCertificates: true } as const;

/** null keeps the stored one */
const keptSecret = z.string().min(1).max(500).nullable();

/** A connection as it is typed. Callers that know one kind of axis only need not name the rest. */
export const AxisInput = z
  .strictObject({
    ...AxisSettings.omit(notGiven).shape,
    secret: keptSecret,
    password: keptSecret.default(null),
    proxyPassword: keptSecret.default(null),
  })
  .superRefine((axis, context) => {
    const demand = (holds: boolean, field: string): void => {
      if (!holds) context.addIssue({ code: 'custom', path: [field], message: field });
    };
    // Verbs are put behind the address; an account within it would be shown and logged with it.
    demand(!/[?#]|\/\/[^/]*@/.test(axis.endpoint), 'endpoint');
    demand(axis.proxy === 'none' || axis.proxyHost !== '', 'proxyHost');
    if (axis.kind !== 'lgsp-rest') return;
    demand(axis.endpoint === '' || axis.username !== '', 'username');
    // Both travel as headers, which carry nothing else.
    demand(/^[\x20-\x7e]*$/.test(axis.systemId), 'systemId');
    demand(axis.secret === null || /^[\x20-\x7e]+$/.test(axis.secret), 'secret');
  });
export type AxisInput = z.infer<typeof AxisInput>;
