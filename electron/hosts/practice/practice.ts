import { instantOf, type Clock } from '../../foundation/clock.ts';
import { receivedDocumentIds } from '../../services/exchange/index.ts';
import { numberedAfter, practiceAgency, practiceOperator, practicePartners, practiceStaff } from '../../services/practice/index.ts';
import { outfitOffice } from '../../services/people/index.ts';
import { saveAxis, saveStation } from '../../services/settings/index.ts';
import type { Store } from '../../store/index.ts';
import type { CoreOptions } from '../core.ts';
import { startPracticeAxisProcess, type PracticeAxisProcess } from '../processes/practice-axis-process.ts';

/** Seconds between two steps of the partner agencies: fast enough to be seen, slow enough to be followed. */
const tickSeconds = 3;
/** A made-up directory, large enough to search in: every level-1 body and some below each. */
const generated = { count: 1500, seed: 2026 };

/**
 * Makes a profile practise: starts the practice axis in a process of its own, with the messages of today that the
 * profile does not have yet and with partner agencies that answer, and points the profile at it.
 */
export async function startPractice(
  store: Store,
  clock: Clock,
  /** `background`: whether the partners move by themselves; else only when they are told to */
  options: Pick<CoreOptions, 'log' | 'samplesFolder' | 'background' | 'startHelper'>,
): Promise<PracticeAxisProcess> {
  const received = receivedDocumentIds(store.read);
  const axis = await startPracticeAxisProcess({
    own: [practiceAgency],
    correspondents: [],
    today: { agency: practiceAgency, except: received, samplesFolder: options.samplesFolder ?? null },
    // They write to nobody of themselves, so that nothing comes which the user did not begin.
    server: {
      partners: [...numberedAfter(practicePartners([]), received)],
      generated,
      ...(options.background === false ? {} : { tickSeconds }),
    },
    log: options.log,
    startHelper: options.startHelper,
  });
  const { endpoint, systemId, secret } = axis;
  store.write((db) => {
    const at = instantOf(clock);
    saveStation(db, { agency: { organId: practiceAgency.code, name: practiceAgency.name }, operator: practiceOperator }, at);
    outfitOffice(db, practiceStaff);
    saveAxis(db, { endpoint, systemId, secret, plainHttpHosts: ['127.0.0.1'], pollSeconds: 5 }, at);
  });
  return axis;
}
