/** Electron's main process: one window, one core process, and the ports between them. No logic of its own. */
import { fileURLToPath } from 'node:url';
import { app, BrowserWindow, ipcMain, MessageChannelMain, protocol, session, utilityProcess } from 'electron';
import { channelRequest, isOurAddress, isOurPage, PAGE, SCHEME } from './desktop-rules.ts';
import { pageFile } from './page-file.ts';

const built = (name: string) => fileURLToPath(new URL(name, import.meta.url));

app.enableSandbox();
protocol.registerSchemesAsPrivileged([
  { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);
if (!app.requestSingleInstanceLock()) app.quit();

app.on('web-contents-created', (_, contents) => {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event, url) => {
    if (!isOurAddress(url)) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
});

await app.whenReady();
session.defaultSession.setPermissionRequestHandler((_, permission, answer) =>
  answer(permission === 'clipboard-sanitized-write'),
);
session.defaultSession.setPermissionCheckHandler((_, permission) => permission === 'clipboard-sanitized-write');
protocol.handle(SCHEME, async (request) => {
  const url = new URL(request.url);
  const { status, headers, body } = await pageFile(
    built('renderer'),
    url.host === 'app' ? url.pathname : '/none',
    "'none'",
  );
  return new Response(body, { status, headers });
});

/** A core that died is started again; the page asks for a new port when its old one closes. */
const startCore = () => {
  const started = utilityProcess.fork(built('core-process.js'), [], { serviceName: 'Fieldguide core' });
  started.once('exit', () => {
    if (!quitting) core = startCore();
  });
  return started;
};
let quitting = false;
let core = startCore();
app.once('before-quit', () => {
  quitting = true;
});
ipcMain.on('fieldguide:connect', (event, name: unknown) => {
  if (!isOurPage(event.senderFrame)) return;
  const request = channelRequest(name);
  if (!request) return;
  const { port1, port2 } = new MessageChannelMain();
  core.postMessage(request, [port1]);
  event.senderFrame?.postMessage('fieldguide:port', name ?? null, [port2]);
});

const window = new BrowserWindow({
  width: 1440,
  height: 900,
  minWidth: 800,
  minHeight: 560,
  show: false,
  autoHideMenuBar: true,
  title: 'Fieldguide',
  webPreferences: { preload: built('preload.cjs'), sandbox: true, contextIsolation: true, nodeIntegration: false },
});
window.once('ready-to-show', () => window.show());
app.on('second-instance', () => {
  if (window.isMinimized()) window.restore();
  window.focus();
});
app.on('window-all-closed', () => app.quit());
app.on('quit', () => core.kill());
await window.loadURL(PAGE);
