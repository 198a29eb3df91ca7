export { IntakeView } from './views/IntakeView.tsx';
export { OpenedFiles } from './message/OpenedFiles.tsx';
export { Deviations, StrangeParties } from './parts/Deviations.tsx';
export { StoredDuplicates } from './parts/DuplicateList.tsx';
export { chooseByKey, ReadOffPage } from './parts/ReadOffPage.tsx';
export { BookField, useBookChoice } from './parts/BookField.tsx';
export { registeredWords } from './registered-words.ts';
