import { kindOf, type Kind } from './kind.ts';

/** The registers: documents, their files, and the work on them. */
export const recordsKinds: readonly Kind[] = [
  kindOf(
    'incoming-documents',
    'incoming_document',
    'id',
    `id state stage closure source arrived_at arrival_series arrival_number arrival_suffix arrival_year registered_at registered_by
     document_id issuer_organ_id issuer_name addressed_organ_id code_number code_notation issued_date place type_name subject
     urgency due_date deadline deadline_basis signer_name signer_position signer_competence to_places:json page_amount language
     description holders leader leader_name result done_at closed_at closed_reason replaced_by`,
  ),
  kindOf('incoming-files', 'incoming_file', 'id', 'id document ordinal name media_type size sha256 destroyed_at superseded_at'),
  kindOf('incoming-answers', 'incoming_answer', 'incoming outgoing', 'incoming outgoing'),
  kindOf('arrival-marks', 'stamp_place', 'file', 'file x y'),
  kindOf('intake-files', 'intake_file', 'id', 'id name media_type size sha256 added_at entered_as discarded_at message part_of ordinal'),
  kindOf(
    'change-requests',
    'change_request',
    'id',
    'id incoming kind form reason asked_at state decided_at decided_by decision_reason content:json?',
  ),
  kindOf(
    'handling-steps',
    'handling_step',
    'id',
    'id document act from_standing to_standing at by_person by_name note party status_code',
  ),
  kindOf(
    'directions',
    'direction',
    'id',
    'id document text leader leader_name delegated_as given_on from_paper:flag recorded_at recorded_by',
  ),
  kindOf(
    'assignments',
    'assignment',
    'id',
    `id document direction part unit unit_name person person_name deadline due state transferred_on received_at received_by
     ended_at ended_note`,
    // Of ended work it stays as it was, and the insert would compute it anew.
    { setAgain: 'due' },
  ),
  kindOf(
    'drafts',
    'draft',
    'id',
    `id state version created_at created_by type_name subject urgency due_date signer_name unit_name changed_at changed_by
     returned_reason signed_at`,
  ),
  kindOf('draft-versions', 'draft_version', 'draft version', 'draft version at by fields:json files:json'),
  kindOf('draft-files', 'draft_file', 'id', 'id draft role name media_type size sha256 added_at'),
  kindOf('draft-acts', 'draft_act', 'id', 'id draft version act at person actor comment detail:json voided_at voided_reason'),
  kindOf(
    'outgoing-documents',
    'outgoing_document',
    'id',
    `id state office draft document_id series number suffix code_number code_notation issued_date place type_name subject urgency
     due_date language description unit unit_name drafter body signer_authority signer_name signer_position signer_competence
     to_places:json planned_to:json paper_to:json page_amount issued_amount keep_unit file_catalog file_notation paper:flag
     replies_to corrects replaces signed_at numbered_at numbered_by sealed_at sealed_by issued_at issued_by sent_at paper_sent_at
     updated_at frozen_at frozen_reason replaced_by`,
  ),
  kindOf('outgoing-files', 'outgoing_file', 'id', 'id document ordinal name media_type size sha256 destroyed_at superseded_at'),
  kindOf('outgoing-answers', 'outgoing_answer', 'outgoing incoming', 'outgoing incoming'),
  kindOf(
    'register-imports',
    'register_import',
    'id',
    `id started_at finished_at by name media_type size sha256 sheet register year rows added known bad other_year undone_at
     undone_by`,
  ),
  kindOf('imported-entries', 'imported_entry', 'document', 'document import line transferred received_by'),
  kindOf('import-leftovers', 'import_leftover', 'id', 'id made_at name media_type size sha256'),
];
