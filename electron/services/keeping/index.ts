export { createKeeping, type Keeping } from './keeping.ts';
export type { DestroyStep } from './disposal/ports.ts';
export { stepFileOf } from './disposal/disposal.store.ts';
export type { CheckedFile, CheckFiles, FileToCheck } from './fixity/ports.ts';
export { readFiles } from './fixity/read-files.ts';
export { scheduleFileOf } from './schedule/schedules.store.ts';
