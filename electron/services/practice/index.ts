export type { AxisAnswer, AxisRequest } from './axis/protocol.ts';
export { practiceAxis } from './axis/axis.ts';
export { lgspBase, type LgspWrapper } from './axis/lgsp-skin.ts';
export { practiceControl, type PracticeControl } from './axis/control-client.ts';
export { playDay, type DayResult } from './day/play-day.ts';
export { practiceCorrespondents, type Correspondent } from './documents/correspondents.ts';
export { practiceMessages, type PracticeMessage, type RealDocument } from './documents/messages.ts';
export { practiceAgency, practiceOperator } from './practice-office.ts';
