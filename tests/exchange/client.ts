import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';

import { WebSocket } from 'ws';

/** `fetch` for Node that reaches the loopback server under the URL's own host name, without trusting its certificate. */
export const createFetch = (port: number): ((url: string, init?: RequestInit) => Promise<Response>) => {
  const agent = new Agent({ keepAlive: true, rejectUnauthorized: false });
  return (url, init = {}) =>
    new Promise((resolve, reject) => {
      const target = new URL(url);
      const fail = (cause: unknown): void => reject(new TypeError('fetch failed', { cause }));
      const req = request(
        {
          host: '127.0.0.1',
          port,
          path: target.pathname + target.search,
          method: init.method ?? 'GET',
          headers: { ...Object.fromEntries(new Headers(init.headers)), host: target.host },
          agent,
          ...(init.signal ? { signal: init.signal } : {}),
        },
        (res) => void readResponse(res).then(resolve, fail),
      );
      req.on('error', (error) => (error.name === 'AbortError' ? reject(error) : fail(error)));
      req.end(typeof init.body === 'string' ? init.body : undefined);
    });
};

const readResponse = async (res: IncomingMessage): Promise<Response> => {
  const chunks: Buffer[] = [];
  for await (const chunk of res) chunks.push(chunk as Buffer);
  const headers = new Headers();
  for (const [name, value] of Object.entries(res.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return new Response(Buffer.concat(chunks), { status: res.statusCode ?? 500, headers });
};

/** The same for sockets; the result behaves as the browser's WebSocket where the product uses it. */
export const createSocket =
  (port: number) =>
  (url: string): globalThis.WebSocket => {
    const target = new URL(url);
    const socket = new WebSocket(`wss://127.0.0.1:${port}${target.pathname}${target.search}`, {
      headers: { host: target.host },
      rejectUnauthorized: false,
    });
    return socket as unknown as globalThis.WebSocket;
  };
