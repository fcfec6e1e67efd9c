// A core of its own for the page that is measured. Knows nothing of Klinke's pages.
import { execFileSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

/**
 * Times are those of a clock: were the page to wait for a core, because the server, what measures or the browser's own
 * part is busy, it would count for the page. So this process and what it starts leave the last core to pages, as on a
 * telephone that is not the server; returned are the flags for the browser. Elsewhere than on Linux, and on one core,
 * nothing is changed.
 */
export function ownCore() {
  const last = availableParallelism() - 1;
  if (process.platform !== 'linux' || last < 1) return [];
  execFileSync('taskset', ['--all-tasks', '--cpu-list', '--pid', `0-${last - 1}`, String(process.pid)]);
  return [`--renderer-cmd-prefix=taskset --cpu-list ${last}`, '--no-zygote'];
}
