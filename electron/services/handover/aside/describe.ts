import type { Described } from '../../packages/index.ts';
import { dossierOf, membersOf } from '../receiving/described.ts';
import { filesIn, type DescribeJob, type JobAnswer, type JobDeps } from './jobs.ts';

/** Members that are written down in one step. */
const atOnce = 200;

/** What a received package becomes here: its dossier first, then its members, some at a time. */
export async function describe({ described: text, files: pages, senderName, today }: DescribeJob, { part }: Pick<JobDeps, 'part'>): Promise<JobAnswer> {
  const described = JSON.parse(text) as readonly Described[];
  const found = dossierOf(described, senderName, today);
  if (found === undefined) return { ok: false, failure: { code: 'no-dossier' } };
  await part({ kind: 'head', ...found });
  const files = filesIn(pages);
  const byPath = new Map(files.map((file) => [file.path, file]));
  const members = membersOf(described, files).flatMap((member) => {
    const file = byPath.get(member.path);
    return file === undefined ? [] : [{ ...member, ...file }];
  });
  for (let at = 0; at < members.length; at += atOnce) await part({ kind: 'members', members: members.slice(at, at + atOnce) });
  return { ok: true, made: null };
}
