import { z } from 'zod';
import type { Clock } from '../../../foundation/clock.ts';
import type { PlainDb } from '../../../store/index.ts';
import { wireInstant } from '../../exchange/index.ts';
import { generatedAgencies, type GeneratedAgency } from './generated-agencies.ts';
import type { PracticeAgency, PracticeSystem } from './protocol.ts';
import { addDelta, registeredAgencies, registeredAgency, saveAgency, unitDeltas } from './registry.store.ts';
import { refuse, type Served } from './served.ts';

/** A made-up directory beside the agencies that somebody answers for. */
export type GeneratedDirectory = { readonly count: number; readonly seed: number };

type Row = Readonly<Record<string, string>>;

/** Who is on the axis, and under whose account. */
export type Registry = {
  readonly owns: (systemId: string, code: string) => boolean;
  readonly agenciesOf: (systemId: string) => readonly string[];
  /** `closed` agencies take no messages any more; a `centre` never does (axis.md §1.1). */
  readonly standingOf: (code: string) => 'open' | 'closed' | 'centre' | 'unknown';
  /** Registers under the caller's account; `body` is the JSON of `/registerAgency`. */
  readonly register: (system: PracticeSystem, body: Uint8Array) => Served<null>;
  readonly remove: (system: PracticeSystem, code: string) => Served<null>;
  /** `data` of `/getAgenciesList` as JSON text in UTF-8; some 20 MB with a large directory. */
  readonly agencies: () => Uint8Array;
  /** Rows of `/getAgenciesListQD20`; `level` counts the groups of a code, '' asks for all (its values are not known). */
  readonly agenciesQd20: (level: string) => Served<readonly Row[]>;
  /** Rows of `/getSynchronizeUnit`: everything that changed, oldest first. */
  readonly unitDeltas: () => readonly Row[];
};

const registration = z.object({
  code: z.string().regex(/^[0-9A-Z.]{1,35}$/),
  name: z.string().trim().min(1).max(200),
  pcode: z.string().max(35).default(''),
  mail: z.string().max(100).default(''),
});

/** Ids of made-up agencies, and of registered ones, begin here, so that they do not move when others are added. */
const generatedIds = 1_000_000;
const registeredIds = 9_000_000;

export function createRegistry(options: {
  readonly systems: readonly PracticeSystem[];
  readonly db: PlainDb;
  readonly clock: Clock;
  readonly generated: GeneratedDirectory | undefined;
}): Registry {
  const { db, generated } = options;
  const configured = new Map(
    options.systems.flatMap(({ systemId, agencies }, system) =>
      agencies.map((agency, at) => [agency.code, { agency, systemId, id: String((system + 1) * 10_000 + at) }] as const),
    ),
  );
  let standings: ReadonlyMap<string, 'open' | 'closed' | 'centre'> | undefined;
  let rendered: { readonly without: string; readonly bytes: Uint8Array } | undefined;

  function made(): Iterable<GeneratedAgency> {
    return generated === undefined ? [] : generatedAgencies(generated.count, generated.seed);
  }

  /** Codes only, and only once somebody asks: the directory itself is never held. */
  function madeStanding(code: string): 'open' | 'closed' | 'centre' | undefined {
    standings ??= new Map([...standingRows(made())]);
    return standings.get(code);
  }

  function ownerOf(code: string): string | undefined {
    const registered = registeredAgency(db.read, code);
    if (registered !== undefined) return registered.deleted === 1 ? undefined : registered.systemId;
    return configured.get(code)?.systemId;
  }

  /** What is registered or configured, by code. */
  function ownRows(): ReadonlyMap<string, Row> {
    const rows = new Map<string, Row>();
    for (const [code, { agency, id }] of configured) rows.set(code, configuredRow(agency, id));
    const registered = registeredAgencies(db.read);
    for (const { code, name, mail, parentCode, deleted, seq } of registered) {
      const before = rows.get(code);
      rows.delete(code);
      if (deleted === 1) continue;
      const pid = rows.get(parentCode)?.['id'] ?? '';
      rows.set(code, { id: before?.['id'] ?? String(registeredIds + seq), pid, code, name, mail, oldCode: before?.['oldCode'] ?? '' });
    }
    return rows;
  }

  /** Codes that stand for a real account now or did once; a made-up agency with such a code is left out. */
  function taken(): ReadonlySet<string> {
    return new Set([...configured.keys(), ...registeredAgencies(db.read).map(({ code }) => code)]);
  }

  /** The made-up part as JSON rows with commas between, kept as bytes. */
  function madeBytes(): Uint8Array {
    const codes = taken();
    const without = [...codes].toSorted().join(' ');
    if (rendered?.without !== without) rendered = { without, bytes: renderedRows(made(), codes) };
    return rendered.bytes;
  }

  function change(system: PracticeSystem, agency: { code: string; name: string; mail: string; parentCode: string }, deleted: 0 | 1): void {
    db.write((tx) => {
      saveAgency(tx, { ...agency, systemId: system.systemId, deleted });
      addDelta(tx, { ...agency, centerCode: system.systemId, deleted, modifiedTime: wireInstant(options.clock.now()) });
    });
  }

  return {
    owns: (systemId, code) => ownerOf(code) === systemId,
    agenciesOf(systemId) {
      const registered = registeredAgencies(db.read);
      const codes = new Set([...configured].filter(([, one]) => one.systemId === systemId).map(([code]) => code));
      for (const one of registered) {
        if (one.deleted === 0 && one.systemId === systemId) codes.add(one.code);
        else codes.delete(one.code);
      }
      return [...codes];
    },
    standingOf(code) {
      if (isCentre(code)) return 'centre';
      if (ownerOf(code) !== undefined) return 'open';
      // Without an owner it was deleted, if it is known at all.
      return taken().has(code) ? 'closed' : (madeStanding(code) ?? 'unknown');
    },
    register(system, body) {
      const given = registration.safeParse(jsonOf(body));
      if (!given.success) return refuse('10', 'Thong tin don vi khong hop le');
      const { code, name, mail, pcode } = given.data;
      const owner = ownerOf(code);
      if (owner !== undefined && owner !== system.systemId) return refuse('19', `Ma ${code} da duoc he thong khac dang ky`);
      change(system, { code, name, mail, parentCode: pcode }, 0);
      return { value: null };
    },
    remove(system, code) {
      if (ownerOf(code) !== system.systemId) return refuse('19', `Don vi ${code} khong thuoc he thong ${system.systemId}`);
      const known = registeredAgency(db.read, code);
      const name = known?.name ?? configured.get(code)?.agency.name ?? '';
      change(system, { code, name, mail: known?.mail ?? '', parentCode: known?.parentCode ?? '' }, 1);
      return { value: null };
    },
    agencies() {
      const own = Buffer.from([...ownRows().values()].map((row) => JSON.stringify(row)).join(','), 'utf8');
      const rest = madeBytes();
      const comma = own.length > 0 && rest.length > 0 ? ',' : '';
      return Buffer.concat([Buffer.from('['), own, Buffer.from(comma), rest, Buffer.from(']')]);
    },
    agenciesQd20(level) {
      if (level !== '' && !/^[1-9]$/.test(level)) return refuse('10', 'Tham so khong hop le');
      const fits = (code: string): boolean => isNewForm(code) && (level === '' || code.split('.').length === Number(level));
      const rows: Row[] = [];
      for (const { id = '', code = '', name = '', mail = '', oldCode = '' } of ownRows().values()) {
        if (fits(code)) rows.push({ id, code, name, mail, code102: oldCode });
      }
      const own = taken();
      for (const { id, code, name, mail, oldCode, closed } of made()) {
        if (closed || !fits(code) || own.has(code)) continue;
        rows.push({ id: String(generatedIds + id), code, name, mail, code102: oldCode });
      }
      return { value: rows };
    },
    unitDeltas() {
      const rows: Row[] = [];
      const accounts = taken();
      for (const agency of made()) {
        if (!agency.closed || accounts.has(agency.code)) continue;
        const { id, parentId, code, name, mail, centerCode, kind } = agency;
        const isAgency = kind === 'centre' ? '0' : '1';
        rows.push({ ...ids(id, parentId), code, name, mail, centerCode, version: String(id), deleted: '1', modifyDate: '2025/07/01 00:00:00', isAgency });
      }
      const own = ownRows();
      for (const { code, name, mail, parentCode, centerCode, version, deleted, modifiedTime } of unitDeltas(db.read)) {
        const id = own.get(code)?.['id'] ?? '';
        const pid = own.get(parentCode)?.['id'] ?? '';
        const isAgency = isCentre(code) ? '0' : '1';
        const later = String(registeredIds + version);
        rows.push({ id, pid, code, name, mail, centerCode, version: later, deleted: String(deleted), modifyDate: modifiedTime, isAgency });
      }
      return rows;
    },
  };
}

function* standingRows(agencies: Iterable<GeneratedAgency>): Generator<readonly [string, 'open' | 'closed' | 'centre']> {
  for (const { code, kind, closed } of agencies) yield [code, kind === 'centre' ? 'centre' : closed ? 'closed' : 'open'];
}

function ids(id: number, parentId: number): { readonly id: string; readonly pid: string } {
  return { id: String(generatedIds + id), pid: parentId === 0 ? '' : String(generatedIds + parentId) };
}

function configuredRow(agency: PracticeAgency, id: string): Row {
  return { id, pid: '', code: agency.code, name: agency.name, mail: '', oldCode: agency.oldCode ?? '' };
}

/** Piece by piece, so that the rows never stand in memory as objects or as one long text. */
function renderedRows(agencies: Iterable<GeneratedAgency>, without: ReadonlySet<string>): Uint8Array {
  const pieces: Buffer[] = [];
  let texts: string[] = [];
  const flush = (): void => {
    if (texts.length > 0) pieces.push(Buffer.from(`${pieces.length > 0 ? ',' : ''}${texts.join(',')}`, 'utf8'));
    texts = [];
  };
  for (const { id, parentId, code, name, mail, oldCode } of agencies) {
    if (without.has(code)) continue;
    texts.push(JSON.stringify({ ...ids(id, parentId), code, name, mail, oldCode }));
    if (texts.length === 2000) flush();
  }
  flush();
  return Buffer.concat(pieces);
}

/** A centre passes messages on and is no addressee (axis.md §1.1, §3.5). */
function isCentre(code: string): boolean {
  return /(?:^|\.)W00(?:\.|$)/.test(code);
}

function isNewForm(code: string): boolean {
  return /^[A-Z]\d{2}(?:\.[0-9A-Z]+)*$/.test(code);
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return undefined;
  }
}
