import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningServer, startServer } from '../../src/startServer.ts';

export interface TestServer extends RunningServer {
  readonly folder: string;
}

/** A whole server on a free port with its own empty folder; `stop` removes both. */
export async function startTestServer(env: Record<string, string> = {}): Promise<TestServer> {
  const folder = await mkdtemp(join(tmpdir(), 'stipple-test-'));
  const running = await startServer({
    PORT: '0',
    LOG_LEVEL: 'silent',
    DATA_DIR: join(folder, 'data'),
    UPLOAD_DIR: join(folder, 'uploads'),
    ...env,
  });
  return {
    ...running,
    folder,
    async stop() {
      await running.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A browser without JavaScript: keeps cookies, follows nothing by itself. */
export class Visitor {
  readonly #cookies = new Map<string, string>();
  readonly #url: string;

  /** @param cookies held from the start, by name */
  constructor(url: string, cookies: Readonly<Record<string, string>> = {}) {
    this.#url = url;
    for (const [name, value] of Object.entries(cookies)) this.#cookies.set(name, value);
  }

  /** The value of a cookie, for a browser that goes on as this visitor; empty when there is none. */
  cookie(name: string): string {
    return this.#cookies.get(name) ?? '';
  }

  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...(cookie ? { cookie } : {}), ...(init.headers as Record<string, string>) };
    const response = await fetch(new URL(path, this.#url), { redirect: 'manual', ...init, headers });
    for (const line of response.headers.getSetCookie()) {
      const [name, value] = line.split(';', 1)[0]!.split('=', 2) as [string, string];
      if (value === '' || /expires=Thu, 01 Jan 1970/i.test(line)) this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    return response;
  }

  async page(path: string): Promise<{ status: number; html: string; location: string | null }> {
    const response = await this.fetch(path);
    return { status: response.status, html: await response.text(), location: response.headers.get('location') };
  }

  post(path: string, fields: Record<string, string>): Promise<Response> {
    return this.fetch(path, { method: 'POST', body: new URLSearchParams(fields) });
  }

  upload(path: string, photo: Blob | null, fields: Record<string, string> = {}, name = 'photo.jpg'): Promise<Response> {
    const form = new FormData();
    for (const [key, value] of Object.entries(fields)) form.set(key, value);
    if (photo) form.set('photo', photo, name);
    return this.fetch(path, { method: 'POST', body: form });
  }

  /** Follows redirects and waiting pages until a page of the match is shown; its path. */
  async settle(path: string): Promise<string> {
    let at = path;
    for (let turn = 0; turn < 40; turn++) {
      const response = await this.fetch(at);
      const location = response.headers.get('location');
      if (location) at = location;
      else if (!(await response.text()).includes('data-poll')) return at;
    }
    throw new Error(`Expected ${path} to settle but it is still at ${at}.`);
  }
}
