import { spawn, spawnSync } from 'node:child_process';
import { root, toolEnvironment } from './checkout.mjs';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a program to its end or to its time limit. Without a shell, so arguments arrive as they are.
 * @param {string} file
 * @param {string[]} args
 * @param {{ seconds?: number, env?: Record<string, string>, quiet?: boolean }} options `quiet` collects the output.
 * @returns {Promise<{ code: number, output: string, timedOut: boolean, missing: boolean }>} never rejects.
 */
export function runProgram(file, args, { seconds = 900, env = {}, quiet = false } = {}) {
  return new Promise((resolve) => {
    // A group of its own, so that the limit also ends what the program started (browsers, workers).
    const group = process.platform !== 'win32';
    const child = spawn(file, args, {
      cwd: root,
      env: toolEnvironment(env),
      stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
      detached: group,
      windowsHide: true,
    });
    const chunks = [];
    child.stdout?.on('data', (chunk) => chunks.push(chunk));
    child.stderr?.on('data', (chunk) => chunks.push(chunk));
    const end = () => endGroup(child, group);
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      end();
    }, seconds * 1000);
    process.once('exit', end);
    // Ctrl+C reaches this group only, and a signal alone would skip the exit handlers.
    const leave = (signal) => process.exit(signal === 'SIGINT' ? 130 : 143);
    for (const signal of SIGNALS) process.once(signal, leave);
    const finish = (code, error) => {
      clearTimeout(timer);
      process.off('exit', end);
      for (const signal of SIGNALS) process.off(signal, leave);
      const output = Buffer.concat(chunks).toString('utf8') + (error ? String(error.message) : '');
      resolve({ code, output, timedOut, missing: error?.code === 'ENOENT' });
    };
    child.once('error', (error) => finish(127, error));
    child.once('close', (code) => finish(code ?? 1));
  });
}

function endGroup(child, group) {
  if (child.pid === undefined) return;
  try {
    if (group) process.kill(-child.pid, 'SIGKILL');
    else spawnSync('taskkill', ['/pid', String(child.pid), '/t', '/f']);
  } catch {
    // It ended by itself in the meantime.
  }
}

/** npm as it was called, or the one on the PATH. */
export function runNpm(args, options) {
  const cli = process.env.npm_execpath;
  if (cli?.endsWith('.js')) return runProgram(process.execPath, [cli, ...args], options);
  // cmd.exe is needed for npm.cmd; the arguments are ours and hold nothing that it would read.
  if (process.platform === 'win32') return runProgram('cmd.exe', ['/d', '/s', '/c', 'npm', ...args], options);
  return runProgram('npm', args, options);
}
