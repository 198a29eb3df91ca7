import { z } from 'zod';

/** Văn thư, lãnh đạo, lưu trữ, quản trị, người xử lý (chuyên viên). */
export const Role = z.enum(['clerk', 'leader', 'archivist', 'administrator', 'officer']);
export type Role = z.infer<typeof Role>;

/**
 * Who may call a method once somebody has a password: `open`, also before signing in; `self`, whoever is signed in, also
 * while the password must be changed; else one of the roles.
 */
type Access = 'open' | 'self' | readonly Role[];

const clerk: Access = ['clerk'];
const administrator: Access = ['administrator'];
/** Works for the exchange: the clerk sends, the administrator mends. */
const exchangeWork: Access = ['clerk', 'administrator'];

/** Whoever may read. */
const readers: Access = ['clerk', 'leader', 'archivist', 'administrator', 'officer'];
/** Drafting, checking and handing in of files. */
const anyWork: Access = ['clerk', 'officer', 'leader'];
/** Bringing files of this machine in: for drafts and documents, and old registers. */
const fileWork: Access = ['clerk', 'officer', 'leader', 'archivist', 'administrator'];
/** Registers are printed, and old ones taken over, by who keeps them. */
const bookWork: Access = ['clerk', 'archivist', 'administrator'];
/** The file plan is kept by văn thư and lưu trữ. */
const planWork: Access = ['clerk', 'archivist', 'administrator'];
/** What is kept and for how long, what goes to an archive, and what it takes over, is the archivist's. */
const archiveWork: Access = ['archivist', 'administrator'];
/** Whoever does the work makes its dossier (NĐ 30/2020 art. 4.2.đ). */
const dossierWork: Access = ['clerk', 'officer', 'leader', 'archivist'];

/** Members of the council see the list and say what they think of it (TT 05/2025 art. 49.2). */
const councilWork: Access = ['archivist', 'administrator', 'leader'];

/**
 * The one table of who may do what. Every command of the contract has a line here; what is not named is for
 * administrators only. Queries may be asked by everybody who is signed in, but for those named here.
 */
export const rights: Readonly<Record<string, Readonly<Record<string, Access>>>> = {
  station: { status: 'open', saveStation: administrator, saveAxis: administrator },
  // Practising changes nothing of the office.
  setup: { begin: administrator, settle: administrator, stand: administrator, putAway: administrator, changeProfile: readers },
  records: { registerIncoming: clerk, refuseIncoming: clerk, decideChange: clerk, recordOutgoing: clerk },
  exchange: {
    receiveNow: exchangeWork,
    sendNow: exchangeWork,
    sendDocument: clerk,
    recallDocument: clerk,
    updateDocument: clerk,
    replaceDocument: clerk,
    cancelSend: clerk,
    moveUp: clerk,
    settleDoubt: exchangeWork,
    settleAlarm: clerk,
    makeEvidence: ['clerk', 'archivist', 'administrator'],
    replay: exchangeWork,
  },
  legacy: { look: bookWork, preview: bookWork, run: bookWork, stop: bookWork, saveBad: bookWork, undo: bookWork },
  intake: { takeFile: clerk, discardFile: clerk, addIncoming: clerk },
  messageFiles: { open: clerk, take: clerk, enter: clerk },
  calendar: { saveDay: exchangeWork, removeDay: exchangeWork, importDays: exchangeWork, saveHours: administrator },
  duties: { saveSettings: exchangeWork },
  numbers: {
    saveRules: administrator,
    saveAgencyKind: administrator,
    saveAbbreviation: administrator,
    endAbbreviation: administrator,
    startAfter: exchangeWork,
    setBack: administrator,
    reserve: exchangeWork,
    release: exchangeWork,
    voidNumber: exchangeWork,
    insert: exchangeWork,
    allowLate: exchangeWork,
    closeSeries: exchangeWork,
    reopenSeries: exchangeWork,
    closeYear: exchangeWork,
    reopenYear: exchangeWork,
  },
  handling: {
    present: clerk,
    presentMany: clerk,
    takeBack: ['clerk', 'leader'],
    direct: ['leader', 'clerk'],
    transfer: ['clerk', 'officer'],
    progress: ['clerk', 'officer', 'leader'],
    endPart: ['clerk', 'officer', 'leader'],
    finish: ['clerk', 'officer', 'leader'],
    reopen: ['clerk', 'leader'],
    returnToSender: clerk,
    setDeadline: ['clerk', 'leader'],
    saveSettings: exchangeWork,
    placeStamp: clerk,
    printCopy: ['clerk', 'leader', 'officer', 'archivist'],
  },
  drafting: {
    create: anyWork,
    save: anyWork,
    discard: anyWork,
    submit: anyWork,
    comment: anyWork,
    convert: anyWork,
    checkContent: anyWork,
    checkForm: anyWork,
    // The clerk notes what was signed elsewhere or on paper.
    sign: ['leader', 'clerk'],
    returnDraft: anyWork,
    number: clerk,
    voidNumber: clerk,
    seal: clerk,
    issue: clerk,
    send: clerk,
    paperSent: clerk,
    recallPaper: clerk,
    saveSettings: exchangeWork,
  },
  staging: { open: fileWork, piece: fileWork, finish: fileWork, drop: fileWork },
  search: { rebuild: exchangeWork, save: readers, removeSaved: readers, exportFound: readers },
  // Everything that the station holds leaves it unencrypted.
  transfer: { state: administrator, start: administrator, cancel: administrator },
  // A backup is encrypted, so whoever sits at the desk may have it made; where it goes and what opens it is the administrator's.
  backup: {
    start: exchangeWork,
    cancel: exchangeWork,
    verify: exchangeWork,
    generations: exchangeWork,
    judgeFolder: administrator,
    chooseFolder: administrator,
    saveSettings: administrator,
    setRecovery: administrator,
    makeSheet: administrator,
    restore: administrator,
    confirmRestored: exchangeWork,
    noteElsewhere: exchangeWork,
  },
  printing: {
    makeBook: bookWork,
    makeHandlingSlip: ['clerk', 'leader', 'officer'],
    makeEnvelopes: clerk,
    makeDispatchNote: clerk,
    makeReport: ['clerk', 'leader', 'archivist', 'administrator'],
  },
  connection: { test: administrator, stopTest: administrator },
  // Whoever has a token may look after it; what is run on this machine is the administrator's.
  tokens: { look: readers, choose: readers, forget: readers, testSign: readers, useModule: administrator, dropModule: administrator, saveWatch: administrator },
  // The leader signs drafts, the clerk seals what is numbered (NĐ 30/2020 art. 32.2); the handler looks at which of both.
  signing: { plan: ['leader', 'clerk'], preview: ['leader', 'clerk'], check: ['leader', 'clerk'], start: ['leader', 'clerk'], cancel: ['leader', 'clerk'], complete: ['leader', 'clerk'] },
  signingSettings: {
    saveSettings: administrator,
    addAnchor: administrator,
    withdrawAnchor: administrator,
    checkCertificate: readers,
    // One's own; the seal, whoever keeps it (NĐ 30/2020 art. 32); an administrator everybody's. The handler looks at whose it is.
    savePicture: readers,
    endPicture: readers,
  },
  verification: { again: readers, settleAlarm: clerk, savePolicy: administrator, makeSheet: readers },
  keeping: {
    importSchedule: archiveWork,
    endSchedule: archiveWork,
    saveRetentionSettings: archiveWork,
    createDisposal: archiveWork,
    addDossiers: archiveWork,
    removeItem: archiveWork,
    noteItem: archiveWork,
    submit: archiveWork,
    giveOpinion: councilWork,
    conclude: archiveWork,
    appraise: archiveWork,
    sendBack: archiveWork,
    decide: archiveWork,
    revoke: archiveWork,
    destroy: archiveWork,
    cancelDisposal: archiveWork,
    printDisposal: archiveWork,
    checkNow: archiveWork,
    stopCheck: archiveWork,
    saveFixitySettings: archiveWork,
    repair: archiveWork,
    noteLoss: archiveWork,
    // Names of what was destroyed, and of files by dossier: not everybody's.
    disposals: councilWork,
    disposal: councilWork,
    items: councilWork,
    disposalPreview: councilWork,
    destroyed: councilWork,
    badFiles: councilWork,
  },
  dossiers: {
    createPlan: planWork,
    savePlan: planWork,
    saveHeading: planWork,
    saveEntry: planWork,
    moveInPlan: planWork,
    removeFromPlan: planWork,
    renumberPlan: planWork,
    // The head decides; who keeps the plan notes it.
    approvePlan: ['leader', ...planWork],
    withdrawPlan: planWork,
    closePlan: planWork,
    reopenPlan: planWork,
    importPlanTable: planWork,
    makePlan: readers,
    importDossierTable: planWork,
    open: dossierWork,
    save: dossierWork,
    addDocuments: dossierWork,
    addFile: dossierWork,
    saveMember: dossierWork,
    removeMembers: dossierWork,
    arrange: dossierWork,
    moveMembers: dossierWork,
    close: dossierWork,
    reopen: ['clerk', 'leader', 'archivist'],
    lock: ['archivist', 'administrator'],
    unlock: ['archivist', 'administrator'],
    discard: dossierWork,
    saveAccess: ['leader', 'archivist', 'administrator'],
    makeDocumentList: readers,
    makeDossierList: readers,
  },
  handover: {
    stop: archiveWork,
    make: archiveWork,
    save: archiveWork,
    addDossiers: archiveWork,
    removeDossiers: archiveWork,
    check: archiveWork,
    package: archiveWork,
    withdraw: archiveWork,
    hand: archiveWork,
    cancel: archiveWork,
    makeList: archiveWork,
    makeMinutes: archiveWork,
    importMinutes: archiveWork,
    enterMinutes: archiveWork,
    startReceipt: archiveWork,
    saveReceipt: archiveWork,
    takeIn: archiveWork,
    decide: archiveWork,
    conclude: archiveWork,
    makeReceiptMinutes: archiveWork,
    compareMinutes: archiveWork,
  },
  holdings: { archived: archiveWork, documents: archiveWork, useCopies: archiveWork, ofDossier: archiveWork, archive: archiveWork, certifications: archiveWork, makeCertification: archiveWork, bringCertification: archiveWork, discardCertification: archiveWork, makeUseCopy: archiveWork },
  // The archive makes copies; văn thư keeps the agency's token and signs them (NĐ 30/2020 art. 32.2.c), so both see what waits for it.
  copies: { list: archiveWork, due: archiveWork, waiting: ['clerk', 'archivist', 'administrator'], make: archiveWork, discard: archiveWork, remove: archiveWork },
  packages: { look: archiveWork, lying: archiveWork, make: archiveWork, judge: archiveWork, show: archiveWork, layIn: archiveWork },
  directory: { saveGroup: exchangeWork, removeGroup: exchangeWork, syncNow: exchangeWork, saveSync: administrator },
  people: {
    saveOffice: administrator,
    succeedOffice: administrator,
    saveUnit: administrator,
    savePerson: administrator,
    reorder: administrator,
    endValidity: administrator,
    remove: administrator,
    importPeople: administrator,
    addDelegation: exchangeWork,
    endDelegation: exchangeWork,
    saveAccountRules: administrator,
    session: 'open',
    setPassword: administrator,
    signIn: 'open',
    changePassword: 'self',
    unlockAccount: administrator,
    removeAccount: administrator,
    lock: 'self',
    signOut: 'open',
  },
};

/** Who may call a method. */
export function accessOf(domain: string, method: string, kind: 'query' | 'command'): Access {
  return lineOf(domain, method) ?? (kind === 'query' ? Role.options : administrator);
}

/** Whether one of these roles is enough for a method. */
export function mayDo(roles: readonly Role[], domain: string, method: string, kind: 'query' | 'command'): boolean {
  const access = accessOf(domain, method, kind);
  return typeof access === 'string' || access.some((role) => roles.includes(role));
}

function lineOf(domain: string, method: string): Access | undefined {
  const row = Object.hasOwn(rights, domain) ? rights[domain] : undefined;
  return row !== undefined && Object.hasOwn(row, method) ? row[method] : undefined;
}
