import type { WebglAddon } from '@xterm/addon-webgl';
import type { Terminal } from '@xterm/xterm';
import { withStyleNonce } from './style-nonce.ts';

/**
 * Draws with WebGL where a graphics card does the work. On servers, in virtual machines and over remote desktop it is
 * often imitated on the processor: slower than plain elements, and time taken from reading the output. Goes back to
 * plain elements when the driver takes the context away. Loaded after the terminal is there, so that the first
 * prompt does not wait for it.
 */
export class WebglScreen {
  /** False once the fall-back is in use. */
  active = false;

  constructor(terminal: Terminal, nonce: string | undefined) {
    if (!hasWebgl()) return;
    void import('@xterm/addon-webgl').then(({ WebglAddon }) => this.#load(terminal, new WebglAddon(), nonce));
  }

  #load(terminal: Terminal, addon: WebglAddon, nonce: string | undefined): void {
    if (!terminal.element?.isConnected) return;
    try {
      addon.onContextLoss(() => {
        this.active = false;
        withStyleNonce(nonce, () => addon.dispose());
      });
      terminal.loadAddon(addon);
      this.active = true;
    } catch {
      withStyleNonce(nonce, () => addon.dispose());
    }
  }
}

/** Names of the drivers that have no card: Chromium's own, Mesa's, and that of Windows. */
const IMITATED = /swiftshader|llvmpipe|softpipe|basic render|software/i;

function hasWebgl(): boolean {
  try {
    const context = document.createElement('canvas').getContext('webgl2', { failIfMajorPerformanceCaveat: true });
    if (!context) return false;
    const names = context.getExtension('WEBGL_debug_renderer_info');
    const driver = String(context.getParameter(names?.UNMASKED_RENDERER_WEBGL ?? context.RENDERER));
    context.getExtension('WEBGL_lose_context')?.loseContext();
    return !IMITATED.test(driver);
  } catch {
    return false;
  }
}
