/** From a rule to the lines that go over the wire. */
import type { LabRule } from '../schema/lab-servers.ts';
import { capabilitiesOf, maskedBanner, maskedKeyword } from './capabilities.ts';
import type { Situation } from './conditions.ts';

export type Surroundings = { date: string; client: string; message: string };

/** `said` is what the server says, `lines` what arrives behind the device that the profile may put into the path. */
export type ReplyText = { code: number; said: string[]; lines: string[] };

/** The reply of a rule, without line ends; null where it says nothing or something that is no reply. */
export function replyText(rule: LabRule, situation: Situation, surroundings: Surroundings): ReplyText | null {
  const { server, profile } = situation.conversation;
  const text = rule.reply ?? (rule.say === undefined ? undefined : server.texts[rule.say]);
  if (text === undefined) return null;
  const capabilities = capabilitiesOf(situation.conversation, situation.state);
  const { mask } = profile;
  const passing = mask?.keywords ?? [];
  const fill = (announcedAs: string[]): string[] =>
    withHyphens(
      [text].flat().flatMap((line) => {
        if (line.endsWith('{capabilities}'))
          return announcedAs.map((capability) => line.replace('{capabilities}', () => capability));
        return [filled(line, situation, surroundings)];
      }),
    );
  const said = fill(capabilities);
  const lines = mask ? fill(capabilities.map((one) => maskedKeyword(one, passing))) : said;
  const masked = mask?.banner && situation.command.verb === 'CONNECT' ? lines.map(maskedBanner) : lines;
  return { code: Number(said[0]?.slice(0, 3)), said, lines: masked };
}

function withHyphens(lines: string[]): string[] {
  return lines.map((line, i) => (i === lines.length - 1 ? line : `${line.slice(0, 3)}-${line.slice(4)}`));
}

function filled(line: string, { conversation, state, command }: Situation, surroundings: Surroundings): string {
  const values: Record<string, string> = {
    host: conversation.server.host,
    hello: state.hello,
    verb: command.word,
    argument: command.argument,
    address: command.address ?? '',
    sender: command.verb === 'MAIL' ? (command.address ?? '') : (state.sender ?? ''),
    recipient: command.address ?? '',
    mechanism: command.argument.split(' ')[0] ?? '',
    bytes: `${command.bytes ?? 0}`,
    limit: `${conversation.server.limit}`,
    ...surroundings,
  };
  return line.replace(/\{([a-z]+)\}/g, (_, name: string) => values[name] ?? '');
}
