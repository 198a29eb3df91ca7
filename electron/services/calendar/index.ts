export { adoptIssuedTable, readCalendar, type IssuedTable } from './calendar.store.ts';
export { endOfDay } from './days.ts';
export { calendarHandlers } from './handlers.ts';
export {
  addWorkingDays,
  isAfterHours,
  isWorkingDay,
  nextWorkingDay,
  nextWorkingMorningEnd,
  subtractWorkingMinutes,
  workingDaysBetween,
  type DayAnswer,
  type InstantAnswer,
  type WorkingCalendar,
} from './working-days.ts';
