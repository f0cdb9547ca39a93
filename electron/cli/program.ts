/** The verbs and their options. Nothing but commander is loaded here: each verb brings what it needs. */
import { Command, InvalidArgumentError } from 'commander';
import { version } from '../version.ts';
import type { Output } from './output.ts';

const EXITS = `
Exit codes: 0 fine, 1 the answer is negative, 2 wrong usage or unreadable input, 3 internal error.
FIELDGUIDE_HOME names the folder in which cases and settings are kept.`;

const collect = (value: string, before: string[] = []): string[] => [...before, value];

/** `done` gets the exit code of the verb that ran. Faults of the command line are thrown as CommanderErrors. */
export function createProgram(out: Output, done: (code: number) => void): Command {
  const program = new Command('fieldguide')
    .description('Walks mail administrators through Exchange and SMTP mail-flow faults, step by step.')
    .version(version, '-V, --version', 'Print the version.')
    .helpOption('-h, --help', 'Print this help.')
    .option('--json', 'Answer with one JSON document (or JSON Lines where it streams).')
    .addHelpText('after', EXITS)
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    // Reported by the caller, as JSON where that was asked for. Help that was asked for is an answer.
    .configureOutput({ writeOut: (text) => out.raw(text), writeErr: () => {} });

  const verb = (name: string, summary: string): Command =>
    program.command(name).summary(summary).description(summary).helpOption('-h, --help', 'Print this help.');

  verb('lint', 'Check wizards and commands; say where something is wrong and how to mend it.')
    .argument('[path...]', 'YAML files or folders (default: the wizards of the product and your own)')
    .action(async (paths: string[]) => done(await (await import('./lint.ts')).lint(out, paths)));

  verb('wizards', 'List the wizards.').action(async () => done(await (await import('./wizards.ts')).wizards(out)));

  verb('coverage', 'Show which statements of the seed documents the content carries, and where.').action(async () =>
    done(await (await import('./coverage.ts')).coverage(out)),
  );

  verb('reply', 'Say what a reply of an SMTP server means, and which wizard fits.')
    .argument('<text>', 'the reply in quotes, such as "504 5.7.4 Unrecognized authentication type"')
    .action(async (text: string) => done(await (await import('./reply.ts')).reply(out, text)));

  const commands = verb('commands', 'List the commands of the catalogue, or write one out.').action(async () =>
    done(await (await import('./commands.ts')).commands(out)),
  );
  withValues(commands.command('render').description('Write a command out for a shell.').argument('<id>', 'such as E1'))
    .option('--shell <shell>', 'powershell, pwsh, ems, cmd, bash, zsh, device or console')
    .action(async (id: string, options) => done(await (await import('./render.ts')).render(out, id, options)));

  verb('triage', 'Recognise what you have in hand, and suggest the wizard that fits.')
    .argument('[file]', 'a file, a folder, or - for stdin', '-')
    .action(async (file: string) => done(await (await import('./triage.ts')).triage(out, file)));

  verb('logs', 'Read SMTP logs: sessions by stage, remote and reply, and the wizards that fit.')
    .argument('<path...>', 'log files (.gz and .zip too) and folders, or - for stdin; with --merge summaries')
    .option('--sessions', 'list the sessions, one a line')
    .option('--stage <stages>', 'only sessions of these stages, such as xexch50,blob')
    .option('--remote <remote>', 'only sessions with this address, range or host')
    .option('--since <time>', 'only sessions that began then or later (UTC)')
    .option('--until <time>', 'only sessions that began before (UTC)')
    .option('--full', 'leave out no row of the lists')
    .option('--merge', 'join summaries that were made with --full --json')
    .action(async (paths: string[], options) => done(await (await import('./logs.ts')).logs(out, paths, options)));

  withValues(verb('run', 'Walk through a wizard, in a new case or in one that was begun.'))
    .argument('[wizard]', 'its id (default: what the evidence suggests, else "entry")')
    .option('--evidence <file>', 'the text of an event; what is recognised in it fills the parameters in')
    .option('--case <folder>', 'the folder of the case: made if absent, else continued')
    .option('--title <text>', 'title of a new case')
    .option('--ticket <number>', 'ticket number of a new case')
    .option('--operator <name>', 'who walks, for the record')
    .action(async (wizard: string | undefined, options) =>
      done(await (await import('./run.ts')).run(out, wizard, options)),
    );

  verb('cases', 'List the cases, the last changed first.').action(async () =>
    done(await (await import('./cases.ts')).cases(out)),
  );

  verb('show', 'Show where a case stands and what it holds.')
    .argument('<case>', 'its id or its folder')
    .action(async (id: string) => done(await (await import('./show.ts')).show(out, id)));

  verb('export', 'Write the checklist of a case.')
    .argument('<case>', 'its id or its folder')
    .requiredOption(
      '--format <format>',
      'md, html, json, txt, csv, jira, summary, letter, or case (one file to hand over)',
    )
    .option('--redact', 'replace names and addresses by stand-ins')
    .option('--keep <value>', 'with --redact: leave this value as it is; may be repeated', collect)
    .option('--word <word>', 'with --redact: replace this word too; may be repeated', collect)
    .option('-o, --output <file>', 'where to; a folder gets a file with a fitting name (default: stdout)')
    .action(async (id: string, options) => done(await (await import('./export.ts')).exportCase(out, id, options)));

  verb(
    'import',
    'Take a case file of somebody else (export --format case) into the folder of cases, after checking it.',
  )
    .argument('<file>', 'the zip file')
    .action(async (file: string) => done(await (await import('./import.ts')).importCase(out, file)));

  verb('verify', 'Check the journal of a case, its captures and its copies of wizards.')
    .argument('<case>', 'its id or its folder')
    .action(async (id: string) => done(await (await import('./verify.ts')).verify(out, id)));

  const probe = verb(
    'probe',
    'Speak to a mail server or to DNS, step by step, and say where it breaks. Delivers nothing.',
  );
  withConversation(probe.command('smtp'))
    .description('The SMTP conversation up to the recipient; with --xexch50 up to the extended properties.')
    .argument('[target...]', 'host, host:port or address; several are probed at once')
    .option('--targets <file>', 'a list of targets, one a line, or - for standard input')
    .option('--parallel <n>', 'so many targets at once', wholeNumber, 20)
    .option('--repeat <n>', 'so many times', wholeNumber, 1)
    .option('--interval <seconds>', 'between the times', seconds, 1)
    .addHelpText(
      'after',
      `
Examples:
  fieldguide probe smtp mail.contoso.com
  fieldguide probe smtp mail.contoso.com --from user1@fabrikam.com --to user2@contoso.com --xexch50 1124
  fieldguide probe smtp contoso.com --mx --until starttls --json > outside.json`,
    )
    .action(async (targets: string[], options) => done(await (await import('./probe.ts')).smtp(out, targets, options)));
  withConversation(probe.command('compare'))
    .description('Two servers, or two saved results side by side: what the path between changed.')
    .argument('<a>', 'a host, or the file of a saved result')
    .argument('<b>', 'the other one')
    .action(async (a: string, b: string, options) =>
      done(await (await import('./probe.ts')).compare(out, a, b, options)),
    );

  withResolvers(probe.command('dns'))
    .description('What the name servers say about a domain, each on its own, by UDP and TCP, with long answers.')
    .argument('<domain>', 'such as contoso.com')
    .option('--follow-spf', 'ask for the records that the SPF record leads to, and count the lookups')
    .action(async (domain: string, options) => done(await (await import('./probe-dns.ts')).dns(out, domain, options)));
  withResolvers(probe.command('ip'))
    .description('Whether other servers take mail from an address: its name, and the lists that hold it.')
    .argument('<address>', 'the address that the Internet sees, such as 192.0.2.25')
    .option('--helo <name>', 'the name that the server introduces itself with')
    .option('--list <zone>', 'ask this list; may be repeated (default: those of address-lists.yaml)', collect)
    .option('--no-lists', 'ask no list')
    .action(async (address: string, options) => done(await (await import('./probe-dns.ts')).ip(out, address, options)));

  probe
    .command('relay')
    .description('Whether a server passes on foreign mail: each usual way of asking, up to the recipient.')
    .argument('<host>', 'the server, such as mail.contoso.com or 192.0.2.10:25')
    .option('--foreign <domain>', 'a domain that the server is not responsible for', 'example.net')
    .option('--own <domain>', 'a domain of the server, for the ways that use one', 'contoso.com')
    .option('--helo <name>', 'the name to introduce ourselves with (default: that of this computer)')
    .option('--timeout <seconds>', 'for one answer', seconds, 30)
    .option('--yes', 'the server is yours: do not ask')
    .action(async (target: string, options) => done(await (await import('./probe.ts')).relay(out, target, options)));

  const lab = verb('lab', 'List the practice cases, or serve a fault to look at.').action(async () =>
    done(await (await import('./lab.ts')).lab(out)),
  );
  lab
    .command('profiles')
    .description('List what can be wrong with the lab server.')
    .action(async () => done(await (await import('./lab.ts')).profiles(out)));
  lab
    .command('serve')
    .description('Serve SMTP on 127.0.0.1 as a kind of mail server does, with a fault. Nothing is delivered.')
    .option('--profile <profile>', 'what is wrong; `lab profiles` lists them', 'healthy')
    .option('--server <server>', '2003, 2010, 2016 or postfix (default: the first that fits, mostly 2010)')
    .option('--port <n>', 'port on 127.0.0.1; 0 is a free one', port, 0)
    .option('--implicit-tls', 'TLS from the first byte, as on port 465')
    .option('--log <file>', 'write a protocol log of Exchange to this file')
    .action(async (options) => done(await (await import('./lab.ts')).serveLab(out, options)));

  for (const [name, summary] of [
    ['serve', 'Serve the page on this machine only and open it in the browser.'],
    ['desktop', 'Open the desktop window, or the page where there is none.'],
  ] as const) {
    verb(name, summary)
      .option('--port <n>', 'port on 127.0.0.1; 0 is a free one', port, 0)
      .option('--no-open', 'do not open a browser')
      .action(async (options) => done(await (await import('./serve.ts'))[name](out, options)));
  }
  return program;
}

/** What a conversation with a mail server can be asked for. */
function withConversation(command: Command): Command {
  return command
    .option('--until <stage>', 'how far: dns, connect, banner, ehlo, starttls, auth, mail, rcpt, xexch50 or blob')
    .option('--helo <name>', 'the name to introduce ourselves with (default: that of this computer)')
    .option('--from <address>', 'the sender (default: the null sender)')
    .option('--to <address>', 'a recipient; may be given several times', collect)
    .option('--timeout <seconds>', 'for one answer', seconds, 30)
    .option('--slow <seconds>', 'an answer that takes so long counts as held back', seconds, 5)
    .option('--tls <how>', 'none, starttls (where it is offered) or implicit', 'starttls')
    .option('--mx', 'the target is a domain: look its mail exchangers up and take the first')
    .option('-4', 'IPv4 only')
    .option('-6', 'IPv6 only')
    .option('--source <address>', 'address of this computer to connect from')
    .option('--xexch50 <bytes>', 'announce so many bytes with XEXCH50, and send them once permitted', wholeNumber)
    .option('--pipelining', 'send RCPT together with MAIL, where that is offered')
    .option('--injection', 'try whether commands in the clear behind STARTTLS are carried out')
    .option(
      '--auth <mechanism>',
      'log on with LOGIN or PLAIN; counts as a failed logon when it fails, tried twice at most',
    )
    .option('--user <name>', 'account to log on with; the password is asked for')
    .option('--password-stdin', 'read the password from standard input')
    .option('--insecure-auth', 'send the password without TLS too');
}

/** Which name servers are asked. Nothing else is, but what their answers about the named one lead to. */
function withResolvers(command: Command): Command {
  return command
    .option(
      '--resolver <address>',
      'ask this name server, such as 192.0.2.53 or 192.0.2.53:5353; may be repeated (default: those of this computer)',
      collect,
    )
    .option('--timeout <seconds>', 'for one answer', seconds, 4);
}

function withValues(command: Command): Command {
  return command
    .option('--set <name=value>', 'value of a parameter; may be given several times', collect)
    .option('--environment <generation>', '2000-2003, 2007-2010 or 2013+');
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (/^\d{1,7}$/.test(text) && number >= 1) return number;
  throw new InvalidArgumentError('This is a whole number from 1.');
}

function seconds(text: string): number {
  const number = Number(text);
  if (/^\d{1,4}(\.\d{1,3})?$/.test(text)) return number;
  throw new InvalidArgumentError('This is a number of seconds, such as 10 or 0.5.');
}

function port(text: string): number {
  const number = Number(text);
  if (/^\d{1,5}$/.test(text) && number <= 65535) return number;
  throw new InvalidArgumentError('A port is a whole number from 0 to 65535.');
}
