import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

/** Firefox maps no host to a port: it asks this proxy for every host, and always gets the same one. */
export async function startTunnel(port: number): Promise<{ readonly port: number; close(): void }> {
  const server = createServer((_, res) => void res.writeHead(404).end());
  const sockets = new Set<Socket>();
  server.on('connect', (_, client: Socket) => {
    const target = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      target.pipe(client).pipe(target);
    });
    for (const [socket, other] of [
      [client, target],
      [target, client],
    ]) {
      sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
