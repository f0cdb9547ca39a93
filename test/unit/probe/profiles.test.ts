/** Every fault of the lab server, with every server that can have it: the probe names the stage and the fault. */
import { describe, expect, test } from 'vitest';
import type { SmtpOptions } from '../../../electron/probe/probe-context.ts';
import { probeResult } from '../../../wizards/engine/probe/probe-result.ts';
import { labLibrary, startTestLab } from '../../fixtures/lab/lab.ts';
import { codesOf, KNOWN, probePort } from '../../fixtures/probe/probe.ts';

type Expected = { stage: string; codes: string[]; options?: Partial<SmtpOptions>; delayScale?: number };
const INSPECTED = ['banner-masked', 'invalid-verb-accepted', 'capabilities-masked', 'starttls-stripped'];

const EXPECTED: Record<string, Expected> = {
  healthy: { stage: 'none', codes: [] },
  'auth-off': { stage: 'xexch50', codes: ['auth-missing', 'xexch50-504'] },
  'sendas-denied': { stage: 'xexch50', codes: ['xexch50-504'] },
  'starttls-before-auth': { stage: 'xexch50', codes: ['xexch50-504'] },
  'blob-blocked': { stage: 'blob', codes: ['blob-swallowed'], options: { timeoutMs: 1000 } },
  'blob-blocked-reset': { stage: 'blob', codes: ['blob-reset'] },
  // 20 s become 2: far above what a busy machine needs for an answer.
  'blob-blocked-delay': { stage: 'none', codes: ['blob-delayed'], options: { slowMs: 1500 }, delayScale: 0.1 },
  mailguard: { stage: 'none', codes: INSPECTED },
  'ehlo-refused': { stage: 'ehlo', codes: ['ehlo-refused'] },
  'starttls-454': { stage: 'starttls', codes: ['starttls-refused'] },
  'cert-expired': { stage: 'none', codes: ['certificate-expired'] },
  'cert-name': { stage: 'none', codes: ['certificate-name'] },
  'exps-454': { stage: 'auth', codes: ['auth-unavailable'] },
  'relay-open': { stage: 'none', codes: [] },
  'relay-denied': { stage: 'rcpt', codes: ['relay-denied'] },
  backpressure: { stage: 'mail', codes: ['back-pressure'] },
  'banner-421': { stage: 'banner', codes: ['banner-421'] },
  tarpit: { stage: 'none', codes: ['tarpit'], options: { slowMs: 1500 }, delayScale: 0.2 },
  greylist: { stage: 'rcpt', codes: ['greylisted'] },
  'too-many-recipients': { stage: 'rcpt', codes: ['too-many-recipients'] },
  'slow-dribble': { stage: 'none', codes: [] },
  garbage: { stage: 'banner', codes: ['banner-not-smtp', 'reply-malformed', 'bare-lf', 'nul-bytes'] },
  'starttls-injection': { stage: 'none', codes: ['starttls-injection'], options: { injection: true } },
  'tls-old': { stage: 'none', codes: ['tls-lowered'] },
};
/** Postfix knows no X-EXPS: whether its logon works shows only who logs on. */
const OTHERWISE: Record<string, Expected> = {
  'exps-454 postfix': {
    ...{ stage: 'auth', codes: ['auth-unavailable'] },
    options: { logon: { mechanism: 'LOGIN', user: 'user1', password: async () => 'never sent' } },
  },
};

describe('a probe of the lab server', () => {
  test('is expected for every profile', () => {
    expect(Object.keys(EXPECTED).sort()).toEqual([...labLibrary.labProfiles.keys()].sort());
  });

  const cases = [...labLibrary.labProfiles.values()].flatMap(({ id, servers }) =>
    servers.map((server) => [id, server] as const),
  );
  test.each(cases)('finds what is wrong: %s, %s', async (profile, server) => {
    const {
      stage,
      codes,
      options,
      delayScale = 0,
    } = (OTHERWISE[`${profile} ${server}`] ?? EXPECTED[profile]) as Expected;
    const lab = await startTestLab({ profile, server, delayScale });
    try {
      const result = await probePort(lab.port, options);
      expect({ stage: result.stage, codes: codesOf(result) }).toEqual({ stage, codes });
      expect(probeResult.parse(JSON.parse(JSON.stringify(result)))).toEqual(result);
      const lines = result.stages.flatMap(({ name, steps }) => steps.map(({ text }) => `${name} ${text}`));
      for (const { code, message, evidence } of result.findings) {
        expect(message).toBe(KNOWN.get(code)?.message);
        expect(evidence.length).toBeGreaterThan(0);
        for (const { stage: at, line, text } of evidence) expect(lines[line - 1]).toBe(`${at} ${text}`);
      }
      expect(result.suggestions.length > 0).toBe(codes.length > 0);
      // What the probe never does.
      const sent = lab.transcript.filter(({ kind }) => kind === 'received').map(({ text }) => text.toUpperCase());
      expect(sent.filter((text) => /^(?:DATA|BDAT)\b/.test(text))).toEqual([]);
      expect(sent.length).toBeGreaterThan(profile === 'banner-421' || profile === 'garbage' ? -1 : 0);
    } finally {
      await lab.close();
    }
  });

  test('calls normal what is normal for the server, in a note', async () => {
    for (const [server, note] of [
      ['2016', /^XEXCH50 is not announced/],
      ['postfix', /^X-EXPS is not announced/],
      ['2010', /self-signed certificate is normal/],
    ] as const) {
      const lab = await startTestLab({ profile: 'healthy', server });
      const { notes } = await probePort(lab.port);
      expect([server, notes.some((text) => note.test(text))]).toEqual([server, true]);
      await lab.close();
    }
  });
});
