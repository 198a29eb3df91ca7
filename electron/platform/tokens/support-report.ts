import { arch, platform, versions } from 'node:process';
import { release } from 'node:os';
import type { TokenDevice } from '#contract';
import { namelessReport, type ModuleReport } from '../../../native/pkcs11/index.ts';

export type SupportFacts = {
  /** of this program */
  readonly version: string;
  readonly at: Date;
  /** ours minus the axis', in seconds */
  readonly clockDiffersBy: number | null;
  readonly modules: readonly { readonly report: ModuleReport; readonly devices: readonly TokenDevice[] }[];
};

/** What support needs and nothing that names a person, an agency, a device or a folder. Plain JSON. */
export function supportReport({ version, at, clockDiffersBy, modules }: SupportFacts): object {
  return {
    about: 'tram-van-thu token doctor',
    made: at.toISOString(),
    program: { version, system: platform, release: release(), machine: arch, node: versions.node, electron: versions['electron'] ?? null },
    clockDiffersBy,
    modules: modules.map(({ report, devices }) => ({ ...namelessReport(report), checklists: devices.map(({ steps }) => steps.map(nameless)) })),
  };
}

/** The values of a sentence are left out: they are names and labels. */
function nameless({ step, state, finding, failure }: TokenDevice['steps'][number]): object {
  return { step, state, finding, failure: failure === null ? null : { code: failure.code, stage: failure.stage, returned: failure.params['returned'] ?? '' } };
}
