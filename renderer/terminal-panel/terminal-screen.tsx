import { useEffect, useRef, useState } from 'react';
import { connection } from '../connection/session.ts';
import { cx } from '../lib/cx.ts';
import { useTheme } from '../shell/use-theme.ts';
import { useApp } from '../stores/app-store.ts';
import { TerminalView } from '../terminal/terminal-view.ts';
import { setCurrentView } from './current-view.ts';
import { setStylesThroughDom } from './style-attributes.ts';
import styles from './terminal-panel.module.css';
import { useEvidence } from './use-evidence.ts';
import { useFoldedRows } from './use-folded-rows.ts';

interface Props {
  tab: string;
  folded: boolean;
  onUnfold: () => void;
}

/** The screen of one tab. The core keeps the tab; this only shows it and hands on what is typed. */
export function TerminalScreen({ tab, folded, onUnfold }: Props) {
  const element = useRef<HTMLDivElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<TerminalView | null>(null);
  const { name } = useTheme();
  const contrast = name === 'contrast';
  useEffect(() => {
    let gone = false;
    let opened: TerminalView | null = null;
    const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content;
    setStylesThroughDom();
    void connection()
      .channel('terminal', tab)
      .then((channel) => {
        if (gone || !element.current) {
          channel.close();
          return;
        }
        opened = new TerminalView(element.current, {
          channel,
          ...(nonce ? { styleNonce: nonce } : {}),
          onLink: (address) => window.open(address, '_blank', 'noopener,noreferrer'),
          confirmPaste: (text) => confirmPaste(text),
        });
        setCurrentView(opened);
        setView(opened);
      });
    return () => {
      gone = true;
      setCurrentView(null);
      setView(null);
      opened?.dispose();
    };
  }, [tab]);
  useEffect(() => view?.setTheme(contrast ? 'high-contrast' : 'dark'), [view, contrast]);
  useReconnection(view, tab);
  useEvidence(view);
  useFoldedRows(view, frame.current, element.current, folded);
  return (
    <div ref={frame} className={cx(styles.frame, folded && styles.frameFolded)}>
      <div
        ref={element}
        id="terminal-screen"
        className={styles.screen}
        role="tabpanel"
        aria-labelledby={`tab-${tab}`}
      />
      {folded && (
        <button
          type="button"
          className={styles.cover}
          aria-label="Unfold the terminal"
          onClick={onUnfold}
          tabIndex={-1}
        />
      )}
    </div>
  );
}

/** Several lines would run one after the other without another look at them. */
function confirmPaste(text: string): boolean {
  const lines = text.trimEnd().split(/\r\n|\r|\n/).length;
  return window.confirm(`Paste ${lines} lines into the terminal? Each line runs as soon as it arrives.`);
}

/** After a lost connection the same tab is shown over a new channel; its first frame redraws everything. */
function useReconnection(view: TerminalView | null, tab: string): void {
  const state = useApp((app) => app.connection);
  const lost = useRef(false);
  useEffect(() => {
    if (state !== 'connected') {
      lost.current = true;
      return;
    }
    if (!lost.current || !view) return;
    lost.current = false;
    void connection()
      .channel('terminal', tab)
      .then((channel) => view.connect(channel));
  }, [state, view, tab]);
}
