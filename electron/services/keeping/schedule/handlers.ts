import { fail, ok, type CodeOf, type Contract, type Handlers, type InputOf, type Outcome, type OutputOf } from '#contract';
import { dayPlus, instantOf, vietnamDay } from '../../../foundation/clock.ts';
import { appendAudit } from '../../audit/index.ts';
import { TableRefused } from '../../legacy/index.ts';
import { actorOf } from '../../people/index.ts';
import type { KeepingDeps } from '../deps.ts';
import { lookAtSchedule, missingColumns, readSchedule, type ReadSchedule } from './read-schedule.ts';
import { beginsBefore, findRows, getRow, getSchedule, insertSchedule, listSchedules, setValidTo } from './schedules.store.ts';

type Keeping = Contract['keeping'];
type Import = Keeping['importSchedule'];
type Names = 'schedules' | 'lookAtSchedule' | 'previewSchedule' | 'importSchedule' | 'endSchedule' | 'findRows' | 'row';

const shown = { rows: 50, problems: 500 };

/** The methods about bảng thời hạn bảo quản. */
export function scheduleHandlers(deps: KeepingDeps): Pick<Handlers<Contract>['keeping'], Names> {
  const { store, clock } = deps;
  const today = (): string => vietnamDay(clock.now());
  return {
    schedules: () => ok(listSchedules(store.read, today())),
    lookAtSchedule: ({ file }) => refusing(async () => ok(await lookAtSchedule(store.blobs, file))),
    previewSchedule: (question) =>
      refusing(async () => {
        const missing = missingColumns(question);
        if (missing.length > 0) return fail('columns-missing', { field: 'columns', fields: missing.join(' ') });
        return ok(previewOf(await readSchedule(store.blobs, question)));
      }),
    importSchedule: (input) => refusing(() => importSchedule(deps, input)),
    endSchedule: ({ schedule, validTo, reason }) =>
      store.write((db) => {
        const before = getSchedule(db, schedule, today());
        if (before === undefined) return fail('not-found');
        if (validTo < before.validFrom) return fail('schedule-days', { field: 'validTo' });
        setValidTo(db, schedule, validTo);
        appendAudit(db, { at: instantOf(clock), actor: actorOf(db).name, action: 'retention-schedule.ended', subjectKind: 'retention-schedule', subjectId: schedule, detail: { before: before.validTo, validTo, reason } });
        return ok({ ...before, validTo, current: before.validFrom <= today() && validTo >= today() });
      }),
    findRows: (question) => ok(findRows(store.read, question)),
    row: ({ row }) => {
      const found = getRow(store.read, row);
      const schedule = found === undefined ? undefined : getSchedule(store.read, found.schedule, today());
      return found === undefined || schedule === undefined ? fail('not-found') : ok({ row: found, schedule });
    },
  };
}

type TableCode = TableRefused['code'];

/** What a file is refused for, as a failure of the contract. */
async function refusing<T>(work: () => Promise<T>): Promise<T | ReturnType<typeof fail<TableCode>>> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof TableRefused) return fail(error.code, error.params);
    throw error;
  }
}

function previewOf({ rows, bad, groups }: ReadSchedule): OutputOf<Keeping['previewSchedule']> {
  return {
    good: rows.length,
    bad: bad.length,
    groups,
    permanent: rows.filter(({ period }) => period.kind === 'permanent').length,
    rows: rows.slice(0, shown.rows).map(({ line, code, group, description, period, periodText }) => ({ row: line, code, group, description, period, periodText })),
    problems: bad.slice(0, shown.problems).map(({ line, cells, problem }) => ({ row: line, cells: [...cells], problem })),
  };
}

async function importSchedule({ store, clock }: KeepingDeps, input: InputOf<Import>): Promise<Outcome<OutputOf<Import>, CodeOf<Import>>> {
  const missing = missingColumns(input);
  if (missing.length > 0) return fail('columns-missing', { field: 'columns', fields: missing.join(' ') });
  const { rows, bad } = await readSchedule(store.blobs, input);
  if (bad.length > 0) return fail('schedule-rows-bad', { count: bad.length, row: bad[0]?.line ?? 0 });
  if (rows.length === 0) return fail('schedule-empty');
  const { file, name, source, confidence, validFrom, validTo, replaces, note, without } = input;
  if (validTo !== null && validTo < validFrom) return fail('schedule-days', { field: 'validTo' });
  return store.write((db): Outcome<OutputOf<Import>, CodeOf<Import>> => {
    const at = instantOf(clock);
    const by = actorOf(db).name;
    if (replaces !== null) {
      const tooEarly = beginsBefore(db, replaces, validFrom);
      if (tooEarly === undefined) return fail('not-found');
      if (tooEarly) return fail('schedule-days', { field: 'validFrom' });
      setValidTo(db, replaces, dayPlus(validFrom, -1));
    }
    const id = insertSchedule(db, { name, source, confidence, validFrom, validTo, note, importedAt: at, importedBy: by }, file, rows);
    appendAudit(db, {
      at,
      actor: by,
      action: 'retention-schedule.imported',
      subjectKind: 'retention-schedule',
      subjectId: id,
      detail: { name, source, confidence, validFrom, validTo, replaces, rows: rows.length, without: [...without], file: file.name, sha256: file.sha256 },
    });
    const made = getSchedule(db, id, vietnamDay(clock.now()));
    if (made === undefined) throw new Error('the schedule is not there');
    return ok(made);
  });
}
