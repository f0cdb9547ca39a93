/** A probe drawn as the conversation of 15 steps. */
import { describe, expect, test } from 'vitest';
import { probeLadder } from '../../../wizards/engine/probe/probe-ladder.ts';
import type { ProbeStage, ProbeStep } from '../../../wizards/engine/probe/probe-result.ts';

const step = (direction: ProbeStep['direction'], text: string, ms = 1): ProbeStep => ({ n: null, direction, text, ms });
const stage = (name: ProbeStage['name'], ...steps: ProbeStep[]): ProbeStage => ({ name, status: 'ok', ms: 5, steps });

const BANNER = '220 mail.fabrikam.com Microsoft ESMTP MAIL Service ready';
const TO_EHLO = [
  stage('dns', step('note', 'mail.fabrikam.com has the address 198.51.100.25')),
  stage('connect', step('note', '198.51.100.25, port 25: open')),
  stage('banner', step('received', BANNER, 64)),
  stage(
    'ehlo',
    step('sent', 'EHLO mail1.contoso.com'),
    step('received', '250-mail.fabrikam.com'),
    step('received', '250 XEXCH50'),
  ),
];
const states = (stages: ProbeStage[], running = false) =>
  Object.fromEntries(probeLadder({ stages }, running).map(({ n, stage: name, state }) => [n ?? name, state]));

describe('the ladder of a probe', () => {
  test('has what was sent and what was received on rungs of their own, each with its lines', () => {
    const rungs = probeLadder({ stages: TO_EHLO }, true);
    const list = rungs.filter(({ stage: name }) => name === 'ehlo');
    expect(list.map(({ n, steps }) => [n, steps.map(({ line, text }) => `${line} ${text}`)])).toEqual([
      [4, ['4 EHLO mail1.contoso.com']],
      [5, ['5 250-mail.fabrikam.com', '6 250 XEXCH50']],
    ]);
    expect(rungs[2]).toMatchObject({ n: 3, state: 'there', ms: 64 });
  });

  test('shows as open what may still come, and as behind what never came', () => {
    expect(states(TO_EHLO, true)).toMatchObject({ 5: 'there', starttls: 'open', 7: 'open', 14: 'open' });
    expect(states(TO_EHLO)).toMatchObject({ 5: 'there', starttls: 'behind', 7: 'behind', 14: 'behind' });
  });

  test('marks the answer that did not come, and nothing else of its stage', () => {
    const silent: ProbeStage = {
      ...stage('blob', step('sent', '(1124 bytes)'), step('note', 'no answer within 30 s')),
      ...{ status: 'fail', why: 'No answer came.' },
    };
    const stages = [
      ...TO_EHLO,
      stage('xexch50', step('sent', 'XEXCH50 1124 2'), step('received', '354 Send binary data')),
      silent,
    ];
    expect(states(stages)).toMatchObject({ 10: 'there', 11: 'there', 12: 'there', 13: 'failed', 14: 'behind' });
    const rung = probeLadder({ stages }, false).find(({ n }) => n === 13);
    expect(rung?.why).toBe('No answer came.');
    expect(rung?.steps.map(({ text }) => text)).toEqual(['no answer within 30 s']);
  });

  test('takes the stage at hand for one that goes on, not for one that failed', () => {
    const waiting: ProbeStage = { ...stage('mail', step('sent', 'MAIL FROM:<>')), status: 'fail' };
    expect(states([...TO_EHLO, waiting], true)).toMatchObject({ 6: 'there', 7: 'open', 8: 'open' });
    expect(states([...TO_EHLO, waiting])).toMatchObject({ 7: 'failed', 8: 'behind' });
  });

  test('a stage that fails as a whole has one rung for it', () => {
    const refused: ProbeStage = { ...stage('connect', step('note', 'connection refused')), status: 'fail' };
    expect(states([TO_EHLO[0] as ProbeStage, refused])).toMatchObject({
      1: 'there',
      2: 'failed',
      3: 'behind',
      14: 'behind',
    });
  });

  test('a stage that was passed over is left out, and the leaving after a failure is there', () => {
    const skipped: ProbeStage = { ...stage('starttls'), status: 'skipped', why: 'It is not offered.' };
    const refused: ProbeStage = {
      ...stage('mail', step('sent', 'MAIL FROM:<>'), step('received', '550 No')),
      status: 'fail',
    };
    const stages = [...TO_EHLO, skipped, refused, stage('quit', step('sent', 'QUIT'), step('received', '221 Bye'))];
    expect(states(stages)).toMatchObject({ starttls: 'left-out', 6: 'there', 7: 'failed', 8: 'behind', 14: 'there' });
  });
});
