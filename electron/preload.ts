/** The bridge: the page asks for a port and gets it as a window message. Nothing else crosses. */
import { contextBridge, ipcRenderer } from 'electron';

ipcRenderer.on('fieldguide:port', (event, channel: string | null) => {
  const name = channel === null ? 'fieldguide-port' : `fieldguide-${channel}`;
  window.postMessage(name, window.location.origin, [...event.ports]);
});
contextBridge.exposeInMainWorld('fieldguide', {
  connect: () => ipcRenderer.send('fieldguide:connect'),
  openChannel: (name: string) => ipcRenderer.send('fieldguide:connect', name),
});
