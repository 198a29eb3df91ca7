import { z } from 'zod';
import { command, eventStream, query } from './define.ts';
import { Day, Empty, FileRef, Id, Instant, Urgency } from './shared.ts';
import { SignerCheck } from './signing-settings.ts';
import { GivenPin, tokenFailures } from './tokens.ts';

const Hash = z.string().regex(/^[0-9a-f]{64}$/);
const Params = z.record(z.string(), z.union([z.string(), z.number()]));

/** Người có thẩm quyền, who signs a draft whose form was checked; văn thư for the agency, who seals a numbered document. */
export const SigningRole = z.enum(['person', 'agency']);
export type SigningRole = z.infer<typeof SigningRole>;

/** A point that somebody clicked at, in points (1/72 inch) of the page as shown, from its lower left corner; pages from 1. */
export const SigningPlace = z.strictObject({ page: z.number().int().min(1), x: z.number(), y: z.number() });
export type SigningPlace = z.infer<typeof SigningPlace>;

/** Why something is not signed; `failure.<code>` is its sentence. Codes of files begin with `sign-`, of tokens with `token-`. */
export const SigningCause = z.strictObject({ code: z.string(), params: Params });
export type SigningCause = z.infer<typeof SigningCause>;

const Box = z.strictObject({ left: z.number(), bottom: z.number(), width: z.number(), height: z.number() });

/**
 * A part of what a signature will show. Boxes and baselines are points from the lower left corner of the preview's `shown`
 * box, upright as read. `picture`: its id in `pictures`.
 */
const PreviewMark = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('picture'), picture: Hash, box: Box }),
  z.strictObject({ kind: z.literal('text'), text: z.string(), face: z.enum(['regular', 'italic']), size: z.number(), left: z.number(), baseline: z.number() }),
]);

/** What one field will show, in true size where a point of the page is one: points of the page as shown, from its lower left. */
export const SigningPreview = z.strictObject({
  /** which of the item's files */
  file: Id,
  page: z.number().int(),
  shown: Box,
  /** `asked`: somebody pointed, or the file has a field for it; the others as the printed text lets it be known */
  confidence: z.enum(['sure', 'likely', 'doubtful', 'asked']),
  marks: z.array(PreviewMark),
});
export type SigningPreview = z.infer<typeof SigningPreview>;

/** A copy of an archived document (TT 05/2025/TT-BNV art. 41) or the text that certifies a use copy (art. 42), which the agency signs like a document that it seals. */
export const SigningPaper = z.strictObject({ kind: z.enum(['copy', 'certification']), dossier: Id, recipient: z.string() });
export type SigningPaper = z.infer<typeof SigningPaper>;

/** A document that waits for a signature, as its reviewer sees it. */
export const SigningItem = z.strictObject({
  /** of the draft (person), the register row or a paper of the archive (agency) */
  id: Id,
  /** a paper of the archive that stands in no register, with the dossier that it is of; null: a draft or a row of the register */
  paper: SigningPaper.nullable(),
  /** what was planned; `start` refuses the item when it is another by then. 0 for a register row */
  version: z.number().int(),
  /** number and symbol; '' before it has one */
  code: z.string(),
  issuedDate: Day.nullable(),
  typeName: z.string(),
  subject: z.string(),
  urgency: Urgency,
  signerName: z.string(),
  signerPosition: z.string(),
  /** the document itself, to be shown; null when it has none */
  file: FileRef.nullable(),
  /** files of their own that the agency signs in the same pass (NĐ 30/2020 annex I.III.1.d); none for a person */
  attachments: z.array(FileRef),
  /** files of their own that can carry no signature, as they are no PDF; they go along unsigned, and the person should know */
  unsigned: z.array(FileRef),
  /** why it cannot be signed now; null when it can */
  refusal: SigningCause.nullable(),
  /** whether a place that somebody points at helps against the refusal, or may replace the one that was found */
  mayPoint: z.boolean(),
  /** how many signatures it takes: one, or number, day, month and seal each their own where the file has no reserved fields */
  signatures: z.number().int(),
  previews: z.array(SigningPreview),
});
export type SigningItem = z.infer<typeof SigningItem>;

/** Pictures that the previews name, each once; `source` is a `data:` address. */
const Pictures = z.array(z.strictObject({ id: Hash, source: z.string() }));

/**
 * Something that the person must have seen before signing. `key` goes back with `start`. Codes: `signer-doubt` (a finding of
 * the check), `signer-name-differs` (certificate and signer of the draft; `certificate`, `signer`), `agency-name-differs`,
 * `certificate-of-person`, `certificate-of-agency` (the other kind than the role takes); `signing.warning.<code>`.
 */
export const SigningWarning = z.strictObject({
  key: z.string(),
  code: z.enum(['signer-doubt', 'signer-name-differs', 'agency-name-differs', 'certificate-of-person', 'certificate-of-agency']),
  params: Params,
  /** the documents that it is about; none: all */
  ids: z.array(Id),
});
export type SigningWarning = z.infer<typeof SigningWarning>;

const Level = z.enum(['B', 'T', 'LT', 'LTA']);

/** What a signature lacks of the level that the office wants (`signing.missing.<why>`); it is completed later. */
export const SigningMissing = z.strictObject({
  why: z.enum(['unreachable', 'refused', 'unusable', 'too-large', 'issuer', 'untrusted', 'path', 'status']),
  detail: z.string(),
});
export type SigningMissing = z.infer<typeof SigningMissing>;

/** `noting`: signed, and being put into the register; what is `done` stands there. */
export const SigningItemState = z.enum(['waiting', 'preparing', 'at-token', 'time-stamping', 'noting', 'done', 'failed', 'cancelled']);
export type SigningItemState = z.infer<typeof SigningItemState>;

export const SigningProgressItem = z.strictObject({
  id: Id,
  paper: SigningPaper.nullable(),
  code: z.string(),
  subject: z.string(),
  state: SigningItemState,
  /** with `failed` */
  cause: SigningCause.nullable(),
  /** with `done`: what its signature has reached, and the first thing that it lacks of the wanted level */
  level: Level.nullable(),
  missing: SigningMissing.nullable(),
});
export type SigningProgressItem = z.infer<typeof SigningProgressItem>;

/** A batch while it runs, and afterwards until the next one begins. */
const BatchHead = {
  id: Id,
  role: SigningRole,
  startedAt: Instant,
  /** null while it runs */
  endedAt: Instant.nullable(),
  /** somebody asked to stop it: what the token has begun is finished */
  cancelling: z.boolean(),
  /** name in the certificate */
  signer: z.string(),
  /** id of the token in `tokens.devices` */
  device: z.string(),
  wanted: Level,
  total: z.number().int(),
  done: z.number().int(),
  failed: z.number().int(),
  cancelled: z.number().int(),
  /** why the token ended the batch; null when it did not */
  token: SigningCause.nullable(),
  /** this batch was found half done when the station started, and what was signed of it has been noted */
  recovered: z.boolean(),
};
export const SigningProgress = z.strictObject({ ...BatchHead, items: z.array(SigningProgressItem) });
export type SigningProgress = z.infer<typeof SigningProgress>;

/** The honest label of one signature, read from the file alone (`signing.level.<level>`, `signing.lack.<code>`). No verdict. */
export const SignatureLabel = z.strictObject({
  field: z.string(),
  /** by the certificate; '' when there is none */
  signer: z.string(),
  /** null: it does not hold or is not read */
  level: Level.nullable(),
  /** when it was there at the latest; null when nobody but the signer says so */
  time: Instant.nullable(),
  lacks: z.array(z.strictObject({ code: z.string(), name: z.string(), detail: z.string() })),
  /** when the certificate of the newest time-stamp runs out */
  renewBefore: Instant.nullable(),
});
export type SignatureLabel = z.infer<typeof SignatureLabel>;

/**
 * - `completed`: as the office wants it; `partly`: better than before, `missing` says what did not come
 * - `nothing-lacks`: it was so already; `already-sent`: recipients have this very file, so it is not changed
 * - `failed`: `cause` says why; the file is as it was
 */
export const CompletionOutcome = z.strictObject({
  id: Id,
  outcome: z.enum(['completed', 'partly', 'nothing-lacks', 'already-sent', 'failed']),
  missing: SigningMissing.nullable(),
  cause: SigningCause.nullable(),
});
export type CompletionOutcome = z.infer<typeof CompletionOutcome>;

const Ids = z.array(Id).min(1);
const device = { device: z.string().min(1).max(200), certificate: Hash } as const;

export const signing = {
  /**
   * What would be signed, tried without writing: refusals come before a PIN is asked. One item for each id that is a draft
   * (person) or register row (agency), in the order asked; ids of nothing are left out. Reads each file: ask for some at a time.
   */
  plan: query(z.strictObject({ role: SigningRole, ids: Ids.max(50) }), z.strictObject({ items: z.array(SigningItem), pictures: Pictures })),
  /** The same for one document with a place that somebody pointed at; null: as found. */
  preview: query(
    z.strictObject({ role: SigningRole, id: Id, place: SigningPlace.nullable() }),
    z.strictObject({ item: SigningItem, pictures: Pictures }),
    ['not-found'],
  ),
  /**
   * Looks at the certificate as NĐ 68/2024 art. 29 orders, within about five seconds, and at whose it is. A `check.result` of
   * `refuse` is refused by `start` as well; each warning must come back there in `seen`.
   */
  check: command(
    z.strictObject({ role: SigningRole, ids: Ids.max(500), ...device }),
    z.strictObject({ check: SignerCheck, warnings: z.array(SigningWarning) }),
    ['token-absent', 'token-certificate-absent', 'token-certificate-not-readable'],
    { audited: { no: 'changes nothing; what was found is kept with the signature' } },
  ),
  /**
   * Signs documents with one PIN, which is tried once. Answers as soon as it is on its way; everything else comes by
   * `progress`. What fails is signed again by a new start. `opened`: the person has had the document before his eyes.
   */
  start: command(
    z.strictObject({
      role: SigningRole,
      items: z.array(z.strictObject({ id: Id, version: z.number().int(), place: SigningPlace.nullable(), opened: z.boolean() })).min(1).max(500),
      ...device,
      /** `kept`: the login of before, which `tokens` says is still kept; refused by the token when it is not any more */
      pin: z.union([GivenPin, z.strictObject({ kind: z.literal('kept') })]),
      /** keys of the warnings that were shown */
      seen: z.array(z.string().max(300)).max(1000),
    }),
    z.strictObject({ batch: Id }),
    ['signing-busy', 'signing-not-opened', 'signing-warning-not-seen', 'signing-certificate-refused', 'signing-twice', ...tokenFailures],
    { sensitive: true, audited: { no: 'each signature has its entry, written with the document that it changes' } },
  ),
  /** Ends the running batch between documents; answers at once. */
  cancel: command(z.strictObject({ batch: Id }), Empty, ['not-found'], { audited: { no: 'each signature has its entry; what was not signed has not changed' } }),
  /** What each signature of a stored file has reached, oldest first; without network. */
  levels: query(z.strictObject({ file: Id }), z.array(SignatureLabel), ['not-found', 'file-damaged', 'sign-pdf-damaged', 'sign-pdf-encrypted']),
  /**
   * Brings signatures of drafts and register rows to the level that the office wants, over the network; answers when it is
   * done. It happens by itself as well when the authorities can be reached again. What was sent stays as it is.
   */
  complete: command(z.strictObject({ ids: Ids.max(100) }), z.array(CompletionOutcome), ['signing-busy'], {
    audited: { no: 'each file that it changes has its entry' },
  }),
};

export const signingEvents = {
  /**
   * The batch that runs or was the last; null when there was none since the station started. A change carries the items that
   * changed (of a new batch all), and its other values are the present ones; another `id` is a new batch.
   */
  progress: eventStream(SigningProgress.nullable(), SigningProgress),
  /** Documents whose signatures lack something of the wanted level and that can still be completed. */
  lacking: eventStream(z.strictObject({ ids: z.array(Id) }), z.strictObject({ ids: z.array(Id) })),
};
