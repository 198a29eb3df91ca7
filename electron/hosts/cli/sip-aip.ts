import { randomUUID } from 'node:crypto';
import { basename, resolve } from 'node:path';
import { instantOf, systemClock } from '../../foundation/clock.ts';
import { buildPackage, derivePackage, failureParams } from '../../services/packages/index.ts';
import { packageSchemas } from '../package-schemas.ts';
import { required, UsageError, type Command } from './command.ts';
import { done } from './sentences.ts';

export const sipAip: Command = {
  about: 'Lập gói lưu trữ (AIP) từ gói nộp lưu (SIP) đã nhận; gói nộp giữ nguyên. | Make the archival package (AIP) of a submitted one (SIP); the submitted one stays as it is.',
  usage: 'sip aip PATH INTO --code CODE --name NAME [--zip]',
  options: { code: true, name: true, zip: false },
  run: async (context) => {
    const [path, into, ...others] = context.positionals;
    if (path === undefined || into === undefined || others.length > 0) throw new UsageError('PATH INTO');
    const archive = { name: required(context, 'name'), code: required(context, 'code') };
    const derived = await derivePackage({ path: resolve(path), archive, uuid: randomUUID().toUpperCase(), createdAt: instantOf(systemClock), software: { name: 'Trạm Văn thư', version: context.version }, to: { kind: 'AIP' } });
    if (!derived.ok) {
      const { failure } = derived;
      return failure.code === 'derive-unfit'
        ? { ok: false, code: 'package-unfit', params: { path: basename(path), count: failure.report.broken.must } }
        : { ok: false, code: 'package-kind', params: { path: basename(path), profile: failure.profile } };
    }
    const { content, open, close } = derived.value;
    try {
      const built = await buildPackage({ content, schemas: packageSchemas(content.form), into: resolve(into), output: context.options['zip'] === true ? 'zip' : 'folder' }, { open });
      if (!built.ok) return { ok: false, code: built.failure.code, params: failureParams(built.failure) };
      const { path: made, files, sha256, objectId } = built.value;
      return { ok: true, value: { path: made, objectId, files, sha256 }, text: done(context, 'sipAip', { path: made, files }) };
    } finally {
      await close();
    }
  },
};
