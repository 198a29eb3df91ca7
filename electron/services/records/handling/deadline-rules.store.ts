import { z } from 'zod';
import type { DeadlineRule, HandlingSettings } from '#contract';
import { newId } from '../../../foundation/ids.ts';
import { all, changeOne, run, sql, type ReadDb, type WriteDb } from '../../../store/index.ts';
import { readSetting, saveSetting } from '../../settings/index.ts';
import { addWorkingDays, type WorkingCalendar } from '../../calendar/index.ts';

/** Inferred: no act says when work is near due; two working days until the office sets its own. */
const usualSoonDays = 2;

/** How many working days before its day work is called near due. */
export function readSoonDays(db: ReadDb): number {
  return readSetting(db, 'handling-soon-days', z.number().int()) ?? usualSoonDays;
}

/** Whether the office's leaders decide on paper; on the screen until it says so. */
export function readPaperDirections(db: ReadDb): boolean {
  return readSetting(db, 'handling-paper-directions', z.boolean()) ?? false;
}

/** All of the office's settings for the handling. */
export function readHandlingSettings(db: ReadDb): HandlingSettings {
  return { soonDays: readSoonDays(db), rules: readRules(db), paperDirections: readPaperDirections(db) };
}

/** The office's own rules for days to work, in the order in which it wrote them. */
function readRules(db: ReadDb): DeadlineRule[] {
  return all<DeadlineRule>(
    db,
    sql`SELECT type_name AS typeName, urgency, issuer, working_days AS workingDays, note FROM deadline_rule ORDER BY id`,
  );
}

/** Replaces all of them. */
export function saveHandlingSettings(db: WriteDb, { soonDays, rules, paperDirections }: HandlingSettings, at: string): void {
  saveSetting(db, 'handling-soon-days', soonDays, at);
  saveSetting(db, 'handling-paper-directions', paperDirections, at);
  run(db, sql`DELETE FROM deadline_rule`);
  for (const rule of rules) {
    changeOne(
      db,
      sql`INSERT INTO deadline_rule (id, type_name, urgency, issuer, working_days, note)
          VALUES (${newId()}, ${rule.typeName}, ${rule.urgency}, ${rule.issuer}, ${rule.workingDays}, ${rule.note})`,
    );
  }
}

type Criteria = { readonly typeName: string; readonly urgency: number; readonly issuerOrganId: string; readonly issuerName: string };

/**
 * The rule that fits a document: the one with the most criteria, among equals the one that names the sender, then the kind;
 * of several such the fewest days. Undefined when none fits.
 */
function ruleFor(rules: readonly DeadlineRule[], document: Criteria): DeadlineRule | undefined {
  const weight = (rule: DeadlineRule): number =>
    (rule.issuer === '' ? 0 : 1.2) + (rule.typeName === '' ? 0 : 1.1) + (rule.urgency === null ? 0 : 1);
  return rules
    .filter((rule) => fits(rule, document))
    .toSorted((one, other) => weight(other) - weight(one) || one.workingDays - other.workingDays)[0];
}

function fits(rule: DeadlineRule, document: Criteria): boolean {
  const same = (one: string, other: string): boolean => one.toLocaleLowerCase('vi') === other.toLocaleLowerCase('vi');
  return (
    (rule.typeName === '' || same(rule.typeName, document.typeName)) &&
    (rule.urgency === null || rule.urgency === document.urgency) &&
    (rule.issuer === '' || same(rule.issuer, document.issuerName) || rule.issuer === document.issuerOrganId)
  );
}

/** The day that the office's rules give a document from a day on; null when none fits. 0 working days is the day itself. */
export function dayByRules(
  db: ReadDb,
  calendar: WorkingCalendar,
  document: Criteria,
  from: string,
): { readonly day: string; readonly workingDays: number; readonly note: string } | null {
  const rule = ruleFor(readRules(db), document);
  if (rule === undefined) return null;
  return { day: addWorkingDays(calendar, from, rule.workingDays).day, workingDays: rule.workingDays, note: rule.note };
}
