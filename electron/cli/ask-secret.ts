import { Fault } from '../fault.ts';
import { readInput } from './read-input.ts';

/** A password from the terminal, where nothing of it is shown, or the first line of standard input. Never an argument. */
export async function askSecret(prompt: string, fromStdin: boolean): Promise<string> {
  if (fromStdin) return (await readInput('-')).split(/\r?\n/, 1)[0] ?? '';
  const { stdin, stderr } = process;
  if (!stdin.isTTY)
    throw new Fault('no-terminal', 'There is no terminal to ask for the password.', 'Use --password-stdin.');
  stderr.write(`${prompt}: `);
  stdin.setRawMode(true);
  try {
    return await typedLine(stdin);
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
    stderr.write('\n');
  }
}

function typedLine(stdin: NodeJS.ReadStream): Promise<string> {
  return new Promise((resolve, reject) => {
    let typed = '';
    const take = (bytes: Buffer): void => {
      for (const character of bytes.toString('utf8')) {
        if (character === '\r' || character === '\n' || character === '\u0004') end(() => resolve(typed));
        else if (character === '\u0003') end(() => reject(new Fault('cancelled', 'No password was given.')));
        else if (character === '\u007f' || character === '\b') typed = [...typed].slice(0, -1).join('');
        else typed += character;
      }
    };
    const end = (settle: () => void): void => {
      stdin.off('data', take);
      settle();
    };
    stdin.on('data', take);
  });
}
