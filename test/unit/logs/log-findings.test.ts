import { expect, test } from 'vitest';
import { findingsOfLogs } from '../../../wizards/engine/logs/log-findings.ts';

test('a virtual server of IIS is no connector, and a send connector is no receive connector', () => {
  const group = {
    reply: '504',
    stage: 'xexch50' as const,
    count: 3,
    overwritten: 0,
    remote: '198.51.100.9',
    first: '2004-02-22T16:00:00.000Z',
    last: '2004-02-22T16:10:00.000Z',
    at: { file: 'ex040222.log', line: 9 },
  };
  const fields = (connector: string) => findingsOfLogs({ by_reply: [{ ...group, connector }] })[0]?.fields;
  expect(fields('SMTPSVC1')).toEqual({
    stage: 'xexch50',
    sessions: '3',
    reply: '504',
    virtual_server: '1',
    remote_ip: '198.51.100.9',
    first: group.first,
    last: group.last,
  });
  expect(fields('MBX02\\Default MBX02')).toMatchObject({ connector: 'MBX02\\Default MBX02' });
  expect(fields('Internet')).toMatchObject({ send_connector: 'Internet' });
  expect(fields('Internet')).not.toHaveProperty('connector');
});
