import { createRequire, syncBuiltinESMExports } from 'node:module';
import type { PackageForm } from '../../../electron/services/packages/index.ts';
import { originals, smallContent, stubSchemas } from '../../fakes/packages/content.ts';

/** A program that builds the small package and dies by SIGKILL at its n-th call to the disk, before or after it; 0: never. */
const { into, form, output, at } = JSON.parse(process.argv[2] ?? '') as { into: string; form: PackageForm; output: 'folder' | 'zip'; at: number };
let calls = 0;

function counted<A extends unknown[], R>(call: (...values: A) => Promise<R>): (...values: A) => Promise<R> {
  return async function (this: unknown, ...values) {
    calls += 1;
    const mine = calls;
    if (mine === at && at % 2 === 0) process.kill(process.pid, 'SIGKILL');
    const answer = await call.apply(this, values);
    if (mine === at) process.kill(process.pid, 'SIGKILL');
    return answer;
  };
}

type Calls = Record<string, (...values: unknown[]) => Promise<unknown>>;
const disk = createRequire(import.meta.url)('node:fs/promises') as Calls & typeof import('node:fs/promises');
const handle = await disk.open(process.execPath);
const methods = Object.getPrototypeOf(handle) as Calls;
await handle.close();
for (const name of ['write', 'writev', 'datasync', 'sync', 'appendFile', 'truncate']) methods[name] = counted(methods[name] as Calls[string]);
for (const name of ['open', 'rename', 'rm', 'mkdir', 'truncate']) (disk as Calls)[name] = counted((disk as Calls)[name] as Calls[string]);
syncBuiltinESMExports();

const { buildPackage } = await import('../../../electron/services/packages/index.ts');
const store = originals();
const outcome = await buildPackage({ content: smallContent(form, store), schemas: stubSchemas, into, output }, { open: store.open });
process.stdout.write(JSON.stringify({ calls, ok: outcome.ok }));
