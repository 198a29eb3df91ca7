import { z } from 'zod';
import { Confidence } from './calendar.ts';
import { command, query } from './define.ts';
import { StoredFile } from './records.ts';
import { Empty, FileRef, Id, Instant } from './shared.ts';

const Reason = z.string().trim().min(1).max(500);
const Hash = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * What can speak against signing with a certificate.
 * - `validity-uncertain`: current by the station's clock only, and that clock is doubted
 * - `path-refused`: a path to an anchor breaks a rule; `path-untrusted`: it ends elsewhere; `path-incomplete`: an
 *   issuer is not at hand
 * - `kept-evidence`: its status is known from an answer or list of before, which still counts
 * - `not-checked-online`: nothing that counts says whether it was revoked
 * - `status-unknown`: the authority was asked and does not say
 */
export const SignerDoubt = z.enum([
  'clock-doubtful',
  'not-yet-valid',
  'expired',
  'validity-uncertain',
  'expires-soon',
  'key-usage',
  'key-short',
  'key-unsupported',
  'sha1-in-path',
  'path-refused',
  'path-untrusted',
  'path-incomplete',
  'revoked',
  'suspended',
  'status-unknown',
  'kept-evidence',
  'not-checked-online',
  'authority-revoked',
  'authority-status-unknown',
]);
export type SignerDoubt = z.infer<typeof SignerDoubt>;

/** What is looked at, in this order. */
export const SignerAspect = z.enum(['clock', 'validity', 'usage', 'algorithms', 'path', 'status']);
export type SignerAspect = z.infer<typeof SignerAspect>;

const Params = z.record(z.string(), z.union([z.string(), z.number()]));

/** Nothing speaks against an aspect (`good`), or one doubt does; `params` are for its sentence. */
export const SignerFinding = z.strictObject({
  aspect: SignerAspect,
  code: z.union([SignerDoubt, z.literal('good')]),
  state: z.enum(['good', 'warning', 'refuse']),
  params: Params,
});
export type SignerFinding = z.infer<typeof SignerFinding>;

/** How the status was learnt: asked just now, from what was kept and still counts, or not at all (chưa kiểm tra trực tuyến). */
export const OnlineState = z.enum(['now', 'kept', 'none']);
export type OnlineState = z.infer<typeof OnlineState>;

/** What is known of a certificate before it signs (NĐ 68/2024/NĐ-CP art. 29; TT 15/2025/TT-BKHCN art. 5). */
export const SignerCheck = z.strictObject({
  at: Instant,
  certificate: z.strictObject({
    sha256: Hash,
    subject: z.string(),
    issuer: z.string(),
    serial: z.string(),
    validFrom: z.string(),
    validTo: z.string(),
    key: z.string(),
  }),
  /** the worst of the findings */
  result: z.enum(['good', 'warning', 'refuse']),
  online: OnlineState,
  status: z.enum(['good', 'revoked', 'unknown']),
  /** of which moment the evidence speaks that decided; null when none did */
  asOf: Instant.nullable(),
  /** when the authority itself was last asked and called it good */
  lastGoodAt: Instant.nullable(),
  findings: z.array(SignerFinding),
  /** end entity first */
  path: z.array(z.strictObject({ sha256: Hash, subject: z.string() })),
  /** certificates, answers and lists that it rests on */
  evidence: z.array(z.strictObject({ kind: z.enum(['certificate', 'ocsp', 'crl']), about: Hash, sha256: Hash, size: z.number().int() })),
});
export type SignerCheck = z.infer<typeof SignerCheck>;

/** Whether a doubt lets sign after a warning, or refuses. */
export const DoubtPolicy = z.enum(['warn', 'refuse']);
export type DoubtPolicy = z.infer<typeof DoubtPolicy>;

/** What holds for a doubt unless the office says otherwise. */
const SignerRule = z.strictObject({
  code: SignerDoubt,
  aspect: SignerAspect,
  usual: DoubtPolicy,
  /** the law leaves no choice, or a signature made nonetheless would count for nothing */
  fixed: z.boolean(),
  source: z.string(),
  confidence: Confidence,
});
export type SignerRule = z.infer<typeof SignerRule>;

/** A host, with a port where it has one. */
const Host = z.string().trim().toLowerCase().max(259).regex(/^[a-z0-9._-]+(:\d{1,5})?$/);

/** How this office signs. */
export const SigningSettings = z.strictObject({
  /** the time-stamping authority; '' for none */
  tsa: z.union([z.literal(''), z.url({ protocol: /^https?$/ }).max(500)]),
  /** PAdES level that is wanted (EN 319 142-1) */
  level: z.enum(['B', 'T', 'LT', 'LTA']),
  /** how RSA keys sign */
  rsa: z.enum(['pkcs1', 'pss']),
  digest: z.enum(['sha256', 'sha384', 'sha512']),
  /** minutes for which the token process keeps a PIN; 0: for one batch only */
  keepPinMinutes: z.number().int().min(0).max(15),
  /** each document of a batch must have been opened before it is signed */
  openEach: z.boolean(),
  /** deviations from the usual policy */
  policy: z.partialRecord(SignerDoubt, DoubtPolicy),
  /** names of services in certificates, and those that are asked in their place */
  hosts: z.array(z.strictObject({ from: Host, to: Host })).max(50),
});
export type SigningSettings = z.infer<typeof SigningSettings>;

/** A certificate at which a path may end; of those that come with the program only the hash is known. */
const TrustAnchor = z.strictObject({
  /** null: comes with the program */
  id: Id.nullable(),
  /** `practice`: added in this practice profile, and trusted in it only */
  origin: z.enum(['program', 'office', 'practice']),
  name: z.string(),
  sha256: Hash,
  /** a path ends at a root; an issuing authority is listed to be recognised */
  role: z.enum(['root', 'issuing']),
  validFrom: z.string().nullable(),
  validTo: z.string().nullable(),
  /** where the hash of a shipped one was seen, and how sure it is (signing.md); empty for one that was added */
  source: z.string(),
  confidence: z.string(),
  reason: z.string(),
  addedAt: Instant.nullable(),
  addedBy: z.string(),
  withdrawnAt: Instant.nullable(),
  withdrawnBy: z.string(),
  withdrawnReason: z.string(),
});
export type TrustAnchor = z.infer<typeof TrustAnchor>;

/** What of the authorities' answers is kept on this machine. */
const EvidenceCache = z.strictObject({
  answers: z.number().int(),
  bytes: z.number().int(),
  mostBytes: z.number().int(),
  issuers: z.number().int(),
  /** the disk refused: what comes now is kept until the program ends */
  memoryOnly: z.boolean(),
  lists: z.array(
    z.strictObject({ url: z.string(), thisUpdate: z.string(), nextUpdate: z.string().nullable(), count: z.number().int(), size: z.number().int() }),
  ),
});
export type EvidenceCache = z.infer<typeof EvidenceCache>;

export const PictureKind = z.enum(['signature', 'seal']);
export type PictureKind = z.infer<typeof PictureKind>;

/** The picture of a signature or a seal; `file.id` is its own id, at `/files/<id>`. */
export const SigningPicture = z.strictObject({
  kind: PictureKind,
  person: Id.nullable(),
  personName: z.string(),
  file: FileRef,
  widthPx: z.number().int(),
  heightPx: z.number().int(),
  /** true size on paper */
  widthMm: z.number(),
  heightMm: z.number(),
  reason: z.string(),
  setAt: Instant,
  setBy: z.string(),
  /** null: in use */
  endedAt: Instant.nullable(),
  endedBy: z.string(),
  endedReason: z.string(),
});
export type SigningPicture = z.infer<typeof SigningPicture>;

/** Why a picture is not taken. */
const pictureFaults = ['picture-not-png', 'picture-not-transparent', 'picture-too-large', 'picture-too-small', 'picture-wrong-colour', 'picture-wrong-size', 'picture-empty', 'picture-unreadable'] as const;
export type PictureFault = (typeof pictureFaults)[number];

export const signingSettings = {
  settings: query(Empty, SigningSettings),
  saveSettings: command(SigningSettings, SigningSettings, ['doubt-fixed'], { audited: true }),
  rules: query(Empty, z.array(SignerRule)),
  anchors: query(
    Empty,
    z.strictObject({
      /** date of the table that comes with the program */
      edition: z.string(),
      anchors: z.array(TrustAnchor),
      /** known to exist, but by no full hash: never trusted */
      unpinned: z.array(z.strictObject({ name: z.string(), why: z.string() })),
    }),
  ),
  /** What a certificate in PEM, or as Base64 of its DER, says of itself; nothing is stored. */
  readAnchor: query(
    z.strictObject({ certificate: z.string().max(100_000) }),
    z.strictObject({ name: z.string(), sha256: Hash, validFrom: z.string(), validTo: z.string(), authority: z.boolean() }),
    ['certificate-unreadable'],
  ),
  /** `sha256` was taken from elsewhere, and must be that of the certificate. */
  addAnchor: command(
    z.strictObject({ certificate: z.string().max(100_000), sha256: z.string().max(200), reason: Reason }),
    TrustAnchor,
    ['certificate-unreadable', 'anchor-hash-differs', 'anchor-not-authority', 'anchor-known', 'anchor-expired'],
    { audited: true },
  ),
  withdrawAnchor: command(z.strictObject({ id: Id, reason: Reason }), Empty, ['not-found'], { audited: true }),
  evidence: query(Empty, EvidenceCache),
  /** Looks at a certificate as before signing, over the network where it answers within seconds, and keeps what was found. */
  checkCertificate: command(
    z.strictObject({ certificate: z.string().max(100_000) }),
    SignerCheck,
    ['certificate-unreadable'],
    { audited: { no: 'changes nothing; what was found is kept as evidence of its own' } },
  ),
  /** Those in use; with `ended` the former ones too. Only what the person at the window may see. */
  pictures: query(z.strictObject({ ended: z.boolean() }), z.array(SigningPicture)),
  /** Takes a stored PNG as the picture of a person's signature, or of the seal (`person` null), in place of the one before. */
  savePicture: command(
    z.strictObject({ kind: PictureKind, person: Id.nullable(), file: StoredFile, widthMm: z.number().min(5).max(150), reason: Reason }),
    SigningPicture,
    ['not-found', 'not-your-picture', 'file-damaged', ...pictureFaults],
    { audited: true },
  ),
  endPicture: command(z.strictObject({ id: Id, reason: Reason }), Empty, ['not-found', 'not-your-picture'], { audited: true }),
};
