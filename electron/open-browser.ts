import { spawn } from 'node:child_process';

/**
 * Asks the system to open an address; false when it cannot. The address is an argument of its own, never part of
 * a shell line. Windows gets it through rundll32, since `start` is a word of cmd.
 */
export function openBrowser(url: string): Promise<boolean> {
  const [program, args] =
    process.platform === 'win32'
      ? ['rundll32.exe', ['url.dll,FileProtocolHandler', url]]
      : process.platform === 'darwin'
        ? ['open', [url]]
        : ['xdg-open', [url]];
  return new Promise((resolve) => {
    const child = spawn(program as string, args as string[], { stdio: 'ignore', detached: true });
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
    // Some openers stay until the browser ends.
    setTimeout(() => resolve(child.exitCode === null || child.exitCode === 0), 2000).unref();
    child.unref();
  });
}
