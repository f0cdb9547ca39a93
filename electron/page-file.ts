/** The program's own files for the page: which may be read, and the headers they go out with. Both doors use it. */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { contentSecurityPolicy } from './content-security-policy.ts';

export type PageAnswer = { status: number; headers: Record<string, string>; body: string | Uint8Array<ArrayBuffer> };

const MEDIA_TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
};

/**
 * Reads the file that an address names below `folder`. `connect` is what the page may connect to, as in a content
 * security policy. Names are plain: nothing with dots in front, blanks or escapes gets through.
 */
export async function pageFile(folder: string, url: string, connect: string): Promise<PageAnswer> {
  const path = namedFile(url);
  const mediaType = path && MEDIA_TYPES[extname(path)];
  if (!path || !mediaType) return plainAnswer(404, connect);
  const bytes = await readFile(join(folder, path)).catch(() => null);
  if (bytes === null) return plainAnswer(404, connect);
  const nonce = randomBytes(16).toString('base64');
  const isPage = path === 'index.html';
  return {
    status: 200,
    headers: {
      ...headersFor(nonce, connect),
      'Content-Type': mediaType,
      'Cache-Control': isPage ? 'no-store' : 'public, max-age=31536000, immutable',
    },
    body: isPage ? bytes.toString('utf8').replaceAll('__CSP_NONCE__', nonce) : new Uint8Array(bytes),
  };
}

export function plainAnswer(status: number, connect: string): PageAnswer {
  const headers = { ...headersFor('', connect), 'Content-Type': 'text/plain; charset=utf-8' };
  return { status, headers, body: `${status}\n` };
}

function namedFile(url: string): string | null {
  const path = url.split(/[?#]/)[0] as string;
  if (path === '/') return 'index.html';
  return /^(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$/.test(path) && !path.includes('..') ? path.slice(1) : null;
}

function headersFor(nonce: string, connect: string): Record<string, string> {
  return {
    'Content-Security-Policy': contentSecurityPolicy({ nonce, connect }),
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
  };
}
