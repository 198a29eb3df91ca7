import { fileURLToPath } from 'node:url';

/** Where real published documents may lie, beside the project. Sources and bundles both lie two folders below it; a user's clone has none. */
export const samplesFolder = fileURLToPath(new URL('../../../shared/samples', import.meta.url));
