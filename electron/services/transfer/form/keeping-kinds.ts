import { kindOf, type Kind } from './kind.ts';

/** Schedules of retention, and the disposal of what is worthless with its trace. */
export const keepingKinds: readonly Kind[] = [
  kindOf(
    'retention-schedules',
    'retention_schedule',
    'id',
    'id name source confidence valid_from valid_to note imported_at imported_by file_name media_type size sha256',
  ),
  kindOf(
    'retention-rows',
    'retention_row',
    'id',
    'id schedule ordinal code group_name description period_kind period_years period_text basis note words plain',
  ),
  kindOf(
    'disposals',
    'disposal',
    'id',
    `id title state created_at created_by members:json? met_on conclusion appraiser appraisal_number appraisal_day appraisal_opinion
     decision_number decision_day signer signer_position ended_at`,
  ),
  kindOf('disposal-items', 'disposal_item', 'id', 'id disposal dossier reason note opinion opinion_note opinion_by state'),
  kindOf('disposal-steps', 'disposal_step', 'id', 'id disposal act from_state to_state at by note file_name media_type size sha256'),
  kindOf('disposed-documents', 'disposed_document', 'document', 'document item at'),
  kindOf('destroyed-files', 'destroyed_file', 'id', 'id disposal item document about kind name size content destroyed_at gone_at stays:flag'),
];
