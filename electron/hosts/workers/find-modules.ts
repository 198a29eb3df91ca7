import { parentPort } from 'node:worker_threads';
import { modulesHere } from '../processes/modules-here.ts';

/** Looks for the known drivers away from the core's thread: each file is read, and a cold disk takes its time. */
parentPort?.postMessage(modulesHere());
