import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { htmlText } from '../../../electron/intake/html-text.ts';
import { isMail, mailText } from '../../../electron/intake/mail-text.ts';
import { decodeText } from '../../../wizards/engine/decode.ts';
import { triage } from '../../../wizards/engine/triage.ts';
import { quote, SAMPLE, viewer2003 } from '../../fixtures/events/compose.ts';
import { testLibrary } from '../../fixtures/events/library.ts';
import { FOUR_HOPS } from '../../fixtures/headers/blocks.ts';
import { FORWARDED, HTML_ONLY, REPORT } from '../../fixtures/mail/compose.ts';
import * as reports from '../../fixtures/ndr/reports.ts';

const library = testLibrary();
const found = async (mail: string) => triage(library, (await mailText(mail)) ?? 'none').findings;

describe('a whole mail', () => {
  test('that is a report gives the report, the way of the report and the way of the message', async () => {
    const findings = await found(REPORT);
    expect(findings.map(({ kind, id }) => [kind, id])).toEqual([
      ['headers', 'way'],
      ['ndr', '5.1.1'],
      ['ndr', '4.4.1'],
      ['headers', 'slow'],
    ]);
    expect(findings[1]?.fields).toMatchObject({
      generator: 'Postfix',
      local_server: 'mail.contoso.com',
      remote_host: 'mx.fabrikam.com',
      remote_ip: '192.0.2.25',
      command: 'rcpt',
      recipient: 'user2@fabrikam.com',
      sender: 'user1@contoso.com',
      message_id: '<77aa@fabrikam.com>',
    });
    expect(findings[3]?.hops?.at(-1)?.by).toBe('mx.fabrikam.com');
  });

  test('keeps of a returned message the headers only', async () => {
    const text = await mailText(REPORT);
    expect(text).toContain('Message-ID: <77aa@fabrikam.com>');
    expect(text).not.toContain("nobody's business");
  });

  test('with a report attached is taken apart down to the report, its letters decoded, other attachments named', async () => {
    const text = await mailText(FORWARDED);
    expect(text).toContain('Größe und Zustellung: was heißt das?');
    expect(text).toContain('(An attachment was left out: offer.pdf, application/pdf, 9 bytes)');
    expect((await found(FORWARDED)).filter(({ kind }) => kind === 'ndr').map(({ fields }) => fields.recipient)).toEqual(
      ['user2@fabrikam.com', 'user3@fabrikam.com'],
    );
  });

  test('of HTML alone gives the text that a person sees', async () => {
    const text = await mailText(HTML_ONLY);
    expect(text).toContain('Unzustellbar für user2@fabrikam.com');
    expect(text).not.toContain('color: red');
    expect((await found(HTML_ONLY)).map(({ kind, id, fields }) => [kind, id, fields.generator])).toEqual([
      ['ndr', '5.1.10', 'Exchange Online'],
    ]);
  });

  test('keeps letters that were decoded before it came here, whatever charset its parts name', async () => {
    const mail = `From: a@contoso.com\nTo: b@contoso.com\nSubject: Ünzustellbar\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: 8bit\n\nfür – «ж» 😀\n--b--\n`;
    const text = await mailText(mail);
    expect(text).toContain('für – «ж» 😀');
    expect(text).toContain('Subject: Ünzustellbar');
  });
});

describe('what is no mail to take apart is left alone', () => {
  test.each<[string, string]>([
    ['an event', viewer2003(SAMPLE)],
    ['headers alone', FOUR_HOPS],
    ['headers that promise parts which are not there', `${FOUR_HOPS}Content-Type: multipart/mixed; boundary=x\n\n`],
    ['a mail in plain letters', `${FOUR_HOPS}Content-Type: text/plain\n\nHello.\n`],
    ['a quoted mail', quote(REPORT, 1)],
    ['a mail behind other text', `See below.\n\n${REPORT}`],
    ['text with a colon', 'Note: this\n\n--b\n'],
    ['nothing', ''],
    ...Object.entries(reports),
  ])('%s', async (_, text) => {
    expect(isMail(text)).toBe(false);
    expect(await mailText(text)).toBeNull();
  });
});

describe('hostile mail', () => {
  const head = 'From: a@contoso.com\r\nTo: b@contoso.com\r\nSubject: x\r\nMIME-Version: 1.0\r\n';
  const nested = (depth: number) =>
    Array.from({ length: depth }, (_, i) => `Content-Type: multipart/mixed; boundary=b${i}\r\n\r\n--b${i}\r\n`).join(
      '',
    );

  test.each<[string, string]>([
    ['many parts', `${head}Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\nx\r\n'.repeat(500_000)}`],
    ['deep parts', `${head}${nested(1000)}`],
    [
      'messages in messages',
      `${head}${`Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n${head}`.repeat(200)}`,
    ],
    ['open tags', `${head}Content-Type: text/html\r\n\r\n${'<a '.repeat(1_000_000)}`],
    ['open comments', `${head}Content-Type: text/html\r\n\r\n${'<!-- > '.repeat(500_000)}`],
    ['unseen text', `${head}Content-Type: text/html\r\n\r\n${'<style>'.repeat(500_000)}`],
    ['a long header', `${head}X: ${'x'.repeat(3_000_000)}\r\nContent-Type: text/html\r\n\r\nx`],
    ['base64 that is none', `${head}Content-Transfer-Encoding: base64\r\n\r\n${'!'.repeat(3_000_000)}`],
  ])('of %s ends, and is bounded', async (_, mail) => {
    const started = performance.now();
    const text = await mailText(mail);
    expect(text?.length ?? 0).toBeLessThanOrEqual(6 * 1024 * 1024);
    expect(performance.now() - started).toBeLessThan(15_000);
  });

  test('cut and changed anywhere never throws', async () => {
    const mail = fc.constantFrom(REPORT, FORWARDED, HTML_ONLY);
    const change = fc.tuple(
      mail,
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.string({ unit: 'binary', maxLength: 20 }),
    );
    await fc.assert(
      fc.asyncProperty(change, async ([text, a, b, between]) => {
        const [from, to] = [Math.floor(a * text.length), Math.floor(b * text.length)];
        const result = await mailText(text.slice(0, from) + between + text.slice(to));
        expect(result === null || typeof result === 'string').toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

test('a file of Outlook is refused with what to do', () => {
  const read = decodeText(Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]));
  expect(read).toMatchObject({ refusal: { code: 'no-text', hint: expect.stringMatching(/Text Only.*\.eml/) } });
});

test('HTML becomes the lines that a person sees', () => {
  expect(htmlText('<p>a &lt;b&gt;<br>c</p><table><tr><td>d</td><td>e&nbsp;f</td></tr></table>1 < 2')).toBe(
    'a <b>\nc\n\nd e f\n\n1 < 2',
  );
  expect(htmlText('<script>alert(1)</script><!-- x -->text')).toBe('text');
});
