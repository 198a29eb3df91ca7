import { kindOf, type Kind, type Moment, type Row } from './kind.ts';

/** The exchange with other agencies: messages, deliveries and their evidence, and the directory. */
export const exchangeKinds: readonly Kind[] = [
  kindOf(
    'inbox-messages',
    'inbox_message',
    'id',
    `id transport_id message_type state sender handed_by sender_document_id business_type received_at acknowledged_at replayed_at
     sha256 size reason deviations:json document outgoing`,
  ),
  kindOf(
    'inbox-withheld',
    'inbox_withheld',
    'transport_id',
    'transport_id message_type sender tries first_failed_at last_failed_at next_try_at failure detail',
  ),
  kindOf('dispatches', 'dispatch', 'id', 'id document kind reason created_at created_by sender receivers:json sha256 size'),
  kindOf(
    'recipients',
    'recipient',
    'id',
    'id document dispatch organ_id name added_at sent_at cancelled_at take_back take_back_at heard_at refused:flag settled_at',
  ),
  kindOf('recipient-statuses', 'recipient_status', 'id', 'id recipient status_code said_at heard_at note staff message'),
  kindOf(
    'outbox',
    'outbox',
    'id',
    `id state payload:json? incoming outgoing dispatch status_code occasion rank created_at attempts next_try_at doubt_since
     axis_doc_id delivered_at last_failure last_failure_detail`,
  ),
  kindOf('axis-calls', 'axis_call', 'id', 'id outbox at note:json'),
  kindOf('evidence-files', 'evidence_file', 'id', 'id document made_at name media_type size sha256'),
  kindOf(
    'directory-state',
    'directory_state',
    'one',
    'current decisions every_hours last_full_at last_at last_tried_at trouble trouble_detail incomplete:flag open closed listed',
    { leftOut: { one: { why: 'there is one record', fill: () => 1 } } },
  ),
  kindOf(
    'agencies',
    'agency',
    'id',
    `id code plain name other_names:json level_one kind axis_id parent_axis_id mail valid_from closed_on successor source basis
     inferred:flag listed:flag since until`,
    { exported: asSeen },
  ),
  kindOf('agency-codes', 'agency_alias', 'id', 'id alias plain code since until', { exported: asSeen }),
  kindOf('recipient-groups', 'recipient_group', 'id', 'id name folded created_at changed_at closed_at'),
  kindOf('recipient-group-members', 'recipient_group_member', 'recipient_group ordinal', 'recipient_group ordinal code'),
];

/** A run of the synchronisation that has not come to its end is seen by nobody. */
function asSeen(row: Row, { directory }: Moment): Row | undefined {
  if (Number(row['since']) > directory) return undefined;
  return row['until'] !== null && Number(row['until']) > directory ? { ...row, until: null } : row;
}
