// First of all: message ports of the desktop may arrive before anything else is loaded.
import './connection/ports.ts';
import { connect } from './connection/connect.ts';
import { setConnection } from './connection/session.ts';
import { startApp } from './stores/app-store.ts';
import { followRoute, whenReady } from './stores/follow-route.ts';

/** What the first screen shows is asked for while the code that draws it still loads. */
setConnection(connect());
startApp();
followRoute();
void import('./page.tsx').then(async ({ drawPage }) => {
  await whenReady();
  drawPage();
});
