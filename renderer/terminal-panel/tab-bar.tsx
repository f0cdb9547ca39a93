import { Button, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { ChevronDownRegular } from '@fluentui/react-icons/svg/chevron-down';
import { ChevronUpRegular } from '@fluentui/react-icons/svg/chevron-up';
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import { SearchRegular } from '@fluentui/react-icons/svg/search';
import type { KeyboardEvent } from 'react';
import type { TabInfo } from '../../electron/contract.ts';
import { cx } from '../lib/cx.ts';
import { useApp } from '../stores/app-store.ts';
import { activate, closeTab, openTab } from '../stores/terminal-store.ts';
import styles from './terminal-panel.module.css';

interface Props {
  tabs: TabInfo[];
  active: string | null;
  practice: boolean;
  folded: boolean;
  onFold: (folded: boolean) => void;
  finding: boolean;
  onFind: () => void;
}

const STATES: Record<TabInfo['state'], string> = { starting: 'starting', ready: '', busy: 'running', dead: 'ended' };

/** The tabs, a new one by its shell, find and fold. */
export function TabBar({ tabs, active, practice, folded, onFold, finding, onFind }: Props) {
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const at = tabs.findIndex((tab) => tab.id === active);
    const next = by === 0 ? undefined : tabs[(at + by + tabs.length) % tabs.length];
    if (!next) return;
    event.preventDefault();
    activate(next.id);
    requestAnimationFrame(() => document.getElementById(`tab-${next.id}`)?.focus());
  };
  return (
    <div className={styles.bar}>
      <div className={styles.tabs} role="tablist" aria-label="Terminals" onKeyDown={onKeyDown}>
        {tabs.map((tab) => (
          <div key={tab.id} className={cx(styles.tab, tab.id === active && styles.front)} role="presentation">
            <button
              type="button"
              role="tab"
              id={`tab-${tab.id}`}
              className={styles.tabName}
              aria-selected={tab.id === active}
              aria-controls="terminal-screen"
              tabIndex={tab.id === active ? 0 : -1}
              onClick={() => activate(tab.id)}
            >
              {tab.title}
              {STATES[tab.state] && <span className={styles.state}> · {STATES[tab.state]}</span>}
            </button>
          </div>
        ))}
      </div>
      {!practice && <NewTab />}
      {tabs.length === 0 && folded && <span className={styles.state}>No terminal is open. Run opens one.</span>}
      <span className={styles.spring} />
      {tabs.length > 0 && !folded && (
        <Button appearance="subtle" size="small" icon={<SearchRegular />} aria-pressed={finding} onClick={onFind}>
          Find
        </Button>
      )}
      {active !== null && !practice && (
        <Button appearance="subtle" size="small" icon={<DismissRegular />} onClick={() => void closeTab(active)}>
          Close tab
        </Button>
      )}
      <Button
        appearance="subtle"
        size="small"
        icon={folded ? <ChevronUpRegular /> : <ChevronDownRegular />}
        aria-expanded={!folded}
        onClick={() => onFold(!folded)}
      >
        {folded ? 'Unfold' : 'Fold'}
      </Button>
    </div>
  );
}

function NewTab() {
  const shells = useApp((state) => state.shells);
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <Button appearance="subtle" size="small" icon={<AddRegular />} aria-label="New terminal" />
      </MenuTrigger>
      <MenuPopover className={styles.menu}>
        <MenuList>
          {shells.map((shell) => (
            <MenuItem
              key={shell.shell}
              disabled={shell.path === null}
              secondaryContent={shell.path === null ? 'not here' : undefined}
              onClick={() => void openTab(shell.shell)}
            >
              {shell.title}
            </MenuItem>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
