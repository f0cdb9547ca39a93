import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';

export function drawPage(): void {
  const root = document.getElementById('root');
  if (root) createRoot(root).render(<App />);
}
