/**
 * Message ports that the preload hands to the page. They may arrive before anybody asks, so `main.ts` imports this
 * first and the ports wait here by name. Only messages of this very window count.
 */
const waiting = new Map<string, MessagePort>();
const watchers = new Map<string, (port: MessagePort) => void>();

window.addEventListener('message', (event: MessageEvent<unknown>) => {
  const port = event.ports[0];
  if (event.source !== window || typeof event.data !== 'string' || !port) return;
  if (!event.data.startsWith('fieldguide-')) return;
  const watcher = watchers.get(event.data);
  if (watcher) watcher(port);
  else waiting.set(event.data, port);
});

/** Calls `watcher` with each port of this name, one that came already included. */
export function watchPorts(name: string, watcher: (port: MessagePort) => void): void {
  watchers.set(name, watcher);
  const port = waiting.get(name);
  waiting.delete(name);
  if (port) watcher(port);
}

/** The next port of this name. */
export function waitForPort(name: string): Promise<MessagePort> {
  return new Promise((resolve) => {
    watchPorts(name, (port) => {
      watchers.delete(name);
      resolve(port);
    });
  });
}
