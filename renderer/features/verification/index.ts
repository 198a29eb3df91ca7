export { useCheckStep } from './check-step.ts';
export { useDeskMarks } from './use-desk-marks.ts';
export { useVerdicts } from './use-verdicts.ts';
export { DoubtDialog } from './DoubtDialog.tsx';
export { LooseVerdicts, VerdictBox } from './VerdictBox.tsx';
export type { PointedPlace } from './places.ts';
export { findingLook } from './verdict-words.tsx';
