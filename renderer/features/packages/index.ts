export { PackagesView } from './PackagesView.tsx';
export { ResultSheet } from './make/ResultSheet.tsx';
export { DriveField } from './parts/DriveField.tsx';
export { RemarkList } from './parts/RemarkList.tsx';
export { noRequest, requestOf, type RequestDraft } from './parts/request-draft.ts';
export { RequestFields } from './parts/RequestFields.tsx';
export { ruleWords } from './parts/rule-words.ts';
export { ShowInFolder } from './parts/ShowInFolder.tsx';
export { RunLine } from './parts/RunLine.tsx';
