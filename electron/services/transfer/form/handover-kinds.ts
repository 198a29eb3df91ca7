import { kindOf, type Kind } from './kind.ts';

/**
 * What was given to archives, and taken over from others. Kinds come in the order of their names: what stands in a batch or receipt
 * comes before it, as the database takes nothing into one that is past that (triggers of 0290 and 0295).
 */
export const handoverKinds: readonly Kind[] = [
  kindOf(
    'handover-batches',
    'handover_batch',
    'id',
    `id office state version title turn archive_name archive_code fields:json created_at created_by checked_at remarks:json? folder packaged_at
     handed_on answered_at answered_by minutes_number ended_reason`,
  ),
  kindOf(
    'handover-batch-items',
    'handover_item',
    'id',
    `id batch ordinal dossier file_code title permanent:flag documents content:json? object_id built_at mets_digest files bytes answer
     answer_reason live:flag`,
  ),
  kindOf(
    'handover-receipts',
    'handover_receipt',
    'id',
    'id office state version title turn sender_name sender_code fields:json started_at started_by taking_at concluded_at concluded_by minutes_number',
  ),
  kindOf(
    'handover-packages',
    'received_package',
    'id',
    `id receipt ordinal name path object_id file_code title permanent:flag mets_digest documents files bytes passed:flag authenticity integrity
     readability duplicate reasons:json described:json checked_at decision decision_reason decided_at decided_by dossier`,
  ),
  kindOf('archived-files', 'archived_file', 'package path', 'package path size sha256'),
  kindOf('archived-packages', 'archived_package', 'package', 'package dossier form uuid created_at created_by object_id folder mets_digest files bytes kept_at'),
  kindOf(
    'use-copies',
    'use_copy',
    'id',
    'id package dossier made_at made_by recipient recipient_id valid_until request:json chosen:json? object_id mets_digest documents files bytes path fit:flag',
  ),
  kindOf(
    'certifications',
    'certification',
    'id',
    `id package dossier state made_at made_by code uuid issued_at archive copies wish:json place:json text_size text_sha256 name size sha256 signed:json?
     ended_at ended_by ended_reason`,
  ),
  kindOf('document-copies', 'document_copy', 'id', 'id dossier kind made_at made_by recipient recipient_id request:json approved_on approver download_until remove_on'),
  kindOf(
    'document-copy-files',
    'document_copy_file',
    'id',
    `id copy ordinal state member code_number code_notation type_name subject source_name source_sha256 pages left_out name size sha256 signed:json?
     ended_at ended_by ended_reason`,
  ),
  kindOf('handover-package-files', 'received_file', 'package path', 'package path size digest sha256 passed:flag authenticity integrity readability reasons:json'),
];
