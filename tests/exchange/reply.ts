import type { ServerResponse } from 'node:http';

import { type FaultBook, mangle, skewClock } from './faults';

/** An answer before faults: a value for JSON, or text such as a proxy's error page. */
export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** An error in the venue's words for a status that a fault asks for. */
export type StatusReply = (status: number, retryAfterSeconds: number | undefined) => Reply;

export const withRetryAfter = (reply: Reply, seconds: number | undefined): Reply =>
  seconds === undefined ? reply : { ...reply, headers: { ...reply.headers, 'retry-after': String(seconds) } };

/** Sends a reply as the faults in force let it pass. `subject` is path and query. */
export const sendReply = async (
  res: ServerResponse,
  subject: string,
  createReply: () => Reply,
  statusReply: StatusReply,
  faults: FaultBook,
  clockKeys: ReadonlySet<string>,
): Promise<void> => {
  const before = faults.strike('rest', subject, ['latency', 'refuse', 'silent', 'hang', 'status']);
  if (before.latency) await new Promise((resolve) => setTimeout(resolve, before.latency?.delayMs));
  if (before.hang || before.silent) return;
  if (before.refuse) {
    res.destroy();
    return;
  }
  if (before.status) {
    writeText(res, statusReply(before.status.status, before.status.retryAfterSeconds));
    return;
  }
  const reply = createReply();
  const after = faults.strike('rest', subject, ['drop', 'malformed', 'truncated', 'duplicate', 'reorder', 'skew']);
  let { body } = reply;
  if (after.skew) body = skewClock(body, after.skew.skewMs, clockKeys);
  if (after.malformed) body = mangle(body);
  if (after.duplicate) body = mapRows(body, (rows) => rows.flatMap((row) => [row, row]));
  if (after.reorder) body = mapRows(body, (rows) => rows.toReversed());
  const text = toText(body);
  if (after.drop) {
    res.writeHead(reply.status, { ...headersOf(reply), 'content-length': Buffer.byteLength(text) });
    res.write(text.slice(0, text.length / 2), () => res.destroy());
    return;
  }
  writeText(res, { ...reply, body: after.truncated ? text.slice(0, text.length / 2) : text });
};

/** The rows of an answer: the whole of it, or what stands under `data`, `list` or `result`. */
const mapRows = (body: unknown, change: (rows: unknown[]) => unknown[]): unknown => {
  if (Array.isArray(body)) return change(body);
  if (typeof body !== 'object' || body === null) return body;
  return Object.fromEntries(
    Object.entries(body).map(([key, inner]) => [key, ROW_KEYS.has(key) ? mapRows(inner, change) : (inner as unknown)]),
  );
};
const ROW_KEYS = new Set(['data', 'list', 'result']);

const toText = (body: unknown): string => (typeof body === 'string' ? body : JSON.stringify(body));

const headersOf = (reply: Reply): Record<string, string> => ({
  'content-type': typeof reply.body === 'string' && reply.body.startsWith('<') ? 'text/html' : 'application/json',
  ...reply.headers,
});

const writeText = (res: ServerResponse, reply: Reply): void => {
  res.writeHead(reply.status, headersOf(reply)).end(toText(reply.body));
};
