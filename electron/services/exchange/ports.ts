import type { Outcome } from '#contract';

/** One HTTP call as the exchange domain wants it made. Header names travel in the letter case given here. */
export type HttpRequest = {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** null sends no body and `Content-Length: 0` with POST; a stream must give exactly `size` bytes */
  readonly body: Uint8Array | StreamBody | null;
  /** for the whole call, connection to last byte of the answer */
  readonly timeoutMs: number;
  /** longest silence while something is awaited, headers or the next piece; default `timeoutMs` */
  readonly idleMs?: number;
  readonly allowPlainHttp: boolean;
  /** SHA-256 of the message that the body carries, for the delivery evidence */
  readonly messageSha256?: string;
  /** the answer brings a secret, such as a login's token: it is never noted */
  readonly secretAnswer?: boolean;
  /** largest answer body that is taken */
  readonly maxBytes: number;
  /** default: straight, trusting what the machine trusts */
  readonly route?: HttpRoute;
  /**
   * to make the call twice does no harm: it may go over a connection that an earlier call left open, and once more over
   * a new one when that turns out dead before an answer; default false
   */
  readonly repeatable?: boolean;
  /** ends the call wherever it is, as `cut`: nobody waits for it any more */
  readonly signal?: AbortSignal;
};

/** How the other side is reached and whom to trust on the way. */
export type HttpRoute = {
  readonly proxy: HttpProxy | null;
  /** certificates in PEM, trusted beside those of the machine; '' for none */
  readonly caPem: string;
};

/** A proxy spoken to over plain HTTP: CONNECT for https, absolute addresses for http. */
export type HttpProxy = {
  readonly host: string;
  readonly port: number;
  /** '' asks without an account; sent by Basic only */
  readonly user: string;
  readonly password: string;
  /** reached without it: names, `*.domain`, addresses, ranges such as `10.0.0.0/8` */
  readonly bypass: readonly string[];
};

/** A body that is not held whole; `open` may be called again for another try. */
export type StreamBody = { readonly size: number; readonly open: () => AsyncIterable<Uint8Array> };

/** An answer whose body is still on its way. */
export type HttpStreamAnswer = {
  readonly status: number;
  /** names in lower case */
  readonly headers: Readonly<Record<string, string>>;
  /**
   * To be read once. After a failure nothing follows; without one the body is whole. To stop reading ends the
   * connection. What is not asked for is not fetched. A piece belongs to whoever read it.
   */
  readonly body: AsyncIterable<Outcome<Uint8Array, HttpFailureCode>>;
  /** Ends the connection; for an answer whose body is not wanted. */
  readonly abort: () => void;
};

/** An answer held whole. */
export type HttpAnswer = Pick<HttpStreamAnswer, 'status' | 'headers'> & { readonly body: Uint8Array };

/**
 * Why there is no answer. The difference decides whether a send may be repeated blindly:
 * - `unreachable`, `tls`, `plain-http-not-allowed`: the request was surely not processed
 * - `proxy-unreachable`, `proxy-auth` (407; the detail names the ways it asks for), `proxy-refused` (any other answer
 *   to CONNECT; the detail holds it): surely not either, and it is not the axis that said so
 * - `time-out`, `cut`, `too-large`: it may have been processed
 */
export type HttpFailureCode =
  | 'unreachable'
  | 'time-out'
  | 'cut'
  | 'tls'
  | 'plain-http-not-allowed'
  | 'too-large'
  | ProxyFailureCode;

export type ProxyFailureCode = 'proxy-unreachable' | 'proxy-auth' | 'proxy-refused';

/**
 * Makes one call; follows no redirect, repeats nothing but what is `repeatable`. Rejects only when the request's own body
 * does. `params.detail` of a failure holds the system's error code.
 * Whoever gets an answer reads its body or aborts it; `wholeAnswer` does so for answers that fit into memory.
 */
export type HttpPort = (request: HttpRequest) => Promise<Outcome<HttpStreamAnswer, HttpFailureCode>>;

/** `edoc` = documents, `status` = business statuses; two queues that are polled separately (axis.md §1.5). */
export type MessageType = 'edoc' | 'status';

/** Transport acknowledgement (axis.md §0.2). Not the business status 01–16, which is a message of its own. */
export type AcknowledgeState = 'processing' | 'done' | 'fail';

/** A message waiting at the axis (axis.md §1.4). Texts as the axis writes them; '' when absent. */
export type QueueItem = {
  readonly docId: string;
  readonly serviceType: string;
  readonly messageType: string;
  readonly from: string;
  readonly to: string;
  readonly status: string;
  readonly statusDesc: string;
  readonly createdTime: string;
  readonly updatedTime: string;
};

/** Delivery state of something this centre sent, one row per receiver (axis.md §1.4). '' when absent. */
export type SentItem = {
  readonly serviceType: string;
  readonly messageType: string;
  readonly senderDocId: string;
  readonly receiverDocId: string;
  readonly fromCode: string;
  readonly toCode: string;
  readonly title: string;
  readonly notation: string;
  readonly sentTime: string;
  readonly receivedTime: string;
  readonly sendStatus: string;
  readonly sendStatusDesc: string;
  readonly receiveStatus: string;
  readonly receiveStatusDesc: string;
};

/**
 * Failures of an axis call. Every one carries in `params`
 * - `outcomeUnknown`: 1 when the axis may have done what was asked (a send must then be checked, not repeated), else 0
 * - `errorCode`, `errorDesc`: the axis' own words with `axis-refused`; otherwise what was observed, for support
 */
export type AxisFailureCode = 'axis-unreachable' | 'axis-refused' | 'axis-answer-unreadable' | 'time-out';

/** The .edxml bytes, exactly as kept. */
export type MessageBody = StreamBody & {
  /** of the bytes, lower-case hex */
  readonly sha256: string;
};

export type OutgoingMessage = {
  /** agency code of the sender, registered under this centre's system id */
  readonly from: string;
  readonly messageType: MessageType;
  readonly body: MessageBody;
};

export type SentQuery = {
  readonly messageType: MessageType;
  /** passed on as it is; the axis' form of it is not documented */
  readonly fromDate?: string;
};

/** An agency as the axis' list has it (axis.md §1.4). Texts as the axis writes them; '' when absent. */
export type AgencyRow = {
  /** the axis' own number of the row, and that of the agency above it */
  readonly id: string;
  readonly parentId: string;
  readonly code: string;
  readonly name: string;
  readonly mail: string;
  readonly oldCode: string;
};

/** The two codes of one agency, by `getAgenciesListQD20`. */
export type CodePair = { readonly code: string; readonly oldCode: string; readonly name: string };

/** A change of the list, by `getSynchronizeUnit`. What `version` and `modifyDate` look like is not documented. */
export type UnitChange = Omit<AgencyRow, 'oldCode'> & {
  readonly centreCode: string;
  readonly version: string;
  readonly deleted: boolean;
  /** as the axis writes it */
  readonly modifyDate: string;
  /** false for what is no addressee; true when the axis says nothing */
  readonly isAgency: boolean;
};

/** `not-offered`: this way to the axis has no such call, or nobody told where it is. */
export type DirectoryFailureCode = AxisFailureCode | 'not-offered';

/**
 * Rows in the order of the axis, some at a time; the next are read when `take` is through. They are the list only when
 * the outcome is good, with how many there were: an empty or unreadable list is a failure (axis.md §1.4).
 */
export type RowsCall<Row> = (
  take: (rows: readonly Row[]) => Promise<void>,
) => Promise<Outcome<number, DirectoryFailureCode>>;

/** What every transport can do, whatever its wire form (VXP adapter, provincial LGSP). */
export type AxisTransport = {
  /** how many calls to fetch and acknowledge may run side by side; 1 where a fetch holds its message whole */
  readonly connections: number;
  readonly list: (messageType: MessageType) => Promise<Outcome<readonly QueueItem[], AxisFailureCode>>;
  /**
   * Hands the message over as .edxml bytes, piece by piece, waiting for each `write`; never holds it whole. A piece is
   * good until its `write` resolves. What was written is the message only when the outcome is good; otherwise the caller throws it away. Rejects only with what
   * `write` rejects with, after the connection was ended.
   * `again`: what came first could not be read; it goes another way where there is one, whose word counts.
   */
  readonly fetch: (
    docId: string,
    write: (piece: Uint8Array) => Promise<void>,
    again?: boolean,
  ) => Promise<Outcome<null, AxisFailureCode>>;
  readonly acknowledge: (docId: string, state: AcknowledgeState) => Promise<Outcome<null, AxisFailureCode>>;
  readonly send: (message: OutgoingMessage) => Promise<Outcome<{ readonly docId: string }, AxisFailureCode>>;
  readonly sentList: (query: SentQuery) => Promise<Outcome<readonly SentItem[], AxisFailureCode>>;
  /** The whole directory of agencies, 111 339 rows in October 2025. */
  readonly agencies: RowsCall<AgencyRow>;
  /** Pairs of new and old codes of one level; only level 1 is known to be answered. */
  readonly agenciesQd20: (level: number, ...take: Parameters<RowsCall<CodePair>>) => ReturnType<RowsCall<CodePair>>;
  /** Changes of the directory. May be empty. */
  readonly unitChanges: RowsCall<UnitChange>;
};
