import { describe, expect, test } from 'vitest';
import { checklist } from '../../../wizards/engine/checklist.ts';
import { HASHES, smallLibrary } from './small-library.ts';
import { fullWalk, Walker } from './walker.ts';

describe('the path', () => {
  test('lists the live steps in order, with answer, person, time, and how it stands to the reading', () => {
    const { path } = fullWalk().checklist();
    expect(path.steps.map(({ n, step, followed }) => [n, step, followed])).toEqual([
      [1, 'same-organisation', 'no-suggestion'],
      [2, 'resolves', 'no-suggestion'],
      [5, 'mechanisms', 'suggested'],
      [6, 'no-server-authentication', null],
      [7, 'offer-it', 'suggested'],
    ]);
    expect(path.steps[2]).toMatchObject({
      title: 'Does the connector offer Exchange Server authentication?',
      machine: 'receiving-server',
      outcome: { id: 'missing', label: 'No, it is missing' },
      by: 'Ada Operator',
      at: { utc: '2026-03-28T23:05:00.000Z', local: '2026-03-29 00:05:00 +01:00' },
      via: 'return',
    });
  });

  test('says when the person chose against the reading', () => {
    const { path } = new Walker().choose('unknown').read('Tls, ExchangeServer').choose('missing').checklist();
    expect(path.steps[1]).toMatchObject({
      followed: 'against',
      suggested: { id: 'offered', label: 'Yes, it is offered' },
      outcome: { id: 'missing' },
    });
  });

  test('holds the notes of a step and of its answer', () => {
    const { path, superseded } = fullWalk().checklist();
    expect(path.steps[2]?.notes).toMatchObject([
      { text: 'Rights were granted at 23:59.\nTicket CHG0001.', by: 'Ada Operator' },
    ]);
    expect(superseded[0]?.steps[0]?.note).toBe('No rights on MBX02 yet.');
  });

  test('names everyone who recorded something, the operator first', () => {
    expect(fullWalk().checklist().case.people).toEqual(['Ada Operator', 'Grace Colleague']);
  });

  test('names every wizard version that was walked', () => {
    expect(fullWalk().checklist().wizards).toEqual([
      { id: 'connectors', title: 'Receive connectors', version: 3, hash: HASHES.connectors },
      { id: 'names', title: 'Names and addresses', version: 1, hash: HASHES.names },
    ]);
  });
});

describe('captures', () => {
  const capture = () => new Walker().choose('unknown').read('Tls, Integrated').checklist().path.steps[1]?.captures[0];

  test('carry the exact command, where and when it ran, and its result', () => {
    expect(capture()).toMatchObject({
      text: "Get-ReceiveConnector -Identity 'MBX02\\Default MBX02' | Format-List Identity,AuthMechanism",
      source: 'run',
      host: 'MBX02',
      user: 'CONTOSO\\ada',
      shell: 'ems',
      result: 'ok',
      ms: 1240,
      reading: { suggested: 'missing', label: 'No, it is missing' },
    });
  });

  test('mark the evidence lines in the output', () => {
    expect(capture()?.evidence).toEqual([{ line: 3, text: 'AuthMechanism : Tls, Integrated' }]);
    expect(
      capture()
        ?.output.lines.filter((line) => line.evidence)
        .map((line) => line.n),
    ).toEqual([3]);
  });

  test('keep their evidence lines when the stored output is missing, and say that it is', () => {
    const walk = new Walker().choose('unknown').read('Tls, Integrated');
    const { path } = walk.checklist({ outputOf: () => undefined, lines: () => undefined });
    expect(path.steps[1]?.captures[0]?.output).toMatchObject({
      missing: true,
      lines: [{ n: 3, text: 'AuthMechanism : Tls, Integrated', evidence: true }],
    });
  });

  test('that are used again name the step that they come from', () => {
    const walk = new Walker().choose('unknown').read('Tls, Integrated').choose('missing').back(2);
    walk.input({ type: 'reuse', capture: 'c1', reading: null });
    expect(walk.checklist().path.steps[1]?.captures[0]).toMatchObject({ id: 'c1', reusedFrom: 2 });
  });
});

describe('superseded branches', () => {
  test('stand apart, with the step that was answered in their place', () => {
    const { superseded } = fullWalk().checklist();
    expect(superseded.map(({ steps, replacedBy }) => [steps.map((step) => step.n), replacedBy])).toEqual([[[3, 4], 5]]);
    expect(superseded[0]?.verdicts[0]?.id).toBe('connectors.healthy');
  });

  test('two that follow each other are told apart', () => {
    const walk = new Walker().choose('unknown').choose('unknown').back(2).choose('missing').back(1).choose('other');
    const { superseded } = walk.checklist();
    expect(superseded.map((branch) => branch.steps.map((step) => step.n))).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
  });

  test('never lend their verdict or their values to the conclusion', () => {
    const { verdict, parameters } = new Walker().choose('same').choose('right').choose('missing').back(1).checklist();
    expect(verdict).toBeNull();
    expect(parameters.map(({ name }) => name)).not.toContain('scope');
  });

  test('a change that was made there is still in place, and an open action says so', () => {
    const walk = new Walker().choose('unknown').read('Tls').choose('missing').change('Tls,ExchangeServer').back(2);
    const { openActions, summary, superseded } = walk.choose('offered').checklist();
    expect(openActions).toContainEqual(expect.objectContaining({ kind: 'abandoned-change', n: 4 }));
    expect(summary[2]).toBe('Changed: “Offer Exchange Server authentication” on a branch that was given up.');
    expect(superseded[0]?.verdicts[0]?.fixes[0]?.rollback.texts[0]?.text).toBe(
      "Set-ReceiveConnector -Identity 'MBX02\\Default MBX02' -AuthMechanism 'Tls'",
    );
  });
});

describe('verdicts and fixes', () => {
  test('a fix carries the change as sent, the way back with the old value, and its proof', () => {
    const [fix, untried] = fullWalk().checklist().verdict?.fixes ?? [];
    expect(fix).toMatchObject({ step: 'offer-it', status: 'verified', risk: 'medium', n: 7, by: 'Grace Colleague' });
    expect(fix?.change).toMatchObject({
      command: 'E4',
      object: 'the receive connector MBX02\\Default MBX02',
      planned: [],
    });
    expect(fix?.change?.sent.map(({ text }) => text)).toEqual([
      "Set-ReceiveConnector -Identity 'MBX02\\Default MBX02' -AuthMechanism 'Tls','Integrated','ExchangeServer'",
    ]);
    expect(fix?.rollback.texts).toEqual([
      {
        shell: 'ems',
        text: "Set-ReceiveConnector -Identity 'MBX02\\Default MBX02' -AuthMechanism 'Tls','Integrated'",
        missing: [],
        missingLabels: [],
      },
    ]);
    expect(fix?.proof.captures.map(({ id }) => id)).toEqual(['c3']);
    expect(untried).toMatchObject({ step: 'use-default', status: 'not-tried', n: null, change: null });
  });

  test('a change that was not sent is shown as it would be', () => {
    const fix = new Walker().choose('unknown').read('Tls').choose('missing').checklist().verdict?.fixes[0];
    expect(fix).toMatchObject({ status: 'pending' });
    expect(fix?.change?.planned).toEqual([
      {
        shell: 'ems',
        text: "Set-ReceiveConnector -Identity 'MBX02\\Default MBX02' -AuthMechanism 'Tls','ExchangeServer'",
        missing: [],
        missingLabels: [],
      },
    ]);
  });

  test('the way back of what was sent keeps the object it was sent for, whatever is set later', () => {
    const walk = new Walker().choose('unknown').read('Tls').choose('missing').change('Tls,ExchangeServer');
    walk.input({ type: 'set', name: 'connector', value: 'MBX02\\Other' });
    expect(walk.checklist().verdict?.fixes[0]?.rollback.texts[0]?.text).toContain("'MBX02\\Default MBX02'");
  });

  test('without the old value the way back names what is missing and gives no command', () => {
    const fix = new Walker().choose('unknown').choose('missing').checklist().verdict?.fixes[0];
    expect(fix?.rollback.texts).toEqual([
      { shell: 'ems', text: null, missing: ['mechanisms'], missingLabels: ['Mechanisms'] },
    ]);
  });

  test('a search that went on after a failed fix has both verdicts, the last one concludes', () => {
    const walk = new Walker().choose('unknown').read('Tls').choose('missing').change('Tls,ExchangeServer').read('Tls');
    const { path, verdict } = walk.choose('not-verified').choose('none').checklist();
    expect(path.verdicts.map(({ id }) => id)).toEqual(['connectors.no-server-authentication', 'connectors.healthy']);
    expect(verdict?.id).toBe('connectors.healthy');
    expect(path.verdicts[0]?.fixes[0]?.status).toBe('not-verified');
  });
});

const openingKinds = (walk: Walker) => walk.checklist().openActions.map(({ kind }) => kind);

describe('open actions', () => {
  test.each<[string, () => Walker, string[]]>([
    ['a step that waits for its answer', () => new Walker(), ['answer']],
    ['a fix that is not decided', () => new Walker().choose('unknown').choose('missing'), ['fix-pending']],
    ['a proven fix leaves its reminders', fullWalk, ['reminder', 'reminder']],
    [
      'a fix that was left',
      () => new Walker().choose('unknown').choose('missing').choose('left').choose('left'),
      ['fix-left', 'fix-left', 'waiting'],
    ],
    [
      'a fix that was undone leaves nothing but an open case',
      () => new Walker().choose('unknown').choose('missing').choose('rolled-back').choose('rolled-back'),
      ['unsolved'],
    ],
    [
      'a fix that did not help',
      () => new Walker().choose('unknown').choose('missing').choose('not-verified'),
      ['answer', 'fix-failed', 'reminder', 'reminder'],
    ],
    ['a wizard that is still to come', () => new Walker().choose('other'), ['next-wizard']],
    ['a healthy end leaves nothing', () => new Walker().choose('unknown').choose('offered'), []],
    [
      'a case that waits',
      () => new Walker().choose('unknown').choose('offered').input({ type: 'state', state: 'waiting' }),
      ['waiting'],
    ],
  ])('%s', (_, walk, kinds) => {
    expect(openingKinds(walk())).toEqual(kinds);
  });
});

describe('the summary', () => {
  test('of a solved case says what was reported, found, changed, proven and left', () => {
    expect(fullWalk().checklist().summary).toEqual([
      'Reported: event 7004 of MSExchangeTransport (“SMTP protocol error”) about mail.fabrikam.com.',
      'Found: “The connector offers no Exchange Server authentication” (connectors.no-server-authentication, certainty: reconstructed).',
      'Changed: “Offer Exchange Server authentication” by Grace Colleague, 2026-03-29 00:08:00 +01:00.',
      'The proof succeeded according to Grace Colleague: the check “Does the connector offer Exchange Server authentication?” was repeated 2026-03-29 00:07:00 +01:00; expected: AuthMechanism holds ExchangeServer.',
      'Open (the case is closed): 2 actions, first: Watch the queue for 24 hours.',
    ]);
  });

  test('of a case without evidence and verdict says where the walk stands', () => {
    expect(new Walker({ evidence: [] }).checklist().summary).toEqual([
      'Reported: “mail01 to mail02: 504 on XEXCH50”; no event or other text was brought.',
      'No cause is established yet; the walk stands at step 1, “Do both servers belong to the same organisation?”.',
      'Nothing was changed.',
      'Open (the case is open): one action, first: Step 1 is not answered yet: “Do both servers belong to the same organisation?”.',
    ]);
  });

  test('does not claim a proof that nobody recorded', () => {
    const walk = new Walker().choose('unknown').choose('missing').choose('verified');
    expect(walk.checklist().summary.slice(2, 4)).toEqual([
      'Changed: “Offer Exchange Server authentication” by Ada Operator, 2026-03-29 00:01:00 +01:00, done without a recorded command.',
      'The proof succeeded according to Ada Operator; no output of the check is recorded.',
    ]);
  });

  test('says when the proof was called a success against the reading', () => {
    const walk = new Walker().choose('unknown').read('Tls').choose('missing').change('Tls,ExchangeServer').read('Tls');
    expect(walk.choose('verified').checklist().summary[3]).toContain('against what the reading suggested');
  });

  test.each<[string, () => Walker]>([
    ['new', () => new Walker()],
    ['ended', () => new Walker().choose('other')],
    ['solved', fullWalk],
    ['left', () => new Walker().choose('unknown').choose('missing').choose('left').choose('left')],
  ])('has two to five sentences when the case is %s', (_, walk) => {
    const { summary } = walk().checklist();
    expect(summary.length).toBeGreaterThanOrEqual(2);
    expect(summary.length).toBeLessThanOrEqual(5);
    for (const sentence of summary) expect(sentence).toMatch(/[^.]\.$/);
  });
});

describe('what the case was given', () => {
  test('the parameters say where their values come from', () => {
    const { environment, parameters } = fullWalk().checklist();
    expect(environment).toMatchObject({ value: '2013+', from: 'default' });
    expect(parameters.map(({ label, value, from }) => [label, value, from])).toEqual([
      ['Remote server', 'mail.fabrikam.com', 'evidence'],
      ['Connector', 'MBX02\\Default MBX02', 'person'],
      ['Scope', 'inside', 'outcome'],
    ]);
  });

  test('each event shows its own lines of the paste, up to where the next one begins', () => {
    const walk = new Walker({ evidence: [] });
    const text = walk.store(['first', 'a', 'b', 'second', 'c'].join('\n'));
    const item = { kind: 'event' as const, id: '7004', source: 'S', title: 'T', fields: {}, text };
    walk.state = {
      ...walk.state,
      evidence: [
        { ...item, line: 1 },
        { ...item, line: 4 },
      ],
    };
    const shown = walk.checklist().evidence.map((entry) => entry.text.lines.map((line) => line.text));
    expect(shown).toEqual([
      ['first', 'a', 'b'],
      ['second', 'c'],
    ]);
  });

  test('a parameter of type secret is left out, and so is its value in every text', () => {
    const walk = new Walker({
      parameters: {
        password: { value: 'hunter-2-hunter', from: 'person' },
        connector: { value: 'C1', from: 'person' },
      },
    });
    walk.choose('unknown', 'Tried with hunter-2-hunter.').read('hunter-2-hunter');
    const all = JSON.stringify(walk.checklist());
    expect(all).not.toContain('hunter-2');
    expect(all).toContain('[secret removed]');
    expect(walk.checklist().parameters.map(({ name }) => name)).toEqual(['connector']);
  });
});

describe('the record', () => {
  test('names the chain head and says that it is no signature', () => {
    const { chain } = fullWalk().checklist({ head: '0'.repeat(64) });
    expect(chain).toMatchObject({ head: '0'.repeat(64), events: 11 });
    expect(chain.statement).toContain('not a signature');
  });

  test('the same case and context give the same checklist', () => {
    expect(fullWalk().checklist()).toEqual(fullWalk().checklist());
  });

  test('survives JSON unchanged', () => {
    const made = fullWalk().checklist();
    expect(JSON.parse(JSON.stringify(made))).toEqual(made);
  });

  test('of a case whose wizard copies are missing still holds the titles and answers of the journal', () => {
    const walk = fullWalk();
    const { path } = checklist({ ...smallLibrary, files: new Map(), current: [] }, walk.state, {
      head: '',
      exportedAt: walk.now(),
      exportedBy: '',
      product: '',
      timeZone: 'UTC',
      outputOf: () => undefined,
      lines: () => undefined,
    });
    expect(path.steps[2]).toMatchObject({
      title: 'Does the connector offer Exchange Server authentication?',
      outcome: { label: 'No, it is missing' },
      certainty: 'unverified',
    });
  });
});

describe('a change that was made by hand', () => {
  const PATH = 'Exchange admin center > mail flow > receive connectors > security';
  const made = () => {
    const walker = new Walker().choose('unknown').read('Tls, Integrated').choose('missing');
    walker.input({ type: 'by-hand', command: 'E4', text: PATH, parameters: {} });
    return walker;
  };

  test('stands with its fix as done by hand: by whom, when and along which path, and nothing is planned any more', () => {
    const fix = made().checklist().verdict?.fixes[0];
    expect(fix?.change).toMatchObject({
      command: 'E4',
      sent: [],
      planned: [],
      byHand: [{ text: PATH, by: 'Ada Operator', at: { local: expect.stringContaining('2026-03-') } }],
    });
    expect(fix?.captures).toEqual([]);
  });

  test('leaves the proof outstanding, and the summary says how the change was made', () => {
    const { openActions, summary } = made().checklist();
    expect(openActions[0]).toMatchObject({ kind: 'fix-pending', text: expect.stringContaining('was made by hand') });
    expect(summary.join(' ')).toContain('done by hand');
  });

  test('left undone in the answer is an action: somebody has to look what is in place', () => {
    const { openActions } = made().choose('left').checklist();
    expect(openActions).toContainEqual(
      expect.objectContaining({ kind: 'fix-left', text: expect.stringContaining('its change was made by hand') }),
    );
  });
});
