import { beforeEach, describe, expect, it } from 'vitest';
import type { CaseNews, TabInfo } from '../../../electron/contract.ts';
import { changeDraft, lookAt, receiveView, useCase } from '../../../renderer/stores/case-store.ts';
import { receiveTabs, tabsOf, useTerminals } from '../../../renderer/stores/terminal-store.ts';

const FIRST = { kept: 0, visits: [{ n: 1 }] };
const SAME = { kept: 1, visits: [] };
const view = (visit: number, more: object = {}, path: object = SAME) =>
  ({ id: 'c', path, step: { visit, captures: [], ...more } }) as unknown as CaseNews;

describe('a pushed view', () => {
  beforeEach(() => {
    useCase.setState(useCase.getInitialState(), true);
    receiveView(view(1, {}, FIRST));
  });

  it('that changes nothing draws nothing again', () => {
    const before = useCase.getState();
    receiveView(view(1));
    expect(useCase.getState()).toBe(before);
  });

  it('of the same step keeps what the person has begun to enter', () => {
    changeDraft({ picked: 'ok', note: 'seen by phone' });
    receiveView(view(1, { suggestion: 'other' }));
    expect(useCase.getState().draft).toMatchObject({ visit: 1, picked: 'ok', note: 'seen by phone' });
  });

  it('of another step begins anew and leaves an old record', () => {
    changeDraft({ picked: 'ok', note: 'seen by phone' });
    lookAt(1);
    receiveView(view(2));
    expect(useCase.getState().draft).toMatchObject({ visit: 2, picked: null, note: '' });
    expect(useCase.getState().looking).toBeNull();
  });

  it('that begins anew, as after a lost connection, changes nothing either', () => {
    const before = useCase.getState();
    receiveView(view(1, {}, FIRST));
    expect(useCase.getState()).toBe(before);
  });

  it('adds to the path what is new and leaves the rest as it was', () => {
    const [first] = useCase.getState().view?.path ?? [];
    receiveView(view(2, {}, { kept: 1, visits: [{ n: 2 }] }));
    expect(useCase.getState().view?.path).toStrictEqual([{ n: 1 }, { n: 2 }]);
    expect(useCase.getState().view?.path[0]).toBe(first);
  });

  it('keeps the path as it was when only the step changed', () => {
    const before = useCase.getState().view?.path;
    receiveView(view(1, { suggestion: 'ok' }));
    expect(useCase.getState().view?.path).toBe(before);
  });
});

const tab = (id: string, more: Partial<TabInfo> = {}) => ({ id, kind: 'shell', running: null, ...more }) as TabInfo;

describe('the tabs of the terminal', () => {
  beforeEach(() => useTerminals.setState(useTerminals.getInitialState(), true));

  it('show the newest until the person chooses', () => {
    receiveTabs([tab('a'), tab('b')]);
    expect(useTerminals.getState().active).toBe('b');
  });

  it('keep the one in front while others come and go', () => {
    useTerminals.setState({ active: 'a' });
    receiveTabs([tab('a'), tab('b')]);
    expect(useTerminals.getState().active).toBe('a');
    receiveTabs([tab('b')]);
    expect(useTerminals.getState().active).toBe('b');
  });

  it('bring the tab to the front in which a sent command begins, once', () => {
    receiveTabs([tab('a'), tab('b')]);
    useTerminals.setState({ following: true });
    receiveTabs([tab('a', { running: 1 }), tab('b')]);
    expect(useTerminals.getState()).toMatchObject({ active: 'a', following: false });
    receiveTabs([tab('a', { running: 1 }), tab('b', { running: 2 })]);
    expect(useTerminals.getState().active).toBe('a');
  });

  it('are not moved by a command that somebody types', () => {
    receiveTabs([tab('a'), tab('b')]);
    receiveTabs([tab('a', { running: 1 }), tab('b')]);
    expect(useTerminals.getState().active).toBe('b');
  });

  it('of a practice case are its simulated ones alone', () => {
    const tabs = [tab('a'), tab('s', { kind: 'simulated' })];
    expect(tabsOf(tabs, true).map((item) => item.id)).toEqual(['s']);
    expect(tabsOf(tabs, false).map((item) => item.id)).toEqual(['a']);
  });
});
