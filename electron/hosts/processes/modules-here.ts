import modules from '../../../resources/tokens/modules.json' with { type: 'json' };
import { findModules, type FoundModule, type ModuleTable } from '../../../native/pkcs11/index.ts';

/** The known modules that are on this machine. */
export function modulesHere(): readonly FoundModule[] {
  return findModules(modules as ModuleTable, { system: process.platform, machine: process.arch, env: process.env });
}
