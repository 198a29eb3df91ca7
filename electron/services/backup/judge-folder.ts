import { randomUUID } from 'node:crypto';
import { closeSync, openSync, rmSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { FolderVerdict } from '#contract';
import { listGenerations } from './generations.ts';
import { atPlace, checkPlace } from './place.ts';
import type { JudgeJob } from './ports.ts';

/** Less room than this is told of whatever a backup needs. */
const leastFreeBytes = 1024 ** 3;
const mebibyte = 1024 ** 2;

/** Linux, statfs(2): NFS, SMB, CIFS, SMB2, AFS, 9P. Windows tells nothing there; its shares are known by their path. */
const networkForms = new Set([0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x5346414f, 0x01021997]);

/** Looks at a folder that somebody may choose for backups, with calls that wait. Throws a `BackupFault` where none can lie there. */
export function judgeFolder({ place, profile, keyCheck, usual }: JudgeJob): FolderVerdict {
  checkPlace(place, profile);
  tryToWrite(place);
  const { bavail, bsize, type } = atPlace(place, 0, () => statfsSync(place));
  const free = bavail * bsize;
  const held = atPlace(place, 0, () => listGenerations(place, null));
  const own = atPlace(place, 0, () => listGenerations(place, keyCheck)).length;
  return {
    freeMebibytes: Math.floor(free / mebibyte),
    isTight: free < Math.max(leastFreeBytes, usual + statSync(join(profile, 'station.db')).size),
    sameDisk: statSync(place).dev === statSync(profile).dev,
    isNetwork: networkForms.has(type) || isShare(place),
    own,
    others: held.length - own,
  };
}

/** Whether a path of Windows names another machine: `\\server\share`, but neither `\\?\` nor `\\.\`, which stay on this one. */
export function isShare(path: string): boolean {
  return /^\\\\[^\\?.]/.test(path);
}

/** Throws where nothing can be written: rights and locks of removable disks show themselves only so. Leaves nothing. */
export function tryToWrite(place: string): void {
  const path = join(place, `.tram-van-thu-${randomUUID()}`);
  atPlace(place, 0, () => {
    closeSync(openSync(path, 'wx', 0o600));
    rmSync(path, { force: true });
  });
}
