/** The bridge: the page asks for a port and gets it as a window message. Nothing else crosses. */
import { contextBridge, ipcRenderer } from 'electron';

ipcRenderer.on('fieldguide:port', (event, tab: string | null) => {
  const name = tab === null ? 'fieldguide-port' : `fieldguide-terminal:${tab}`;
  window.postMessage(name, window.location.origin, [...event.ports]);
});
contextBridge.exposeInMainWorld('fieldguide', {
  connect: () => ipcRenderer.send('fieldguide:connect'),
  openTerminal: (tab: string) => ipcRenderer.send('fieldguide:connect', tab),
});
