import anchorTable from '../../resources/trust/anchors.json' with { type: 'json' };
import { anchorsOf, readAnchorTable, type Anchors } from '../services/trust/index.ts';

/** The roots that this program ships as hashes. */
export function pinnedAnchors(): Anchors {
  return anchorsOf(readAnchorTable(anchorTable));
}
