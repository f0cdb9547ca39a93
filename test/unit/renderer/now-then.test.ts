import { describe, expect, it } from 'vitest';
import { nowThen } from '../../../renderer/lib/now-then.ts';

describe('a change as now and then', () => {
  it('shows the options in which the change and its way back differ', () => {
    const change = "Set-ReceiveConnector -Identity 'MBX02\\Relay for scanners' -RemoteIPRanges '10.0.0.32-10.0.0.254'";
    const back = "Set-ReceiveConnector -Identity 'MBX02\\Relay for scanners' -RemoteIPRanges '10.0.0.0/24'";
    expect(nowThen(change, back)).toEqual([
      { name: 'RemoteIPRanges', now: '10.0.0.0/24', next: '10.0.0.32-10.0.0.254' },
    ]);
  });

  it('keeps lists readable and takes doubled quotes off', () => {
    expect(nowThen("Set-X -Auth 'Tls','ExchangeServer'", "Set-X -Auth 'Tls'")).toEqual([
      { name: 'Auth', now: 'Tls', next: 'Tls,ExchangeServer' },
    ]);
    expect(nowThen("Set-X -Note 'it''s'", "Set-X -Note 'a b'")).toEqual([{ name: 'Note', now: 'a b', next: "it's" }]);
  });

  it('does not take a word inside a quoted value for an option', () => {
    expect(nowThen("Set-X -Note 'use -Force here'", "Set-X -Note 'old'")).toEqual([
      { name: 'Note', now: 'old', next: 'use -Force here' },
    ]);
  });

  it('says where the way back has no old value for an option', () => {
    expect(nowThen("Set-X -A '1' -B '2'", "Set-X -A '1'")).toEqual([{ name: 'B', now: null, next: '2' }]);
  });

  it('has nothing to show where the way back is another command', () => {
    expect(nowThen("New-X -Name 'a'", "Remove-X -Identity 'a'")).toEqual([]);
    expect(nowThen('', '')).toEqual([]);
  });
});
