import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Process ids of `root` and everything below it. */
export function processTree(root: number): number[] {
  const parents = new Map<number, number[]>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      // The name in brackets may hold spaces; the parent is the second field after it.
      const parent = Number(readFileSync(`/proc/${name}/stat`, 'utf8').replace(/^.*\) /, '').split(' ')[1]);
      parents.set(parent, [...(parents.get(parent) ?? []), Number(name)]);
    } catch {
      // Ended meanwhile.
    }
  }
  const below = (pid: number): number[] => [pid, ...(parents.get(pid) ?? []).flatMap(below)];
  return below(root);
}

/** Listening TCP sockets (`address:port` in hex, as the kernel prints them) that any of the processes holds. */
export function listeningSockets(pids: readonly number[]): string[] {
  const inodes = new Map<string, string>();
  for (const file of ['/proc/net/tcp', '/proc/net/tcp6']) {
    for (const line of readFileSync(file, 'utf8').trim().split('\n').slice(1)) {
      const fields = line.trim().split(/\s+/);
      if (fields[3] === '0A') inodes.set(`socket:[${fields[9]}]`, fields[1] ?? '');
    }
  }
  return pids.flatMap((pid) => {
    try {
      return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
        try {
          return inodes.get(readlinkSync(`/proc/${pid}/fd/${fd}`)) ?? [];
        } catch {
          return [];
        }
      });
    } catch {
      return [];
    }
  });
}
