import type * as z from 'zod/mini';

import { cause } from '@/lib/core/cause';
import { err, ok, type Result } from '@/lib/core/result';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '@/lib/core/time';

import { BLOCKED_PROBE_MS, createHostGate } from './host-gate';
import type { RateLimiter } from './rate-limiter';
import type { VenueEnvironment, VenueError } from './venue';
import { describeIssue } from './wire';

/** Waits when a venue asks for one without saying how long. */
const DEFAULT_WAIT_MS: Readonly<Record<number, number>> = { 429: MINUTE_MS, 418: 2 * MINUTE_MS };

/** The longest ban that a venue names (Binance's); one that says longer is asked again all the same. */
const LONGEST_WAIT_MS = 3 * DAY_MS;

/** The venue's own code goes into a sentence for the user. */
const LONGEST_CODE = 40;

interface CheckedRequest<T, Budget extends string> {
  /** With a leading slash, without the query. */
  readonly path: string;
  readonly schema: z.ZodMiniType<T>;
  readonly budget: Budget;
  readonly weight: number;
  readonly signal: AbortSignal;
}

interface GetRequest<T, Budget extends string> extends CheckedRequest<T, Budget> {
  readonly query: Readonly<Record<string, string | number>>;
}

interface PostRequest<T, Budget extends string> extends CheckedRequest<T, Budget> {
  readonly body: object;
}

/** JSON from one host: limited, timed, checked. */
export interface JsonClient<Budget extends string> {
  get<T>(request: GetRequest<T, Budget>): Promise<Result<T, VenueError>>;
  /** A question that is asked in the body; it changes nothing at the venue. */
  post<T>(request: PostRequest<T, Budget>): Promise<Result<T, VenueError>>;
  /** Forget waits and blocks. */
  retry(): void;
}

/** What a venue says in its own words, be it under a status of 200. */
export interface Refusal {
  readonly kind: 'limited' | 'blocked' | 'http';
  /** The venue's code, for the user and the log. */
  readonly code: string;
  /** How long a `limited` one lasts; a minute where it is missing. */
  readonly waitMs?: number;
}

export interface JsonClientOptions<Budget extends string> {
  /** The venue's name, for messages. */
  readonly name: string;
  /** Scheme and host, e.g. `https://fapi.binance.com`. */
  readonly origin: string;
  readonly hostPattern: string;
  readonly timeoutMs: number;
  readonly limiter: RateLimiter<Budget>;
  /** Sees the headers of every answer, whatever its status. */
  readonly onHeaders?: (headers: Headers) => void;
  /**
   * Reads an answer's own words before its status is judged; null where it refuses nothing. `json` is undefined for text
   * that is no JSON.
   */
  readonly refusalOf?: (status: number, json: unknown, text: string) => Refusal | null;
}

/** A failure is a result, never a throw: a `VenueError`, `aborted` for the caller's own signal. */
export function createJsonClient<Budget extends string>(
  environment: VenueEnvironment,
  options: JsonClientOptions<Budget>,
): JsonClient<Budget> {
  const { name, origin, limiter } = options;
  const gate = createHostGate(name, options.hostPattern, environment);

  const waitFor = (response: Response): number => {
    const header = response.headers.get('retry-after') ?? '';
    const waitMs = /^\d+$/.test(header) ? Number(header) * SECOND_MS : Date.parse(header) - environment.now();
    return Number.isFinite(waitMs) ? Math.min(LONGEST_WAIT_MS, Math.max(0, waitMs)) : DEFAULT_WAIT_MS[response.status];
  };

  const refusalFromStatus = (response: Response): Refusal | null => {
    const { status, ok: isOk } = response;
    const code = String(status);
    if (status === 429 || status === 418) return { kind: 'limited', code, waitMs: waitFor(response) };
    if (status === 451 || status === 403) return { kind: 'blocked', code };
    return isOk ? null : { kind: 'http', code };
  };

  const errorFrom = ({ kind, code, waitMs = MINUTE_MS }: Refusal, detail: string): VenueError => {
    const nowMs = environment.now();
    if (kind === 'limited') {
      const message = cause('wait', { venue: name, seconds: Math.ceil(waitMs / SECOND_MS) });
      return { kind, message, detail, retryAtMs: nowMs + waitMs };
    }
    if (kind === 'blocked') {
      const message = cause('blocked', { venue: name });
      return { kind, message, detail, retryAtMs: nowMs + BLOCKED_PROBE_MS };
    }
    return {
      kind,
      message: cause('error', { venue: name, error: code.slice(0, LONGEST_CODE) }),
      detail,
      retryAtMs: null,
    };
  };

  const interpret = <T>(
    request: CheckedRequest<T, Budget>,
    response: Response,
    text: string,
  ): Result<T, VenueError> => {
    const json = jsonFrom(text);
    const refusal = options.refusalOf?.(response.status, json, text) ?? refusalFromStatus(response);
    if (refusal !== null) {
      const error = errorFrom(refusal, `${request.path} ${response.status} ${text.slice(0, 200)}`);
      if (error.kind !== 'http') gate.shut(error);
      return err(error);
    }
    gate.open();
    const broken = (detail: string): Result<T, VenueError> => {
      const message = cause('unreadable', { venue: name });
      return err({ kind: 'schema', message, detail: `${request.path} ${detail}`, retryAtMs: null });
    };
    if (json === undefined) return broken(`is not JSON: ${text.slice(0, 80)}`);
    const parsed = request.schema.safeParse(json);
    return parsed.success ? ok(parsed.data) : broken(describeIssue(parsed.error));
  };

  const send = async <T>(
    request: CheckedRequest<T, Budget>,
    query: string,
    init: RequestInit,
  ): Promise<Result<T, VenueError>> => {
    const { signal, path } = request;
    const controller = new AbortController();
    const abort = () => controller.abort();
    const cancelTimer = environment.setTimer(abort, options.timeoutMs);
    signal.addEventListener('abort', abort, { once: true });
    try {
      const response = await environment.fetch(`${origin}${path}${query}`, {
        ...init,
        signal: controller.signal,
        cache: 'no-store',
        credentials: 'omit',
        // A redirect would lead to a host nobody agreed to.
        redirect: 'error',
      });
      options.onHeaders?.(response.headers);
      return interpret(request, response, await response.text());
    } catch (reason) {
      if (signal.aborted) return err(abortedError(path));
      const withheld = await gate.withheldError();
      if (withheld !== null) return err(withheld);
      const message = cause(controller.signal.aborted ? 'timeout' : 'unreachable', { venue: name });
      return err({ kind: 'network', message, detail: `${path} ${String(reason)}`, retryAtMs: null });
    } finally {
      cancelTimer();
      signal.removeEventListener('abort', abort);
    }
  };

  const sendWithin = async <T>(
    request: CheckedRequest<T, Budget>,
    query: string,
    init: RequestInit,
  ): Promise<Result<T, VenueError>> => {
    const isGranted = await limiter.acquire(request.budget, request.weight, request.signal);
    if (!isGranted) return err(abortedError(request.path));
    try {
      const refusal = await gate.refusal();
      return refusal === null ? await send(request, query, init) : err(refusal);
    } finally {
      limiter.release();
    }
  };

  return {
    get(request) {
      const query = new URLSearchParams(Object.entries(request.query).map(([key, value]) => [key, String(value)]));
      return sendWithin(request, query.size > 0 ? `?${query}` : '', {});
    },
    post: (request) =>
      sendWithin(request, '', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(request.body),
      }),
    retry: () => gate.reset(),
  };
}

/** Undefined for text that is no JSON. */
function jsonFrom(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const abortedError = (path: string): VenueError => ({
  kind: 'aborted',
  message: cause('aborted'),
  detail: path,
  retryAtMs: null,
});
