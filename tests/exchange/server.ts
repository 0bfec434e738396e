import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

import { generate } from 'selfsigned';
import { type WebSocket, WebSocketServer } from 'ws';

/** Answers for some host names. Several handlers may claim a host: the first that accepts the request answers. */
export interface HostHandler {
  readonly hosts: readonly string[];
  /** False declines, so that the next handler of the host is asked; without it every request is accepted. */
  accepts?(req: IncomingMessage): boolean;
  request(req: IncomingMessage, res: ServerResponse): void | Promise<void>;
  /** Before a socket is opened; false means that the handler has dealt with the raw connection itself. */
  beforeSocket?(req: IncomingMessage, raw: Duplex): boolean;
  socket?(socket: WebSocket, req: IncomingMessage): void;
}

export interface LoopbackServer {
  readonly port: number;
  /** Every host that was asked for anything, with its scheme, also those that nothing answers for. */
  readonly origins: ReadonlySet<string>;
  /** Asked after those that are there. */
  addHandler(handler: HostHandler): void;
  /** Ends every connection. */
  close(): Promise<void>;
}

/** HTTPS and WSS on 127.0.0.1 under any host name; the certificate is made on the spot and trusted by nobody. */
export const startServer = async (handlers: readonly HostHandler[], port = 0): Promise<LoopbackServer> => {
  const certificate = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    // Browsers take no certificate that is valid for longer than 398 days.
    notAfterDate: new Date(Date.now() + 30 * 86_400_000),
  });
  const claims = [...handlers];
  const origins = new Set<string>();
  const find = (req: IncomingMessage): HostHandler | undefined => {
    const host = (req.headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
    return claims.find((handler) => handler.hosts.includes(host) && (handler.accepts?.(req) ?? true));
  };

  const server = createServer({ key: certificate.private, cert: certificate.cert }, (req, res) => {
    origins.add(`https://${req.headers.host}`);
    void answer(find(req), req, res);
  });
  const sockets = new WebSocketServer({ noServer: true });
  server.on('upgrade', (req, raw: Duplex, head) => {
    origins.add(`wss://${req.headers.host}`);
    raw.on('error', () => raw.destroy());
    const handler = find(req);
    if (handler?.socket === undefined) {
      raw.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
      return;
    }
    if (handler.beforeSocket?.(req, raw) === false) return;
    sockets.handleUpgrade(req, raw, head, (socket) => {
      socket.on('error', () => socket.terminate());
      handler.socket?.(socket, req);
    });
  });
  // A browser that gives up on the certificate or the connection is no event here.
  server.on('tlsClientError', () => {});
  const connections = new Set<Duplex>();
  server.on('connection', (connection: Duplex) => {
    connections.add(connection);
    connection.on('close', () => connections.delete(connection));
  });

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    origins,
    addHandler: (handler) => void claims.push(handler),
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets.clients) socket.terminate();
        server.close(() => resolve());
        for (const connection of connections) connection.destroy();
      }),
  };
};

const answer = async (handler: HostHandler | undefined, req: IncomingMessage, res: ServerResponse): Promise<void> => {
  try {
    if (handler === undefined) res.writeHead(404).end(`nothing answers for ${req.headers.host ?? ''}${req.url ?? ''}`);
    else await handler.request(req, res);
  } catch (error) {
    console.error(`exchange: ${req.headers.host ?? ''}${req.url ?? ''} failed`, error);
    if (!res.headersSent) res.writeHead(500);
    res.end();
  }
};
