import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { exportedSettings, leftOutSettings, secretsOf } from './settings-form.ts';
import { kindOf, UnfitRecord, type Kind, type Row } from './kind.ts';

const secret = 'a password must never be in what anybody can read; a new one is given after the import';
const atTheDoor = 'wrong tries at the door of the old station';

/** Who the office is, its people, its numbers and what it has set. */
export const officeKinds: readonly Kind[] = [
  kindOf(
    'offices',
    'office',
    'id',
    'id organ_id former_organ_id name parent_name abbreviation place fonds_code collective head_position valid_from valid_to predecessor successor',
  ),
  kindOf('units', 'unit', 'id', 'id office name abbreviation head_position ordinal valid_from valid_to'),
  kindOf('unit-names', 'unit_past', 'unit until', 'unit until name abbreviation'),
  kindOf('people', 'person', 'id', 'id name position standing unit ordinal valid_from valid_to'),
  kindOf('people-before', 'person_past', 'person until', 'person until name position standing unit'),
  kindOf('roles', 'person_role', 'person role', 'person role'),
  kindOf(
    'delegations',
    'delegation',
    'id',
    'id kind giver taker valid_from valid_to acts:json types:json content basis ended_reason',
  ),
  kindOf('accounts', 'account', 'person', 'person set_at to_change:flag locked_at used_at last_sign_in_at', {
    leftOut: {
      // Nobody has the password to these: the account is there, and nobody can sign in with it.
      salt: { why: secret, fill: () => randomBytes(16) },
      hash: { why: secret, fill: () => randomBytes(32) },
      cost: { why: secret, fill: () => 2 ** 17 },
      wrong_tries: { why: atTheDoor, fill: () => 0 },
      wrong_at: { why: atTheDoor, fill: () => null },
    },
  }),
  kindOf('number-rules', 'number_rules', 'id', 'id office valid_from rules:json reason made_at made_by'),
  kindOf('abbreviations', 'abbreviation', 'id', 'id office category name abbreviation ended_at'),
  kindOf(
    'number-series',
    'number_series',
    'id',
    'id office register scope year name imported:flag last late_until closed_at closed_by closed_reason',
  ),
  kindOf('number-entries', 'number_entry', 'series number suffix', 'series number suffix state held:flag day for_whom until reason at by'),
  kindOf('number-codes', 'number_code', 'office year code', 'office year code code_number code_notation series number suffix'),
  kindOf('number-gaps', 'number_gap', 'series first', 'series first last reason at by'),
  kindOf('number-years', 'number_year', 'office year', 'office year closed_at reason by'),
  kindOf('deadline-rules', 'deadline_rule', 'id', 'id type_name urgency issuer working_days note'),
  kindOf(
    'calendar-days',
    'calendar_day',
    'origin date',
    'origin date kind name linked_date basis confidence note reason changed_by changed_at',
    // The others come with the program.
    { exported: (row) => (row['origin'] === 'office' ? row : undefined) },
  ),
  kindOf('settings', 'setting', 'name', 'name value:json changed_at', { exported: withoutSecrets, stored: withEmptySecrets }),
  kindOf(
    'trust-anchors',
    'trust_anchor',
    'id',
    'id fingerprint origin der reason added_at added_by withdrawn_at withdrawn_by withdrawn_reason',
  ),
  kindOf(
    'signing-pictures',
    'signing_picture',
    'id',
    `id kind office person name media_type size sha256 width_px height_px width_mm reason set_at set_by ended_at ended_by
     ended_reason`,
  ),
  kindOf('signer-checks', 'signer_check', 'id', 'id at by certificate result online status content:json document'),
  kindOf('signer-evidence', 'signer_evidence', 'signer_check ordinal', 'signer_check ordinal kind about size sha256'),
  kindOf('saved-searches', 'saved_search', 'id', 'id office name question:json saved_at saved_by closed_at'),
  kindOf('search-lists', 'search_export', 'id', 'id made_at name media_type size sha256'),
  kindOf('verdicts', 'file_verdict', 'id', 'id content at online:flag state indication sub_indication report:json'),
  kindOf('verdict-material', 'verdict_material', 'fingerprint', 'fingerprint kind der'),
  kindOf('verdict-uses', 'verdict_use', 'verdict fingerprint', 'verdict fingerprint'),
  kindOf('verdict-alarms', 'verdict_alarm', 'document', 'document decision why raised_at settled_at settled_by reason'),
  kindOf('printed-files', 'printed_file', 'id', 'id kind made_at made_by name media_type size sha256'),
  kindOf('audit-entries', 'audit_entry', 'seq', 'seq at actor action subject_kind subject_id detail:json previous_hash hash', {
    exported: (row, moment) => (Number(row['seq']) <= moment.lastEntry ? row : undefined),
  }),
];

const Members = z.record(z.string(), z.unknown());

function withoutSecrets(row: Row): Row | undefined {
  const name = String(row['name']);
  if (Object.hasOwn(leftOutSettings, name)) return undefined;
  // Somebody must have decided about it first: it may be a secret.
  if (!exportedSettings.includes(name)) throw new Error(`nobody has said whether the setting ${name} is exported`);
  const secrets = secretsOf(name);
  if (secrets.length === 0) return row;
  const value = Members.parse(JSON.parse(String(row['value'])));
  return { ...row, value: JSON.stringify(Object.fromEntries(Object.entries(value).filter(([member]) => !secrets.includes(member)))) };
}

function withEmptySecrets(row: Row): Row {
  const name = String(row['name']);
  if (!exportedSettings.includes(name)) throw new UnfitRecord(`no export has the setting ${name}`);
  const secrets = secretsOf(name);
  if (secrets.length === 0) return row;
  const members = Members.safeParse(JSON.parse(String(row['value'])));
  if (!members.success) throw new UnfitRecord(`the setting ${name} has no members`);
  return { ...row, value: JSON.stringify({ ...members.data, ...Object.fromEntries(secrets.map((member) => [member, ''])) }) };
}
