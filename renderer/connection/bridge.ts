/** What the desktop's preload puts on `window`; absent in a browser. Ports come by `message` events. */
export interface DesktopBridge {
  /** Asks for the core's port; it arrives as 'fieldguide-port'. */
  connect(): void;
  /** Asks for the tab's port; it arrives as 'fieldguide-terminal:<tab>'. */
  openTerminal(tab: string): void;
}

declare global {
  interface Window {
    fieldguide?: DesktopBridge;
  }
}
