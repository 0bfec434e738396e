import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';

import { createJsonClient, type JsonClient, type JsonClientOptions } from '@/lib/venues/http';
import { createRateLimiter } from '@/lib/venues/rate-limiter';
import type { VenueEnvironment } from '@/lib/venues/venue';

import { fixtureText } from './fixtures';
import { restOnly } from './rest-only';
import { createVirtualTime, until, type VirtualTime } from './virtual-time';

const schema = z.object({ value: z.number() });
const GOOD = '{"value":1,"unknown":true}';
type Answer = (response: ServerResponse) => void;

let server: Server;
let time: VirtualTime;
let environment: VenueEnvironment;
let options: JsonClientOptions<'weight'>;
let client: JsonClient<'weight'>;
let answer: Answer;
let requestCount: number;
let hasAccess: boolean;
let accessChecks: number;
let headers: Headers | null;
let received: Readonly<Record<string, unknown>>;

const status =
  (code: number, body = '{}', extra: Readonly<Record<string, string>> = {}): Answer =>
  (response) =>
    response.writeHead(code, extra).end(body);

const REQUEST = { path: '/thing', schema, budget: 'weight', weight: 1, signal: new AbortController().signal } as const;
const get = (signal = REQUEST.signal) => client.get({ ...REQUEST, query: { symbol: 'BTCUSDT' }, signal });

const errorOf = async (work: ReturnType<typeof get>) => {
  const result = await work;
  if (result.ok) throw new Error('expected an error');
  return result.error;
};

beforeEach(async () => {
  time = createVirtualTime();
  answer = status(200, GOOD);
  requestCount = 0;
  hasAccess = true;
  accessChecks = 0;
  headers = null;
  server = createServer((request, response) => {
    requestCount += 1;
    const { method, url, headers } = request;
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      received = { method, url, type: headers['content-type'], body };
      answer(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  environment = {
    ...restOnly(time, (url, init) => fetch(url, init)),
    hasHostAccess: () => {
      accessChecks += 1;
      return Promise.resolve(hasAccess);
    },
  };
  options = {
    name: 'Venue',
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    hostPattern: 'https://venue.example/*',
    timeoutMs: 10_000,
    limiter: createRateLimiter({ weight: { capacity: 1_000, windowMs: 60_000 } }, 8, time.now, time.setTimer),
    onHeaders: (received) => {
      headers = received;
    },
  };
  client = createJsonClient(environment, options);
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

describe('json client', () => {
  it('gives the checked value and ignores unknown fields', async () => {
    answer = status(200, GOOD, { 'X-MBX-USED-WEIGHT-1M': '42' });
    expect(await get()).toEqual({ ok: true, value: { value: 1 } });
    expect(headers?.get('x-mbx-used-weight-1m')).toBe('42');
    expect(time.timerCount()).toBe(0);
  });

  it('asks in the body where the venue wants it so, under the same rules', async () => {
    const post = () => client.post({ ...REQUEST, body: { type: 'thing' } });
    expect(await post()).toEqual({ ok: true, value: { value: 1 } });
    expect(received).toEqual({ method: 'POST', type: 'application/json', url: '/thing', body: '{"type":"thing"}' });
    answer = status(429);
    expect(await errorOf(post())).toMatchObject({ kind: 'limited' });
    expect(await errorOf(get())).toMatchObject({ kind: 'limited' });
    expect(requestCount).toBe(2);
  });

  it.each([
    ['an answer of another shape', '{"value":"one"}', 'value'],
    ['truncated JSON', '{"value":', 'not JSON'],
    ['a page instead of JSON', '<html></html>', 'not JSON'],
    ['nothing at all', '', 'not JSON'],
  ])('reports %s as a schema error that names the endpoint', async (_, body, detail) => {
    answer = status(200, body);
    const error = await errorOf(get());
    expect(error).toMatchObject({ kind: 'schema', retryAtMs: null });
    expect(error.detail).toContain('/thing');
    expect(error.detail).toContain(detail);
  });

  it.each([500, 502, 503, 404, 400])('reports status %d as an http error and asks again when asked', async (code) => {
    answer = status(code, '{"code":-1121,"msg":"Invalid symbol."}');
    expect(await errorOf(get())).toMatchObject({ kind: 'http', retryAtMs: null });
    answer = status(200, GOOD);
    expect((await get()).ok).toBe(true);
  });

  it('still waits when a request sent before the 429 is answered after it', async () => {
    const open: ServerResponse[] = [];
    answer = (response) => open.push(response);
    const [early, late] = [get(), get()];
    await until(() => open.length === 2);
    // Which of the two comes first is the network's affair.
    status(429, '{}', { 'Retry-After': '7' })(open[0]);
    await Promise.race([early, late]);
    status(200, GOOD)(open[1]);
    await Promise.all([early, late]);
    expect(await errorOf(get())).toMatchObject({ kind: 'limited' });
    expect(requestCount).toBe(2);
  });

  it('sends nothing before Retry-After has passed after a 429', async () => {
    answer = status(429, fixtureText('rate-limit-error'), { 'Retry-After': '7' });
    const retryAtMs = time.now() + 7_000;
    expect(await errorOf(get())).toMatchObject({ kind: 'limited', retryAtMs });
    answer = status(200, GOOD);
    time.advance(6_999);
    expect(await errorOf(get())).toMatchObject({ kind: 'limited', retryAtMs });
    expect(requestCount).toBe(1);
    time.advance(1);
    expect((await get()).ok).toBe(true);
  });

  it('reads Retry-After as a date too', async () => {
    answer = status(418, '{}', { 'Retry-After': new Date(time.now() + 120_000).toUTCString() });
    expect(await errorOf(get())).toMatchObject({ kind: 'limited', retryAtMs: time.now() + 120_000 });
  });

  it.each(['99999999999', new Date(8.64e15).toUTCString()])(
    'waits three days at most, whatever it says: %s',
    async (header) => {
      answer = status(429, '{}', { 'Retry-After': header });
      expect(await errorOf(get())).toMatchObject({ kind: 'limited', retryAtMs: time.now() + 3 * 86_400_000 });
    },
  );

  it.each([
    [429, 60_000],
    [418, 120_000],
  ])('waits a while after a %d that names no time', async (code, waitMs) => {
    answer = status(code);
    expect(await errorOf(get())).toMatchObject({ kind: 'limited', retryAtMs: time.now() + waitMs });
  });

  it.each([451, 403])('reports %d as blocked and sends a single probe when the wait is over', async (code) => {
    answer = status(code, fixtureText('restricted-location-error'));
    expect(await errorOf(get())).toMatchObject({ kind: 'blocked', retryAtMs: time.now() + 900_000 });
    await get();
    expect(requestCount).toBe(1);
    time.advance(900_000);
    const errors = await Promise.all([errorOf(get()), errorOf(get()), errorOf(get())]);
    expect(errors.map((error) => error.kind)).toEqual(['blocked', 'blocked', 'blocked']);
    expect(requestCount).toBe(2);
  });

  it('opens again for all once a probe is answered', async () => {
    answer = status(451);
    await get();
    answer = status(200, GOOD);
    time.advance(900_000);
    expect((await get()).ok).toBe(true);
    expect((await get()).ok).toBe(true);
  });

  it('forgets a block on retry', async () => {
    answer = status(451);
    await get();
    answer = status(200, GOOD);
    client.retry();
    expect((await get()).ok).toBe(true);
  });

  it('sends nothing while host access is withheld, and recovers by itself when it is granted', async () => {
    hasAccess = false;
    expect(await errorOf(get())).toMatchObject({ kind: 'withheld', retryAtMs: null });
    expect(requestCount).toBe(0);
    hasAccess = true;
    expect((await get()).ok).toBe(true);
    await get();
    expect(accessChecks).toBe(2);
  });

  it('notices access that was taken away when a request dies without an answer', async () => {
    await get();
    hasAccess = false;
    answer = (response) => response.destroy();
    expect((await errorOf(get())).kind).toBe('withheld');
  });

  it.each([
    [200, { kind: 'limited', code: '50011', waitMs: 5_000 }, { kind: 'limited', retryAtMs: 5_000 }],
    [403, { kind: 'limited', code: 'too frequent' }, { kind: 'limited', retryAtMs: 60_000 }],
    [200, { kind: 'http', code: '51001' }, { kind: 'http', message: 'error|venue=Venue|error=51001' }],
    [200, { kind: 'blocked', code: '50125' }, { kind: 'blocked', retryAtMs: 900_000 }],
  ] as const)("takes the venue's own words before its status %d", async (code, refusal, expected) => {
    client = createJsonClient(environment, { ...options, refusalOf: () => refusal });
    answer = status(code, '{"code":"x"}');
    const startMs = time.now();
    const { retryAtMs, ...error } = await errorOf(get());
    expect({ ...error, retryAtMs: (retryAtMs ?? startMs) - startMs }).toMatchObject(expected);
    const sentBefore = requestCount;
    await get();
    expect(requestCount - sentBefore).toBe(refusal.kind === 'http' ? 1 : 0);
  });

  it("judges by the status where the venue's own words refuse nothing", async () => {
    const seen: unknown[] = [];
    client = createJsonClient(environment, {
      ...options,
      refusalOf: (...answered) => {
        seen.push(answered);
        return null;
      },
    });
    expect((await get()).ok).toBe(true);
    answer = status(429, 'busy');
    expect(await errorOf(get())).toMatchObject({ kind: 'limited' });
    expect(seen).toEqual([
      [200, { value: 1, unknown: true }, GOOD],
      [429, undefined, 'busy'],
    ]);
  });

  it('reports a dropped connection as a network error', async () => {
    answer = (response) => response.destroy();
    expect((await errorOf(get())).kind).toBe('network');
  });

  it('reports a body cut short as a network error', async () => {
    answer = (response) => {
      response.writeHead(200, { 'Content-Length': '500' });
      response.write(GOOD, () => response.destroy());
    };
    expect((await errorOf(get())).kind).toBe('network');
  });

  it('takes no cookies along, whatever the user has of the venue', async () => {
    const asked: RequestInit[] = [];
    const send = environment.fetch;
    const noting = (url: string, init: RequestInit) => {
      asked.push(init);
      return send(url, init);
    };
    client = createJsonClient({ ...environment, fetch: noting }, options);
    expect((await get()).ok).toBe(true);
    expect(asked.map(({ credentials }) => credentials)).toEqual(['omit']);
  });

  it('does not follow a redirect to another host', async () => {
    answer = status(302, '', { Location: 'https://elsewhere.example/' });
    expect((await errorOf(get())).kind).toBe('network');
  });

  it('gives up on a hanging answer in time', async () => {
    answer = () => {};
    const pending = errorOf(get());
    await until(() => requestCount === 1);
    time.advance(10_000);
    expect(await pending).toMatchObject({ kind: 'network', message: 'timeout|venue=Venue' });
  });

  it('ends at once when its caller aborts', async () => {
    answer = () => {};
    const controller = new AbortController();
    const pending = errorOf(get(controller.signal));
    await until(() => requestCount === 1);
    controller.abort();
    expect((await pending).kind).toBe('aborted');
    expect((await errorOf(get(controller.signal))).kind).toBe('aborted');
    expect(time.timerCount()).toBe(0);
  });
});
