import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { instantOf, type Clock } from '../foundation/clock.ts';
import { hasReceived } from '../services/exchange/index.ts';
import {
  practiceAgency,
  practiceCorrespondents,
  practiceMessages,
  practiceOperator,
  type DocumentFonts,
  type PracticeMessage,
  type RealDocument,
} from '../services/practice/index.ts';
import { saveAxis, saveStation } from '../services/settings/index.ts';
import type { Store } from '../store/index.ts';
import { startPracticeAxisProcess, type PracticeAxisProcess } from './practice-axis-process.ts';

export type Practice = {
  readonly axis: PracticeAxisProcess;
  /** what was handed to the practice axis at this start */
  readonly delivered: readonly PracticeMessage[];
  readonly stop: () => Promise<void>;
};

/**
 * Makes a profile practise: starts the practice axis in a process of its own, points the profile at it and hands over
 * the messages of today that the profile does not have yet.
 */
export async function startPractice(
  store: Store,
  clock: Clock,
  log: (line: string) => void,
  real: readonly RealDocument[],
): Promise<Practice> {
  const issuers = real.map((document) => document.issuer);
  const axis = await startPracticeAxisProcess([practiceAgency], [...practiceCorrespondents, ...issuers], log);
  try {
    const { endpoint, systemId, secret } = axis;
    store.write((db) => {
      const at = instantOf(clock);
      saveStation(db, { agency: { organId: practiceAgency.code, name: practiceAgency.name }, operator: practiceOperator }, at);
      saveAxis(db, { endpoint, systemId, secret, plainHttpHosts: ['127.0.0.1'], pollSeconds: 15 }, at);
    });
    const messages = await practiceMessages({ clock, agency: practiceAgency, fonts: practiceFonts(), real });
    const delivered = messages.filter((message) => !hasReceived(store.read, message.from.code, message.documentId));
    for (const message of delivered) await axis.control.deliver(message.bytes);
    return { axis, delivered, stop: axis.stop };
  } catch (error) {
    await axis.stop();
    throw error;
  }
}

function practiceFonts(): DocumentFonts {
  const folder = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/tinos/package.json'));
  const read = (face: string): Uint8Array => readFileSync(join(folder, face, `Tinos_${face}.ttf`));
  return {
    regular: read('400Regular'),
    bold: read('700Bold'),
    italic: read('400Regular_Italic'),
    boldItalic: read('700Bold_Italic'),
  };
}

/** Published documents that lie beside the project while it is developed; a user's clone has none. */
const realFiles = [
  { name: 'cv-11410-bxd-2026.pdf', issuerCode: 'G17', pages: 3 },
  { name: 'cv-11410-bxd-2026-phuluc1.pdf', issuerCode: 'G17', pages: 3 },
] as const;

/** The real documents of `folder`, described by its `expected.tsv`; none when the folder is not there. */
export function realDocumentsIn(folder: string): readonly RealDocument[] {
  const table = join(folder, 'expected.tsv');
  if (!existsSync(table)) return [];
  const [head = '', ...lines] = readFileSync(table, 'utf8').trimEnd().split('\n');
  const columns = head.split('\t');
  const rows = lines.map((line) => {
    const cells = line.split('\t');
    return (name: string): string => cells[columns.indexOf(name)] ?? '';
  });
  return realFiles.flatMap(({ name, issuerCode, pages }) => {
    const row = rows.find((cell) => cell('file') === name);
    if (row === undefined || !existsSync(join(folder, name))) return [];
    const positions = row('signer_position').split('; ');
    return [
      {
        bytes: readFileSync(join(folder, name)),
        fileName: name,
        number: row('number'),
        notation: row('notation'),
        date: row('issued_date'),
        kind: row('kind'),
        issuer: { code: issuerCode, name: row('issuer') },
        subject: row('subject'),
        signer: { competence: positions[0] ?? '', position: positions[1] ?? '', fullName: row('signer') },
        pages,
      },
    ];
  });
}
