import type { SigningPaper, SigningRole } from '#contract';
import { documentToSeal, draftToSign, type ToSign } from '../records/index.ts';
import type { DeskDeps, DeskPaper } from './ports.ts';

/** What is told of a paper to windows. */
export function shownPaper({ paper }: Pick<Subject, 'paper'>): SigningPaper | null {
  if (paper === null) return null;
  const { kind, dossier, recipient } = paper;
  return { kind, dossier, recipient };
}

/** What stands under an id for whoever signs; `paper`: of the archive, in no register. */
export type Subject = ToSign & { readonly paper: (SigningPaper & { readonly shows: DeskPaper['shows'] }) | null };

type Deps = Pick<DeskDeps, 'store' | 'papers'>;

/** A paper of the archive, which only the agency signs. */
export function getPaper({ store, papers }: Deps, role: SigningRole, id: string): DeskPaper | undefined {
  return role === 'agency' ? papers.toSign(store.read, id) : undefined;
}

/** What may be signed under an id in a role: a draft (person), a row of the register or a paper of the archive (agency). */
export function subjectOf(deps: Deps, role: SigningRole, id: string): Subject | undefined {
  const { read } = deps.store;
  const known = role === 'person' ? draftToSign(read, id) : documentToSeal(read, id);
  if (known !== undefined) return { ...known, paper: null };
  const paper = getPaper(deps, role, id);
  return paper && asSubject(paper);
}

/** It has a number, and waits for the agency, as a row of the register does that is to be sealed; nobody signs it in person. */
function asSubject({ id, typeName, code, subject, file, mayBeSigned, kind, dossier, recipient, shows }: DeskPaper): Subject {
  const nobody = { urgency: 0, signerName: '', signerPosition: '', unitName: '' } as const;
  return { id, typeName, code, subject, ...nobody, state: 'numbered', mayBeSigned, mayBeCompleted: false, version: 0, issuedDate: null, main: file, attachments: [], draft: null, isSent: false, paper: { kind, dossier, recipient, shows } };
}
