import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { systemClock } from '../../foundation/clock.ts';
import { serveLoopback } from '../../platform/http/serve-loopback.ts';
import { practiceAxis, practiceMessages, type PracticeMessage } from '../../services/practice/index.ts';
import { documentFonts } from '../document-fonts.ts';
import { realDocumentsIn } from '../practice-documents.ts';

/**
 * The practice axis as a process of its own. First line of stdin: this JSON. It then prints `{"port":n}` and lives
 * until stdin closes, so that it cannot outlive the one who started it. Secrets come by stdin, because arguments and
 * environment can be read by other processes.
 */
const Config = z.strictObject({
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
  failedItemsStay: z.boolean().default(false),
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

type Today = NonNullable<z.infer<typeof Config>['today']>;

const maxBytes = 512 * 1024 * 1024;

const lines = createInterface({ input: process.stdin });
let started = false;
lines.on('line', (line) => {
  if (started) return;
  started = true;
  void start(line);
});
lines.on('close', () => process.exit(0));

async function messagesOf(today: Today): Promise<readonly PracticeMessage[]> {
  const messages = await practiceMessages({
    clock: systemClock,
    agency: today.agency,
    fonts: documentFonts(),
    real: today.samplesFolder === null ? [] : realDocumentsIn(today.samplesFolder),
  });
  return messages.filter((message) => !today.except.includes(message.documentId));
}

async function start(line: string): Promise<void> {
  try {
    const { today, systems, ...config } = Config.parse(JSON.parse(line));
    const messages = today === undefined ? [] : await messagesOf(today);
    const senders = messages.map((message) => message.from);
    const correspondents = { systemId: 'luyen.tap.doi.tac', secret: randomUUID(), agencies: senders };
    const axis = practiceAxis({ ...config, systems: [...systems, correspondents], clock: systemClock });
    for (const message of messages) await axis.deliver(message.bytes);
    const server = await serveLoopback(axis.handle, { maxBytes });
    process.stdout.write(`${JSON.stringify({ port: server.port, delivered: messages.length })}\n`);
  } catch (error) {
    // Not the error's own text: a parse error would quote the secret.
    process.stderr.write(`practice axis: cannot start: ${error instanceof Error ? error.name : 'unknown'}\n`);
    process.exit(1);
  }
}
