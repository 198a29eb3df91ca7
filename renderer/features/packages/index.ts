export { PackagesView } from './PackagesView.tsx';
export { DriveField } from './parts/DriveField.tsx';
export { RemarkList } from './parts/RemarkList.tsx';
export { ruleWords } from './parts/rule-words.ts';
export { RunLine } from './parts/RunLine.tsx';
