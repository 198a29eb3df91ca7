import { open, readFile, truncate, type FileHandle } from 'node:fs/promises';
import { z } from 'zod';
import { pdfAConditions } from '../pdf-a/structure.ts';

/*
 * What is finished of a package: one line of JSON for each file that was written, made durable, read again and found equal. The
 * first line says which package this is. A line that a kill or a power cut left torn is dropped, with all behind it.
 */
const Head = z.strictObject({ format: z.literal(2), digest: z.string() });
const PdfA = z.union([
  z.strictObject({ state: z.literal('declared'), part: z.string(), conformance: z.string(), broken: z.array(z.enum(pdfAConditions)).readonly() }),
  z.strictObject({ state: z.enum(['no-declaration-found', 'not-pdf']) }),
]);
const Done = z.strictObject({
  path: z.string(),
  sha256: z.string(),
  size: z.number().int().nonnegative(),
  pdfA: PdfA.optional(),
  /** of a file of a folder, as `fileStamp` told it between writing and reading again */
  stamp: z.string().optional(),
  /** in a ZIP: its header, its data and what is needed for the directory at the end */
  zip: z.strictObject({ at: z.number(), data: z.number(), end: z.number(), crc: z.number(), isDeflated: z.boolean() }).optional(),
});
const Whole = z.strictObject({ whole: z.literal(true) });

export type DoneFile = z.infer<typeof Done>;

export type Journal = {
  /** what was finished by an earlier run */
  readonly done: readonly DoneFile[];
  /** an earlier run finished all and was about to give the package its name */
  readonly isWhole: boolean;
  /** of files that are durable */
  readonly note: (files: readonly DoneFile[]) => Promise<void>;
  readonly noteWhole: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Opens the journal at `path`. One of another package answers null: what lies there is not of use. */
export async function openJournal(path: string, digest: string): Promise<Journal | null> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const lines = text.split('\n').slice(0, -1);
  const head = Head.safeParse(parsed(lines[0] ?? ''));
  if (lines.length > 0 && (!head.success || head.data.digest !== digest)) return null;
  const done = new Map<string, DoneFile>();
  let isWhole = false;
  let kept = lines.length === 0 ? 0 : Buffer.byteLength(`${lines[0] ?? ''}\n`);
  for (const line of lines.slice(1)) {
    const value = parsed(line);
    const file = Done.safeParse(value);
    if (file.success) {
      // What was spoilt between two runs was written and noted once more.
      done.delete(file.data.path);
      done.set(file.data.path, file.data);
    } else if (Whole.safeParse(value).success) isWhole = true;
    else break;
    kept += Buffer.byteLength(`${line}\n`);
  }
  if (kept < Buffer.byteLength(text)) await truncate(path, kept);
  const handle = await open(path, 'a', 0o600);
  if (lines.length === 0) await line(handle, { format: 2, digest } satisfies z.infer<typeof Head>);
  let isOpen = true;
  return {
    done: [...done.values()],
    isWhole,
    note: async (files) => {
      await handle.appendFile(files.map((file) => `${JSON.stringify(file)}\n`).join(''));
    },
    noteWhole: async () => {
      await line(handle, { whole: true } satisfies z.infer<typeof Whole>);
      await handle.sync();
    },
    close: async () => {
      if (!isOpen) return;
      isOpen = false;
      await handle.close();
    },
  };
}

async function line(handle: FileHandle, value: unknown): Promise<void> {
  await handle.appendFile(`${JSON.stringify(value)}\n`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
