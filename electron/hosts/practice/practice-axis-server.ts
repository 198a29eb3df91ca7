import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { systemClock } from '../../foundation/clock.ts';
import type { Result } from '../../foundation/outcome.ts';
import { serveLoopback } from '../../platform/http/serve-loopback.ts';
import {
  Chaos,
  Fault,
  openAxisStore,
  PartnerScript,
  practiceAxis,
  practiceMessages,
  type PracticeAxis,
  type PracticeMessage,
} from '../../services/practice/index.ts';
import { documentFonts } from '../document-fonts.ts';
import { realDocumentsIn } from './practice-documents.ts';

/** All that a practice axis is started with. Secrets among it: it never travels in arguments. */
export const AxisServerConfig = z.strictObject({
  systems: z.array(
    z.strictObject({
      systemId: z.string().min(1),
      secret: z.string().min(1),
      agencies: z.array(z.strictObject({ code: z.string(), name: z.string(), oldCode: z.string().exactOptional() })),
      lgsp: z
        .strictObject({ username: z.string().min(1), password: z.string().min(1), applicationCode: z.string() })
        .exactOptional(),
    }),
  ),
  controlToken: z.string().min(16),
  /** 0: any free one */
  port: z.number().int().min(0).max(65_535).default(0),
  /** where it remembers; without one, in memory */
  folder: z.string().min(1).exactOptional(),
  failedItemsStay: z.boolean().default(false),
  hashForm: z.enum(['sdk', 'hex', 'either']).exactOptional(),
  clockToleranceMinutes: z.number().min(0).exactOptional(),
  generated: z.strictObject({ count: z.number().int().min(0).max(1_000_000), seed: z.number().int() }).exactOptional(),
  /** ordered anew at each start, beside what a folder still holds */
  faults: z.array(Fault).default([]),
  chaos: Chaos.exactOptional(),
  partners: z.array(PartnerScript).default([]),
  /** time between two ticks of the partners; without it they move only on `advance` */
  tickSeconds: z.number().positive().exactOptional(),
  lgspWrapper: z.enum(['code', 'success']).exactOptional(),
  lgspTokenSeconds: z.number().min(0).exactOptional(),
  lgspSentList: z.boolean().exactOptional(),
  /** the practice messages of today, made in this process because composing documents takes memory */
  today: z
    .strictObject({
      agency: z.strictObject({ code: z.string(), name: z.string() }),
      except: z.array(z.string()),
      samplesFolder: z.string().nullable(),
    })
    .exactOptional(),
});
export type AxisServerConfig = z.output<typeof AxisServerConfig>;
export type AxisServerInput = z.input<typeof AxisServerConfig>;

export type AxisServer = {
  readonly port: number;
  /** messages of today that wait there from the start */
  readonly delivered: number;
  /** Takes no calls any more, gives running ones a second to end, and closes the folder. */
  readonly close: () => Promise<void>;
};

export type AxisServerFailure = { readonly code: 'in-use' | 'foreign' | 'port-in-use' };

const maxBytes = 512 * 1024 * 1024;

/**
 * Starts a practice axis in this process, on 127.0.0.1. `in-use`, `foreign`: its folder belongs to another running
 * axis, or holds something else; `port-in-use`: somebody else listens there.
 * @param log takes what went wrong in the background
 */
export async function startAxisServer(
  config: AxisServerConfig,
  log: (line: string) => void,
): Promise<Result<AxisServer, AxisServerFailure>> {
  const { today, systems, folder, faults, chaos, tickSeconds, partners, port, ...rest } = config;
  const messages = today === undefined ? [] : await messagesOf(today);
  const opened = folder === undefined ? undefined : openAxisStore(folder);
  if (opened?.ok === false) return opened;
  const store = opened?.value;
  const axis = practiceAxis({
    ...rest,
    systems: [...systems, ...played(systems, messages, partners)],
    partners,
    clock: systemClock,
    ...(store === undefined ? {} : { store }),
  });
  try {
    for (const message of messages) await axis.deliver(message.bytes);
    for (const fault of faults) axis.fault(fault);
    if (chaos !== undefined) axis.chaos(chaos);
    const server = await serveLoopback(axis.handle, { maxBytes, port });
    const stopTicking = tickSeconds === undefined ? undefined : ticking(axis, tickSeconds, log);
    return {
      ok: true,
      value: {
        port: server.port,
        delivered: messages.length,
        async close() {
          await stopTicking?.();
          await server.close();
          store?.close();
        },
      },
    };
  } catch (error) {
    store?.close();
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return { ok: false, failure: { code: 'port-in-use' } };
    throw error;
  }
}

type Systems = AxisServerConfig['systems'];

/** Accounts of nobody for the agencies that this process plays itself; one that has an account already keeps it. */
function played(systems: Systems, messages: readonly PracticeMessage[], partners: readonly PartnerScript[]): Systems {
  const taken = new Set(systems.flatMap(({ agencies }) => agencies.map(({ code }) => code)));
  const account = (systemId: string, all: readonly { readonly code: string; readonly name: string }[]): Systems[number] => {
    const agencies = [...new Map(all.map((one) => [one.code, one])).values()].filter(({ code }) => !taken.has(code));
    for (const { code } of agencies) taken.add(code);
    return { systemId, secret: randomUUID(), agencies };
  };
  return [
    account('luyen.tap.nguoi.gui', partners.map(({ agency }) => agency)),
    account('luyen.tap.doi.tac', messages.map(({ from }) => from)),
  ];
}

/** Lets the partners move on by the clock. The answer ends that, after a running tick. */
function ticking(axis: PracticeAxis, seconds: number, log: (line: string) => void): () => Promise<void> {
  let running: Promise<unknown> | undefined;
  const timer = setInterval(() => {
    running ??= axis
      .advance()
      .catch((error: unknown) => {
        log(`partners: ${error instanceof Error ? error.message : String(error)}`);
      })
      .finally(() => {
        running = undefined;
      });
  }, seconds * 1000);
  return async () => {
    clearInterval(timer);
    await running;
  };
}

async function messagesOf(today: NonNullable<AxisServerConfig['today']>): Promise<readonly PracticeMessage[]> {
  const messages = await practiceMessages({
    clock: systemClock,
    agency: today.agency,
    fonts: documentFonts(),
    real: today.samplesFolder === null ? [] : realDocumentsIn(today.samplesFolder),
  });
  return messages.filter((message) => !today.except.includes(message.documentId));
}
