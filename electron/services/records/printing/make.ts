import type { Printed, PrintedKind, PrintFormat } from '#contract';
import { instantOf, vietnamDay, type Clock } from '../../../foundation/clock.ts';
import { one, sql, type ReadDb, type Store } from '../../../store/index.ts';
import { appendAudit } from '../../audit/index.ts';
import { actorOf } from '../../people/index.ts';
import { currentOffice } from '../../settings/index.ts';
import type { DocumentFonts } from '../print/sheet.ts';
import { insertPrinted } from './printed.store.ts';

export type PrintingDeps = {
  readonly store: Store;
  readonly clock: Clock;
  readonly fonts: () => DocumentFonts;
};

/** Whose paper it is, and who prints when. */
export type PrintFacts = {
  readonly parentName: string;
  readonly officeName: string;
  readonly place: string;
  /** yyyy-MM-dd in Vietnam */
  readonly day: string;
  readonly at: string;
  readonly by: string;
};

/** The facts that stand on everything printed; of the office `office`, or of the one that is now. */
export function printFacts(db: ReadDb, clock: Clock, office: string = currentOffice(db)): PrintFacts {
  const row = one<{ name: string; parent_name: string; place: string }>(
    db,
    sql`SELECT name, parent_name, place FROM office WHERE id = ${office}`,
  );
  return {
    parentName: row?.parent_name ?? '',
    officeName: row?.name ?? '',
    place: row?.place ?? '',
    day: vietnamDay(clock.now()),
    at: instantOf(clock),
    by: actorOf(db).name,
  };
}

const mediaTypes: Readonly<Record<PrintFormat | 'json', string>> = {
  json: 'application/json',
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv',
};

/** Keeps what was printed, with its audit entry: what left the system, on whose word, by which query. */
export async function keepPrinted(
  deps: PrintingDeps,
  facts: PrintFacts,
  print: {
    readonly kind: PrintedKind;
    readonly name: string;
    readonly format: PrintFormat | 'json';
    readonly bytes: Uint8Array;
    readonly detail: Parameters<typeof appendAudit>[1]['detail'];
  },
): Promise<Printed> {
  const blob = await deps.store.blobs.put(print.bytes);
  return deps.store.write((db) => {
    const made = insertPrinted(db, {
      kind: print.kind,
      madeAt: facts.at,
      madeBy: facts.by,
      name: `${print.name.replaceAll(/[^\p{L}\p{N}.-]+/gu, '-')}.${print.format}`,
      mediaType: mediaTypes[print.format],
      ...blob,
    });
    appendAudit(db, {
      at: facts.at,
      actor: facts.by,
      action: `printed.${print.kind}`,
      subjectKind: 'printed-file',
      subjectId: made.id,
      detail: { ...print.detail, name: made.name, sha256: blob.sha256 },
    });
    return made;
  });
}
