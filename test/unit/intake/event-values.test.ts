/** Where the value at the end of a wording ends, when its description goes on. The samples are composed. */
import { describe, expect, test } from 'vitest';
import { compileLibrary, readYamlFolder } from '../../../electron/content/library-loader.ts';
import { createLibrary } from '../../../wizards/engine/library.ts';
import { triage } from '../../../wizards/engine/triage.ts';
import { cutAtColumn, quote, wrapAtBlanks } from '../../fixtures/events/compose.ts';

const { files } = await compileLibrary(readYamlFolder('wizards'));
const library = createLibrary(files);
const fieldsOf = (text: string) => triage(library, text).findings[0]?.fields;

const CERTIFICATE =
  "Microsoft Exchange could not find a certificate that contains the domain name mail.contoso.com in the personal store on the local computer. Therefore, it is unable to support the STARTTLS SMTP verb for the connector Default Frontend MBX01 with a FQDN parameter of mail.contoso.com. If the connector's FQDN is not specified, the computer's FQDN is used. Verify the connector configuration and the installed certificates to make sure that there is a certificate with a domain name for that FQDN. If this certificate exists, run Enable-ExchangeCertificate -Services SMTP to make sure that the Microsoft Exchange Transport service has access to the certificate key.";
const NAMES = {
  event_id: '12014',
  domain_name: 'mail.contoso.com',
  connector_name: 'Default Frontend MBX01',
  connector_fqdn: 'mail.contoso.com',
};
const CREDENTIALS =
  'An authentication credential initialization error NoCredentials occurred with Send connector To Fabrikam.';

describe('a value at the end of its wording', () => {
  test.each([
    ['on one line', CERTIFICATE],
    ['wrapped', wrapAtBlanks(CERTIFICATE, 60)],
    ['quoted', quote(wrapAtBlanks(CERTIFICATE, 60), 2)],
    ['cut at a column', cutAtColumn(CERTIFICATE, 80)],
    ['without what follows', CERTIFICATE.replace(/ If the connector.*/, '')],
  ])('ends with its sentence: %s', (_, text) => {
    expect(fieldsOf(text)).toEqual(NAMES);
  });

  test('ends before the bytes that Event Viewer prints below', () => {
    const text = (data: string) =>
      `EXPS is temporarily unable to provide protocol security with "mbx02.contoso.com". "CSessionContext::OnEXPSInNegotiate" called "HrServerNegotiateAuth" which failed with error code 0xc00402ef ( f:\\smtpsink\\context.cpp@1799 ).\r\n${data}`;
    for (const data of [
      'Data:\r\n0000: ef 02 04 c0               ....',
      'Data: 0000: ef 02 04 c0               ....',
    ]) {
      expect(fieldsOf(text(data))).toMatchObject({
        source_file: 'f:\\smtpsink\\context.cpp@1799',
        data_code: '0xC00402EF',
      });
    }
  });

  test('keeps sentences where it may be some: a reply', () => {
    const text =
      'Receive connector Default MBX01 rejected a message at SMTP end of data with 550 5.7.1 Message rejected. Contact the postmaster.';
    expect(fieldsOf(text)?.reply).toBe('550 5.7.1 Message rejected. Contact the postmaster');
  });

  test('keeps points within it', () => {
    expect(fieldsOf(CERTIFICATE.replaceAll('Default Frontend MBX01', 'Dept. A v1.2'))?.connector_name).toBe(
      'Dept. A v1.2',
    );
    expect(fieldsOf(CREDENTIALS.replace('To Fabrikam', 'relay v1.2 no. 3'))?.connector_name).toBe('relay v1.2 no. 3');
  });
});

describe('2016', () => {
  test('names its connector, whatever follows', () => {
    for (const more of ['', ' The target is mail.fabrikam.com.', '\r\n\r\nMore.'])
      expect(fieldsOf(CREDENTIALS + more)?.connector_name).toBe('To Fabrikam');
  });

  test('whole names mechanism and target too', () => {
    const whole = `${CREDENTIALS} The authentication mechanism used was BasicAuth. The name of the server that we were trying to authenticate to was smtp.fabrikam.com. This server was using the name mbx01.contoso.com. Try reentering the credential. If the problem persists, contact Microsoft Support Services.`;
    expect(fieldsOf(whole)).toEqual({
      event_id: '2016',
      auth_error: 'NoCredentials',
      connector_name: 'To Fabrikam',
      mechanism: 'BasicAuth',
      target: 'smtp.fabrikam.com',
      own_name: 'mbx01.contoso.com',
    });
  });
});
