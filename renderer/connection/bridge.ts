/** What the desktop's preload puts on `window`; absent in a browser. Ports come by `message` events. */
export interface DesktopBridge {
  /** Asks for the core's port; it arrives as 'fieldguide-port'. */
  connect(): void;
  /** Asks for the port of a channel (`terminal:<tab>`, `files:<intake>`); it arrives as 'fieldguide-<name>'. */
  openChannel(name: string): void;
}

declare global {
  interface Window {
    fieldguide?: DesktopBridge;
  }
}
