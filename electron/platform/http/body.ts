import type { IncomingMessage } from 'node:http';
import type { Failure, Outcome } from '#contract';
import type { HttpFailureCode, HttpStreamAnswer } from '../../services/exchange/ports.ts';

/** A failure with what was observed, for support. */
export function failed(
  code: HttpFailureCode,
  detail: string,
): { readonly ok: false; readonly failure: Failure<HttpFailureCode> } {
  return { ok: false, failure: { code, params: { detail } } };
}

/**
 * The body of an answer, pulled piece by piece. Every way it can end badly (cut, silent for `idleMs`, not over after
 * `leftMs`, larger than `maxBytes`) comes as its last piece. `end` closes the connection and is called in each case,
 * also when the reader stops early or never begins.
 */
export function piecesOf(
  response: IncomingMessage,
  limits: { readonly maxBytes: number; readonly idleMs: number; readonly leftMs: number },
  end: () => void,
): Pick<HttpStreamAnswer, 'body' | 'abort'> {
  let failure: Failure<HttpFailureCode> | null = null;
  let ended = false;
  let wake = (): void => undefined;

  function stop(code: HttpFailureCode, detail: string): void {
    if (!ended) failure ??= failed(code, detail).failure;
    wake();
  }

  const overall = setTimeout(() => {
    stop('time-out', 'time-out');
    end();
  }, limits.leftMs);
  function close(): void {
    clearTimeout(overall);
    end();
  }

  response.on('readable', () => {
    wake();
  });
  response.on('end', () => {
    if (!response.complete) stop('cut', 'incomplete');
    ended = true;
    wake();
  });
  response.on('error', (error: NodeJS.ErrnoException) => {
    stop('cut', error.code ?? error.name);
  });
  response.on('close', () => {
    clearTimeout(overall);
    stop('cut', 'closed');
  });

  /** The next bytes; null at a good end, undefined when they must be awaited. */
  function next(): Outcome<Uint8Array | null, HttpFailureCode> | undefined {
    if (failure !== null) return { ok: false, failure };
    const piece = response.read() as Buffer | null;
    if (piece !== null) return { ok: true, value: piece };
    return ended ? { ok: true, value: null } : undefined;
  }

  async function awaited(): Promise<void> {
    await new Promise<void>((resolve) => {
      const idle = setTimeout(() => {
        stop('time-out', 'idle');
      }, limits.idleMs);
      wake = () => {
        clearTimeout(idle);
        resolve();
      };
    });
    wake = () => undefined;
  }

  async function* body(): AsyncGenerator<Outcome<Uint8Array, HttpFailureCode>> {
    let size = 0;
    try {
      for (;;) {
        const piece = next();
        if (piece === undefined) {
          await awaited();
          continue;
        }
        if (!piece.ok) {
          yield piece;
          return;
        }
        if (piece.value === null) return;
        size += piece.value.length;
        if (size > limits.maxBytes) {
          yield failed('too-large', String(limits.maxBytes));
          return;
        }
        yield { ok: true, value: piece.value };
      }
    } finally {
      close();
    }
  }

  return { body: body(), abort: close };
}
