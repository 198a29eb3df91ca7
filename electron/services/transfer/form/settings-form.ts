/** Settings that an export holds, by the name under which they are stored. */
export const exportedSettings: readonly string[] = [
  'account-rules',
  'agency-kind',
  'axis',
  'desk-policy',
  'drafting',
  'duties',
  'envelope-sender',
  'fixity',
  'handling-paper-directions',
  'handling-soon-days',
  'retention',
  'setup',
  'signing',
  'station',
  'working-hours',
];

/** Those that none holds, with the reason. */
export const leftOutSettings: Readonly<Record<string, string>> = {
  backup: 'folder, disks and hours of this machine',
  'backup-elsewhere': 'what this machine was told of another one',
  'backup-life': 'tells this machine from a restored one',
  'backup-recovery': 'opens the backups: a secret',
  restored: 'what is to be said once on this machine',
  'calendar-edition': 'the table of days comes with the program',
  'profile-kind': 'stands in the manifest',
  'replayed-with': 'what this version of the program has read again',
  tokens: 'drivers of this machine, and the certificates that were picked at it',
};

/** Members of settings that are secrets; empty in a station that was filled from an export. */
const secretMembers: Readonly<Record<string, readonly string[]>> = { axis: ['secret', 'password', 'proxyPassword'] };

/** The members of a setting that no export holds. */
export function secretsOf(setting: string): readonly string[] {
  return secretMembers[setting] ?? [];
}
