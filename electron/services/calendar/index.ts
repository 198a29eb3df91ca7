export { adoptIssuedTable, readCalendar } from './calendar.store.ts';
export { endOfDay, vietnamInstant } from './days.ts';
export { calendarHandlers } from './handlers.ts';
export {
  addWorkingDays,
  isAfterHours,
  isWorkingDay,
  nextWorkingDay,
  nextWorkingMorningEnd,
  subtractWorkingMinutes,
  workingDaysBetween,
  type WorkingCalendar,
} from './working-days.ts';
