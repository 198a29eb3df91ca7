import { kindOf, type Kind } from './kind.ts';

/** File plans and dossiers. Names are such that what refers to a plan or dossier comes in before it: the rules of the database ask for its state. */
export const dossierKinds: readonly Kind[] = [
  kindOf('plan-headings', 'file_heading', 'id', 'id plan parent ordinal symbol title'),
  kindOf(
    'plan-entries',
    'file_entry',
    'id',
    `id plan heading ordinal number notation title retention_kind retention_years retention_basis schedule_row unit unit_name person
     person_name note line added_reason`,
  ),
  kindOf(
    'plans',
    'file_plan',
    'id',
    `id office year state version numbering note copied_from decision_number decision_date approver created_at created_by approved_at
     approved_by closed_at closed_by`,
  ),
  kindOf('dossier-acts', 'dossier_act', 'id', 'id plan dossier act at by reason detail:json'),
  kindOf(
    'dossier-members',
    'dossier_member',
    'id',
    `id dossier ordinal kind incoming outgoing name media_type size sha256 destroyed_at type_name code_number code_notation issued_date
     issuer_name subject page_amount sheet note origin autograph access added_at added_by removed_at removed_by removed_reason
     handed_over_at`,
  ),
  kindOf('dossier-readers', 'dossier_access', 'id', 'id dossier member person unit role'),
  kindOf('dossier-traits', 'dossier_trait', 'trait line', 'trait line n'),
  kindOf(
    'dossiers',
    'dossier',
    'id',
    `id office state version plan entry line catalog notation title retention_kind retention_years retention_basis schedule_row unit
     unit_name person person_name use_mode language keyword info_sign condition paper_code paper_sheets description start_date end_date
     arranged access member_total opened_at opened_by changed_at changed_by closed_at closed_by locked_from locked_at locked_by
     locked_reason handed_over_at disposal disposal_at plain arriving`,
  ),
];
