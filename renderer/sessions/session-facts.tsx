import type { SessionView } from '../../electron/contract-intake.ts';
import { bytes, plural } from '../lib/format.ts';
import styles from './session.module.css';

const MOST_NAMES = 8;

/** What the session tells about its two sides. What is not known has no line. */
export function SessionFacts({ session }: { session: SessionView }) {
  const facts = factsOf(session).filter((fact): fact is [string, string] => fact[1] !== null && fact[1] !== '');
  if (facts.length === 0) return null;
  return (
    <section aria-label="What was found">
      <h3 className={styles.subheading}>What was found</h3>
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function factsOf(session: SessionView): [name: string, value: string | null][] {
  const { banner, helo, capabilities, tls, auth, xexch50, traces, tarpit, sender, recipients, permissions } = session;
  return [
    ['Traces of a device in the path', traces.join('; ')],
    ['Answers held back on purpose', tarpit],
    ['Greeting', banner],
    ['Name of the client (HELO)', helo],
    [
      capabilities.after === null ? 'Commands offered' : 'Commands offered before encryption',
      capabilities.before.join(', '),
    ],
    ['Commands offered after encryption', capabilities.after?.join(', ') ?? null],
    ['Encryption', tls && ([tls.protocol, tls.cipher].filter(Boolean).join(', ') || 'asked for')],
    ['Certificate', tls?.certificate ?? null],
    ['Fault of the encryption', tls?.fault ?? null],
    ['Logon', auth && `${auth.mechanism || 'asked for'}, ${auth.succeeded ? 'succeeded' : 'did not succeed'}`],
    ['Account', auth?.identity ?? null],
    ['Fault of the logon', auth?.fault ?? null],
    ['XEXCH50', xexch50 && `${xexch50.command}: ${xexch50.reply ?? 'no answer'}`],
    ['Rights of the session', permissions],
    ['Sender', sender],
    ['Recipients', some(recipients)],
    ['Size announced', session.bytes > 0 ? bytes(session.bytes) : null],
    ['Messages accepted', session.delivered > 0 ? plural(session.delivered, 'message') : null],
    ['Session', session.session],
  ];
}

function some(names: readonly string[]): string {
  const more = names.length - MOST_NAMES;
  return more > 0 ? `${names.slice(0, MOST_NAMES).join(', ')} and ${more} more` : names.join(', ');
}
