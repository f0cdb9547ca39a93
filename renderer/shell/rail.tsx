import { AppsListRegular } from '@fluentui/react-icons/svg/apps-list';
import { ClipboardTaskListLtrRegular } from '@fluentui/react-icons/svg/clipboard-task-list-ltr';
import { DataHistogramRegular } from '@fluentui/react-icons/svg/data-histogram';
import { HomeRegular } from '@fluentui/react-icons/svg/home';
import { KeyboardRegular } from '@fluentui/react-icons/svg/keyboard';
import { PlugConnectedRegular } from '@fluentui/react-icons/svg/plug-connected';
import { SettingsRegular } from '@fluentui/react-icons/svg/settings';
import type { ComponentType } from 'react';
import { cx } from '../lib/cx.ts';
import { hashOf, type Route } from '../lib/route.ts';
import { openDialog, useApp } from '../stores/app-store.ts';
import { useCase } from '../stores/case-store.ts';
import { useFiles } from '../stores/files-store.ts';
import styles from './shell.module.css';

/** The ways to the screens, and below them keys and settings. */
export function Rail() {
  const route = useApp((state) => state.route);
  const caseId = useCase((state) => state.id);
  const probe = useApp((state) => state.probe);
  const intake = useFiles((state) => ((state.view?.summary?.sessions ?? 0) > 0 ? (state.view?.id ?? null) : null));
  return (
    <nav className={styles.rail} aria-label="Screens">
      <Way to={{ screen: 'start' }} now={route} label="Start" icon={HomeRegular} />
      {caseId !== null && (
        <Way to={{ screen: 'case', id: caseId }} now={route} label="Case" icon={ClipboardTaskListLtrRegular} />
      )}
      {intake !== null && (
        <Way to={{ screen: 'sessions', id: intake }} now={route} label="Sessions" icon={DataHistogramRegular} />
      )}
      <Way to={{ screen: 'probe', id: probe }} now={route} label="Probe" icon={PlugConnectedRegular} />
      <Way to={{ screen: 'wizards' }} now={route} label="Wizards" icon={AppsListRegular} />
      <span className={styles.spring} />
      <button
        type="button"
        className={styles.way}
        aria-label="Keys"
        title="Keys (?)"
        onClick={() => openDialog('keys')}
      >
        <KeyboardRegular fontSize={20} />
      </button>
      <button
        type="button"
        className={styles.way}
        aria-label="Settings"
        title="Settings"
        onClick={() => openDialog('settings')}
      >
        <SettingsRegular fontSize={20} />
      </button>
    </nav>
  );
}

function Way(props: { to: Route; now: Route; label: string; icon: ComponentType<{ fontSize?: number }> }) {
  const { to, now, label, icon: Icon } = props;
  const here = to.screen === now.screen;
  return (
    <a
      className={cx(styles.way, here && styles.here)}
      href={hashOf(to)}
      aria-label={label}
      aria-current={here ? 'page' : undefined}
      title={label}
    >
      <Icon fontSize={20} />
    </a>
  );
}
