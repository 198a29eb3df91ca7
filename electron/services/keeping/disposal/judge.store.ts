import type { DisposalReason } from '#contract';
import { isOnItsWay } from '../../dossiers/index.ts';
import { one, sql, type ReadDb } from '../../../store/index.ts';
import { choiceOf, dueDay, isOver, readRules } from '../deadlines/rules.ts';

export type DossierRefusal =
  | 'dossier-missing'
  | 'dossier-permanent'
  | 'dossier-not-expired'
  | 'dossier-not-closed'
  | 'dossier-frozen'
  | 'dossier-in-handover'
  | 'dossier-listed'
  | 'dossier-destroyed';

type Row = { code: string; state: string; kind: string; years: number | null; endedOn: string | null; disposal: string | null; list: string | null; listTitle: string | null };
export type Refused = { readonly code: DossierRefusal; readonly params: Readonly<Record<string, string>> };

/**
 * Why a dossier must not be on a list of what is worthless, or, with `on`, must not be destroyed with that list; undefined when
 * nothing speaks against it. What is kept for good is refused whatever the reason.
 */
export function refusalOf(db: ReadDb, dossier: string, { reason, today, on }: { readonly reason: DisposalReason; readonly today: string; readonly on?: string }): Refused | undefined {
  const row = one<Row>(
    db,
    sql`SELECT d.notation AS code, d.state, d.retention_kind AS kind, d.retention_years AS years, d.end_date AS endedOn, d.disposal, l.id AS list, l.title AS listTitle
        FROM dossier AS d LEFT JOIN disposal_item AS i ON i.dossier = d.id AND i.state IN ('proposed', 'destroying', 'destroyed')
        LEFT JOIN disposal AS l ON l.id = i.disposal WHERE d.id = ${dossier}`,
  );
  if (row === undefined || row.state === 'discarded') return { code: 'dossier-missing', params: { code: row?.code ?? '' } };
  const { code } = row;
  const refused = (why: DossierRefusal, more: Readonly<Record<string, string>> = {}): Refused => ({ code: why, params: { code, ...more } });
  if (row.disposal === 'destroyed') return refused('dossier-destroyed');
  if (row.kind === 'permanent' || row.years === null) return refused('dossier-permanent');
  if (row.state === 'locked') return refused('dossier-frozen');
  // What the archive has been told to expect is not destroyed on the way.
  if (isOnItsWay(db, dossier)) return refused('dossier-in-handover');
  if (row.state !== 'closed' || row.endedOn === null) return refused('dossier-not-closed');
  if (row.list !== null && row.list !== on) return refused('dossier-listed', { other: row.listTitle ?? '' });
  const due = dueDay(choiceOf(readRules(db), 'expiry').rule, row.endedOn, row.years);
  return reason === 'expired' && !isOver('expiry', due, today) ? refused('dossier-not-expired', { due }) : undefined;
}
