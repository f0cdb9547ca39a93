/** Two probes side by side. */
import { describe, expect, test } from 'vitest';
import { compareProbes, comparison } from '../../../wizards/engine/probe/compare-probes.ts';
import { startTestLab } from '../../fixtures/lab/lab.ts';
import { probePort } from '../../fixtures/probe/probe.ts';

async function probeOf(profile: string) {
  const lab = await startTestLab({ profile, server: '2010' });
  try {
    return await probePort(lab.port, { timeoutMs: 1000 });
  } finally {
    await lab.close();
  }
}

describe('two probes', () => {
  test('of the same server differ in nothing', async () => {
    const [a, b] = [await probeOf('healthy'), await probeOf('healthy')];
    expect(compareProbes(a, { ...b, tls: a.tls })).toEqual([]);
  });

  test('show what a device in the path takes away', async () => {
    const [inside, outside] = [await probeOf('healthy'), await probeOf('mailguard')];
    const found = new Map(compareProbes(inside, outside).map(({ what, a, b }) => [what, [a, b]]));
    expect(found.get('greeting')?.[0]).toBe('220 mail.contoso.com Microsoft ESMTP MAIL Service');
    expect(found.get('greeting')?.[1]).toMatch(/^220 \*+/);
    expect(found.get('XEXCH50 announced')).toEqual(['XEXCH50', null]);
    expect(found.get('STARTTLS announced')).toEqual(['STARTTLS', null]);
    expect(found.get('keywords written over, announced')).toEqual([null, '11']);
    expect(found.get('TLS')?.[1]).toBeNull();
    expect([...found.keys()].filter((what) => what.includes('XXX'))).toEqual([]);
  });

  test('as one result have the findings that only one of them has', async () => {
    const [well, blocked] = [await probeOf('healthy'), await probeOf('blob-blocked')];
    const compared = comparison(well, blocked);
    expect([compared.kind, compared.findings.map(({ code }) => code)]).toEqual(['compare', ['blob-swallowed']]);
    expect(compared.suggestions.map(({ wizard }) => wizard)).toEqual(['firewall-blob']);
    expect(compared.differences.map(({ what }) => what)).toContain('answer at blob');
  });
});
