/** One HTTP request as the practice axis sees it. Header names in lower case; `path` with its query. */
export type AxisRequest = {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
};

export type AxisAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** milliseconds the host waits before it answers */
  readonly delayMs?: number;
  /** the host breaks the connection instead of answering */
  readonly cut?: boolean;
  /** the host breaks the connection after so many bytes of the body */
  readonly cutAfterBytes?: number;
  /** the host closes every connection then, and listens again on the same port after so many milliseconds */
  readonly restartAfterMs?: number;
};

export type PracticeAgency = { readonly code: string; readonly name: string; readonly oldCode?: string };

export type PracticeSystem = {
  readonly systemId: string;
  readonly secret: string;
  readonly agencies: readonly PracticeAgency[];
  /** account at the broker's skin; without it that door is shut for this system */
  readonly lgsp?: { readonly username: string; readonly password: string; readonly applicationCode: string };
};

export const jsonHead = { 'content-type': 'application/json;charset=utf-8' } as const;

/** A JSON answer with HTTP 200, as the axis gives even for refusals. */
export function jsonAnswer(value: unknown, status = 200): AxisAnswer {
  return {
    status,
    headers: jsonHead,
    body: Buffer.from(JSON.stringify(value), 'utf8'),
  };
}

/** `FAIL` with a code (axis.md §1.6: the Lạng Sơn list; whether it is the axis' own is not known). */
export function refusal(errorCode: string, errorDesc: string): AxisAnswer {
  return jsonAnswer({ status: 'FAIL', ErrorCode: errorCode, ErrorDesc: errorDesc });
}

/** `OK` with whatever belongs to the verb. */
export function success(more: Readonly<Record<string, unknown>> = {}): AxisAnswer {
  return jsonAnswer({ status: 'OK', ErrorCode: '0', ErrorDesc: '', ...more });
}
