import { fork, type ChildProcess } from 'node:child_process';
import type { Ask, Facts } from './control.ts';
import { settingsVariable, type DoubleSettings } from './settings.ts';

/** A running desktop host, under the double. */
export type DoubleRun = {
  readonly child: ChildProcess;
  readonly ask: <T = unknown>(ask: Ask) => Promise<T>;
  readonly evaluate: <T = unknown>(expression: string, frame?: 'main' | 'sub') => Promise<T>;
  readonly facts: () => Promise<Facts>;
  /** Resolves with the exit code. */
  readonly exited: Promise<number | null>;
  readonly output: () => string;
  readonly end: () => Promise<void>;
};

/** Starts `program` (a main process of ours) in a Node process of its own with `electron` mapped to the double. */
export function startUnderDouble(program: string, args: readonly string[], settings: DoubleSettings): DoubleRun {
  const child = fork(program, args, {
    execArgv: ['--import', new URL('./register.ts', import.meta.url).href],
    env: { ...process.env, [settingsVariable]: JSON.stringify(settings) },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  let lastId = 0;
  const waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => { output += chunk.toString(); });
  child.on('message', (message) => {
    const { id, ok, value, error } = message as { id: number; ok: boolean; value: never; error: string };
    if (ok) waiting.get(id)?.resolve(value);
    else waiting.get(id)?.reject(new Error(error));
    waiting.delete(id);
  });
  const exited = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => {
      for (const one of waiting.values()) one.reject(new Error(`the double ended with ${String(code)}: ${output}`));
      waiting.clear();
      resolve(code);
    });
  });
  function ask<T>(question: Ask): Promise<T> {
    const id = ++lastId;
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      child.send({ id, ask: question }, (error) => {
        if (error !== null) reject(error);
      });
    });
  }
  return {
    child,
    ask,
    exited,
    evaluate: (expression, frame = 'main') => ask({ op: 'evaluate', expression, frame }),
    facts: () => ask<Facts>({ op: 'facts' }),
    output: () => output,
    async end() {
      // Losing its controller ends the double and its browser.
      if (child.connected) child.disconnect();
      const limit = setTimeout(() => child.kill('SIGKILL'), 5000);
      await exited;
      clearTimeout(limit);
    },
  };
}
