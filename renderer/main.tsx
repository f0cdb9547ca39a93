// First of all: message ports of the desktop may arrive before anything else is loaded.
import './connection/ports.ts';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { connect } from './connection/connect.ts';
import { setConnection } from './connection/session.ts';
import { startApp } from './stores/app-store.ts';

setConnection(connect());
startApp();
const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);
