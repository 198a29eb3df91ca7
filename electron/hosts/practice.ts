import { instantOf, type Clock } from '../foundation/clock.ts';
import { receivedDocumentIds } from '../services/exchange/index.ts';
import { practiceAgency, practiceOperator } from '../services/practice/index.ts';
import { saveAxis, saveStation } from '../services/settings/index.ts';
import type { Store } from '../store/index.ts';
import { startPracticeAxisProcess, type PracticeAxisProcess } from './practice-axis-process.ts';

/**
 * Makes a profile practise: starts the practice axis in a process of its own, with the messages of today that the
 * profile does not have yet, and points the profile at it. `samplesFolder` holds real documents to practise on; it may
 * be absent.
 */
export async function startPractice(
  store: Store,
  clock: Clock,
  log: (line: string) => void,
  samplesFolder: string | undefined,
): Promise<PracticeAxisProcess> {
  const axis = await startPracticeAxisProcess({
    own: [practiceAgency],
    correspondents: [],
    today: { agency: practiceAgency, except: receivedDocumentIds(store.read), samplesFolder: samplesFolder ?? null },
    log,
  });
  const { endpoint, systemId, secret } = axis;
  store.write((db) => {
    const at = instantOf(clock);
    saveStation(db, { agency: { organId: practiceAgency.code, name: practiceAgency.name }, operator: practiceOperator }, at);
    saveAxis(db, { endpoint, systemId, secret, plainHttpHosts: ['127.0.0.1'], pollSeconds: 15 }, at);
  });
  return axis;
}
