import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { PurposeCode } from '#contract';
import { instantOf, systemClock } from '../../foundation/clock.ts';
import { buildPackage, derivePackage, failureParams, type DeriveOrder } from '../../services/packages/index.ts';
import { packageSchemas } from '../package-schemas.ts';
import { required, UsageError, type Command, type CommandContext, type CommandResult } from './command.ts';
import { capturingJudge, packageJudge } from './package-judge.ts';
import { done } from './sentences.ts';
import { trustIn } from './verify.ts';

async function derivedInto(context: CommandContext, to: DeriveOrder['to'], words: 'sipAip' | 'sipDip', judging: Parameters<typeof derivePackage>[1] = {}): Promise<CommandResult> {
  const [path, into, ...others] = context.positionals;
  if (path === undefined || into === undefined || others.length > 0) throw new UsageError('PATH INTO');
  const archive = { name: required(context, 'name'), code: required(context, 'code') };
  const derived = await derivePackage({ path: resolve(path), archive, uuid: randomUUID().toUpperCase(), createdAt: instantOf(systemClock), software: { name: 'Trạm Văn thư', version: context.version }, to }, judging);
  if (!derived.ok) {
    const { failure } = derived;
    return failure.code === 'derive-unfit'
      ? { ok: false, code: 'package-unfit', params: { path: basename(path), count: failure.report.broken.must } }
      : { ok: false, code: 'package-kind', params: { path: basename(path), profile: failure.profile } };
  }
  const { content, open, close } = derived.value;
  try {
    if (content.documents.length === 0) return { ok: false, code: 'packages-nothing' };
    const built = await buildPackage({ content, schemas: packageSchemas(content.form), into: resolve(into), output: context.options['zip'] === true ? 'zip' : 'folder' }, { open });
    if (!built.ok) return { ok: false, code: built.failure.code, params: failureParams(built.failure) };
    const { path: made, files, sha256, objectId } = built.value;
    return { ok: true, value: { path: made, objectId, files, sha256 }, text: done(context, words, { path: made, files }) };
  } finally {
    await close();
  }
}

export const sipAip: Command = {
  about: 'Lập gói lưu trữ (AIP) từ gói nộp lưu (SIP) đã nhận, kèm kết quả kiểm tra chữ ký lúc đóng gói; gói nộp giữ nguyên. | Make the archival package (AIP) of a submitted one (SIP), with the verdicts on its signatures at that moment; the submitted one stays as it is.',
  usage: 'sip aip PATH INTO --code CODE --name NAME [--zip] [--trust DIR] [--offline]',
  options: { code: true, name: true, zip: false, trust: true, offline: false },
  run: async (context) => {
    const trust = trustIn(context);
    if ('code' in trust) return trust;
    const scratch = mkdtempSync(join(tmpdir(), 'tvt-sip-'));
    try {
      return await derivedInto(context, { kind: 'AIP' }, 'sipAip', capturingJudge(packageJudge(context, trust, scratch)));
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  },
};

export const sipDip: Command = {
  about: 'Lập bản sử dụng (DIP) từ gói lưu trữ (AIP) ngoài trạm; ai được cấp thì phải tự ghi sổ. | Make a use copy (DIP) of an archival package (AIP) outside of a station; who gets it is yours to write down.',
  usage: 'sip dip PATH INTO --code CODE --name NAME --request ID --day YYYY-MM-DD --purpose 01|02|03 --content TEXT [--topic TEXT] [--document CODE]… [--zip]',
  options: { code: true, name: true, request: true, day: true, purpose: true, content: true, topic: true, zip: false },
  many: ['document'],
  run: (context) => {
    const day = required(context, 'day');
    if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(Date.parse(day))) throw new UsageError('--day YYYY-MM-DD');
    const purpose = PurposeCode.options.find((code) => code === required(context, 'purpose'));
    if (purpose === undefined) throw new UsageError(`--purpose ${PurposeCode.options.join('|')}`);
    const topic = context.options['topic'];
    const documents = context.lists['document'];
    const request = { kind: 'request', requestID: required(context, 'request'), requestDate: day, purpose, purposeContent: required(context, 'content'), feeObjectType: '', researchTopic: typeof topic === 'string' ? topic : '', description: '' } as const;
    return derivedInto(context, { kind: 'DIP', request, ...(documents === undefined ? {} : { documents: [...documents] }) }, 'sipDip');
  },
};
