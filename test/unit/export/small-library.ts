/** A library of two wizards, small enough to be read in a minute, with everything that a checklist can show. */
import { parse } from 'yaml';
import { createLibrary, type FileKind, type LibraryFile } from '../../../wizards/engine/library.ts';
import {
  commandFileSchema,
  parameterFileSchema,
  plannedFileSchema,
  wizardSchema,
} from '../../../wizards/engine/schema.ts';

const SCHEMAS = {
  wizard: wizardSchema,
  commands: commandFileSchema,
  parameters: parameterFileSchema,
  planned: plannedFileSchema,
};

export const HASHES = { connectors: 'a'.repeat(64), names: 'b'.repeat(64), commands: 'c'.repeat(64) };

function file(kind: FileKind & keyof typeof SCHEMAS, hash: string, source: string): LibraryFile {
  return { kind, path: `${kind}.yaml`, hash, source, content: SCHEMAS[kind].parse(parse(source)) } as LibraryFile;
}

const connectors = `
id: connectors
version: 3
title: Receive connectors
summary: Finds out why another server of the organisation is refused.
start: same-organisation
steps:
  - id: same-organisation
    kind: question
    title: Do both servers belong to the same organisation?
    why: The answer decides whether server authentication is expected at all.
    runs_on: anywhere
    outcomes:
      - { id: same, label: 'Yes, both are ours', set: { scope: inside }, next: { call: names, clear: mechanisms, unsure: mechanisms } }
      - { id: other, label: 'No, the peer is foreign', next: { handover: firewall } }
      - { id: unknown, label: Could not tell, next: mechanisms }
    sources: [KB 843106]
    certainty: confirmed
  - id: mechanisms
    kind: check
    title: Does the connector offer Exchange Server authentication?
    why: Without it the sender stays anonymous and XEXCH50 is refused.
    runs_on: receiving-server
    console: [{ environments: [2013+], path: 'Mail flow > Receive connectors > Security' }]
    commands: [E1]
    outcomes:
      - { id: offered, label: 'Yes, it is offered', when: [E1.offered], next: healthy }
      - { id: missing, label: 'No, it is missing', when: [E1.missing], next: no-server-authentication }
      - { id: unknown, label: Could not tell, next: healthy }
    sources: [Receive connector reference]
    certainty: confirmed
  - id: healthy
    kind: verdict
    title: The connector is healthy
    verdict: connectors.healthy
    cause: Nothing is wrong with this connector.
    ends: closed
    sources: [KB 843106]
    certainty: confirmed
  - id: no-server-authentication
    kind: verdict
    title: The connector offers no Exchange Server authentication
    verdict: connectors.no-server-authentication
    cause: |
      The sending server cannot authenticate, so it stays anonymous.

      Commands for servers alone are then refused with 504.
    advice: ['Look at who changed the connector, and when.']
    fixes: [offer-it, use-default]
    sources: [KB 843106, KB 979175]
    certainty: reconstructed
  - id: offer-it
    kind: fix
    title: Offer Exchange Server authentication
    why: The sender can then prove that it is a server of the organisation.
    runs_on: receiving-server
    change: E4
    affects: Every server that uses this connector.
    effective: At once.
    wait: One minute, for new connections.
    interruption: None.
    privilege: Organization Management
    risk: medium
    rollback: Put the mechanisms back as they were.
    verify: { step: mechanisms, commands: [E1], expect: AuthMechanism holds ExchangeServer. }
    reminders: ['Watch the queue for 24 hours.', 'Set the protocol logging back to None.']
    not_verified: second-look
    sources: [Set-ReceiveConnector reference]
    certainty: confirmed
  - id: use-default
    kind: fix
    title: Take the servers out of the range of this connector
    why: The default connector then answers them.
    runs_on: receiving-server
    affects: The servers in the range.
    effective: At once.
    wait: One minute.
    interruption: None.
    privilege: Organization Management
    risk: high
    rollback: Add the range again.
    verify: { step: mechanisms, commands: [E1], expect: The default connector answers. }
    sources: [Receive connector reference]
    certainty: unverified
  - id: second-look
    kind: question
    title: Is there a device between the servers?
    why: A firewall that inspects SMTP takes out the commands.
    runs_on: outside
    outcomes:
      - { id: device, label: 'Yes, there is one', next: { handover: firewall } }
      - { id: none, label: 'No, they see each other directly', next: healthy }
      - { id: unknown, label: Could not tell, next: { handover: firewall } }
    sources: [KB 320027]
    certainty: unverified
`;

const names = `
id: names
version: 1
title: Names and addresses
summary: Are the servers who they say they are?
start: resolves
steps:
  - id: resolves
    kind: question
    title: Does the name resolve to the right address?
    why: A wrong address leads to a wrong server.
    runs_on: sending-server
    outcomes:
      - { id: right, label: 'Yes', next: fine }
      - { id: unknown, label: Could not tell, next: open }
    sources: [RFC 5321]
    certainty: confirmed
  - { id: fine, kind: return, title: The names are right, result: clear, sources: [RFC 5321], certainty: confirmed }
  - { id: open, kind: return, title: The names are not settled, result: unsure, sources: [RFC 5321], certainty: confirmed }
`;

const commands = `
group: Exchange Management Shell
commands:
  - id: E1
    title: Read one receive connector
    effect: read
    runs_on: receiving-server
    needs: [Exchange Management Shell]
    parameters: [{ name: connector }]
    templates: [{ shell: ems, text: 'Get-ReceiveConnector -Identity {connector} | Format-List Identity,AuthMechanism' }]
    reads:
      - { id: offered, title: It is offered., when: { field: { name: AuthMechanism, has: ExchangeServer } } }
      - { id: missing, title: It is missing., when: { field: { name: AuthMechanism, lacks: ExchangeServer } } }
    sources: [Get-ReceiveConnector reference]
    certainty: confirmed
  - id: E4
    title: Set the mechanisms of a receive connector
    effect: change
    runs_on: receiving-server
    needs: [Organization Management]
    changes: 'the receive connector {connector}'
    parameters:
      - { name: connector }
      - { name: mechanisms, from: { command: E1, field: AuthMechanism, add: [ExchangeServer] } }
    templates: [{ shell: ems, text: 'Set-ReceiveConnector -Identity {connector} -AuthMechanism {mechanisms}' }]
    rollback: { command: E4, with: { mechanisms: { command: E1, field: AuthMechanism } } }
    sources: [Set-ReceiveConnector reference]
    certainty: confirmed
`;

const parameters = `
parameters:
  - { name: environment, type: enum, prompt: Exchange generation, example: 2013+, values: [2000-2003, 2007-2010, 2013+] }
  - { name: remote_host, type: host, prompt: Remote server, example: mail.fabrikam.com }
  - { name: connector, type: connector, prompt: Connector, example: 'MBX02\\Default MBX02' }
  - { name: mechanisms, type: text, list: true, prompt: Mechanisms, example: Tls }
  - { name: scope, type: text, prompt: Scope, example: inside }
  - { name: password, type: secret, prompt: Password, example: none }
`;

const planned = `
planned:
  - { id: firewall, title: Firewall and SMTP inspection, about: A device between the servers takes commands out., by_hand: ['Switch the inspection off for a test.'] }
`;

export const smallLibrary = createLibrary([
  file('parameters', 'd'.repeat(64), parameters),
  file('commands', HASHES.commands, commands),
  file('planned', 'e'.repeat(64), planned),
  file('wizard', HASHES.names, names),
  file('wizard', HASHES.connectors, connectors),
]);
