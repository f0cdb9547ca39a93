import { expect, test } from 'vitest';
import { labelOf, labelsOf } from '../../../wizards/engine/labels.ts';
import { smallLibrary } from './small-library.ts';

const library = smallLibrary();

test('a value is called by the label of its parameter, else by its prompt', () => {
  expect(labelOf(library, 'remote_ip')).toBe('Remote address');
  const flag = { name: 'flag', type: 'integer' as const, prompt: 'New value of the flag', label: 'Flag', example: '7' };
  expect(labelOf({ parameters: new Map([['flag', flag]]) }, 'flag')).toBe('Flag');
});

test('a field of an event that is no parameter has a label too, and an unknown one is read as words', () => {
  expect(labelOf(library, 'event_id')).toBe('Event ID');
  expect(labelOf(library, 'time_utc')).toBe('Time (UTC)');
  expect(labelOf(library, 'data_code')).toBe('Code in the data bytes');
  expect(labelOf(library, 'queue_owner')).toBe('Queue owner');
});

test('the list for a screen holds every parameter and every known field', () => {
  expect(labelsOf(library)).toMatchObject({ remote_host: 'Remote server', full_command: 'Full command' });
});
