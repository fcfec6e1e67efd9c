// Other programs that a test starts, hears and ends. Knows none of them.
import { spawn } from 'node:child_process';

/** A browser is up by then even on a machine that has a lot to do. */
const PATIENCE_MS = 60_000;

/** Starts a program with this environment, and collects what it says in `output`. */
export function start(program, args, env = process.env) {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'], env });
  child.output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => { child.output += data; });
  return child;
}

/** Waits until a program has said something, and gives that. */
export function said(child, pattern) {
  return new Promise((done, failed) => {
    const timer = setTimeout(() => failed(new Error(`it said nothing like ${pattern}`)), PATIENCE_MS);
    const look = () => {
      const match = child.output.match(pattern);
      if (match) { clearTimeout(timer); done(match); }
    };
    const over = (why) => { clearTimeout(timer); failed(new Error(`it ended: ${why}`)); };
    for (const stream of [child.stdout, child.stderr]) stream.on('data', look);
    child.once('error', over).once('exit', over);
    look();
  });
}

/** Ends a program and waits until it has ended. */
export function end(child) {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((done) => { child.once('exit', done); child.kill('SIGTERM'); });
}
