import { describe, expect, it } from 'vitest';
import { type Key, keyAction, type Place } from '../../../renderer/lib/key-action.ts';

const press = (key: string, more: Partial<Key> = {}): Key => ({
  key,
  ctrl: false,
  alt: false,
  shift: false,
  meta: false,
  ...more,
});
const does = (key: Key, place: Place) => keyAction(key, place)?.do ?? null;

describe('the keys of the case screen', () => {
  it.each<[string, Key, Place, string | null]>([
    ['a digit chooses an outcome', press('2'), 'page', 'outcome'],
    ['a digit on a button chooses too', press('2'), 'press', 'outcome'],
    ['a digit in a field is text', press('2'), 'field', null],
    ['a digit in a note is text', press('2'), 'text', null],
    ['a digit in the terminal is typed', press('2'), 'terminal', null],
    ['a digit in a dialog does nothing here', press('2'), 'dialog', null],
    ['Ctrl and a digit belongs to the browser', press('2', { ctrl: true }), 'page', null],
    ['zero is no outcome', press('0'), 'page', null],
    ['Enter records', press('Enter'), 'page', 'record'],
    ['Enter on a button presses it', press('Enter'), 'press', null],
    ['Enter in a field belongs to the field', press('Enter'), 'field', null],
    ['Enter in a note is a line break', press('Enter'), 'text', null],
    ['Ctrl+Enter runs', press('Enter', { ctrl: true }), 'page', 'run'],
    ['Cmd+Enter runs', press('Enter', { meta: true }), 'page', 'run'],
    ['Ctrl+Enter runs from a field', press('Enter', { ctrl: true }), 'field', 'run'],
    ['Ctrl+Enter in the terminal belongs to the shell', press('Enter', { ctrl: true }), 'terminal', null],
    ['F6 goes on', press('F6'), 'page', 'next-region'],
    ['F6 leads out of the terminal', press('F6'), 'terminal', 'next-region'],
    ['Shift+F6 goes back', press('F6', { shift: true }), 'terminal', 'previous-region'],
    ['F6 stays inside a dialog', press('F6'), 'dialog', null],
    ['? shows the keys', press('?', { shift: true }), 'page', 'keys'],
    ['? in a field is text', press('?', { shift: true }), 'field', null],
  ])('%s', (_, key, place, action) => {
    expect(does(key, place)).toBe(action);
  });

  it('counts the outcomes from the first', () => {
    expect(keyAction(press('1'), 'page')).toEqual({ do: 'outcome', index: 0 });
    expect(keyAction(press('9'), 'page')).toEqual({ do: 'outcome', index: 8 });
  });
});
