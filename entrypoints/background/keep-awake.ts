import { browser } from 'wxt/browser';

import { SECOND_MS } from '@/lib/core/time';

/** Firefox puts an event page to sleep after 30 s. */
const CALL_MS = 10 * SECOND_MS;

/**
 * Keeps the background awake while a socket is open. Chrome counts the socket's frames itself; Firefox counts neither sockets nor
 * open ports, only calls and events of the extension's interfaces, and would rebuild everything twice a minute.
 */
export function keepAwakeWith(socket: WebSocket): WebSocket {
  const timer = setInterval(() => void browser.runtime.getPlatformInfo(), CALL_MS);
  socket.addEventListener('close', () => clearInterval(timer));
  return socket;
}
