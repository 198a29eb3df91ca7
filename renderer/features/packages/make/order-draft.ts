import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query';
import type { DossierState, MadeForm, PackageOrder } from '#contract';
import { noRequest, requestOf, type RequestDraft } from '../parts/request-draft.ts';

export type ChosenDossier = { readonly id: string; readonly notation: string; readonly title: string; readonly state: DossierState };
export type ChosenDocument = { readonly kind: 'incoming' | 'outgoing'; readonly id: string; readonly code: string; readonly subject: string };

/** What is typed and chosen; of it an order is made. */
export type OrderDraft = RequestDraft & {
  readonly form: MadeForm;
  readonly output: 'zip' | 'folder';
  /** a drive that is plugged in; null: this machine's folder */
  readonly drive: string | null;
  readonly dossiers: readonly ChosenDossier[];
  readonly documents: readonly ChosenDocument[];
  readonly agreement: string;
  readonly archiveName: string;
  readonly archiveCode: string;
  readonly title: string;
  readonly turn: string;
  readonly number: string;
  readonly maintenance: PackageOrder['collection']['maintenance'];
  readonly description: string;
};

const nothing: OrderDraft = {
  form: 'SIP_hoso',
  output: 'zip',
  drive: null,
  dossiers: [],
  documents: [],
  agreement: '',
  archiveName: '',
  archiveCode: '',
  title: '',
  turn: '1',
  number: '1',
  maintenance: '01',
  description: '',
  ...noRequest,
};

const key = ['packages', 'draft'] as const;

/** The draft of this person at this window: it outlives a way to the dossier that is mended, and is dropped with the session. */
export function useOrderDraft(): readonly [OrderDraft, (part: Partial<OrderDraft>) => void] {
  const cache = useQueryClient();
  const draft = useQuery<OrderDraft>({ queryKey: key, queryFn: skipToken, gcTime: Infinity }).data ?? nothing;
  return [
    draft,
    (part) => {
      cache.setQueryData<OrderDraft>(key, (before) => ({ ...(before ?? nothing), ...part }));
    },
  ];
}

/** What each form is made of and asks for. */
export const formNeeds: Readonly<Record<MadeForm, { readonly of: 'dossiers' | 'documents'; readonly agreement: boolean; readonly archive: boolean; readonly request: boolean }>> = {
  SIP_hoso: { of: 'dossiers', agreement: true, archive: false, request: false },
  SIP_tailieu: { of: 'documents', agreement: true, archive: false, request: false },
  AIP_hoso: { of: 'dossiers', agreement: false, archive: true, request: false },
  AIP_tailieu: { of: 'documents', agreement: false, archive: true, request: false },
  DIP: { of: 'dossiers', agreement: false, archive: true, request: true },
  EARK_2_1_0: { of: 'dossiers', agreement: false, archive: false, request: false },
  EARK_2_2_0: { of: 'dossiers', agreement: false, archive: false, request: false },
  BagIt: { of: 'dossiers', agreement: false, archive: false, request: false },
};

/** Codes that the contract takes; '' is none. */
export function isCode(text: string): boolean {
  return /^([A-Za-z0-9][A-Za-z0-9._-]{0,34})?$/.test(text);
}

/** The order that a draft stands for. */
export function orderOf(draft: OrderDraft): PackageOrder {
  const needs = formNeeds[draft.form];
  return {
    form: draft.form,
    dossiers: needs.of === 'dossiers' ? draft.dossiers.map(({ id }) => id) : [],
    documents: needs.of === 'documents' ? draft.documents.map(({ kind, id }) => ({ kind, id })) : [],
    agreement: draft.agreement.trim(),
    archive: { name: draft.archiveName.trim(), code: isCode(draft.archiveCode.trim()) ? draft.archiveCode.trim() : '' },
    collection: { title: draft.title.trim(), turn: within(draft.turn, 99), number: within(draft.number, 9_999_999), maintenance: draft.maintenance, description: draft.description.trim() },
    request: { ...requestOf(draft), description: draft.description.trim() },
  };
}

function within(text: string, most: number): number {
  return Math.min(most, Math.max(1, Number(text) || 1));
}
