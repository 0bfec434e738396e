import { parseMessage } from './stream-host';

const MOST_STREAMS = 1024;

/** Whether a socket of this path delivers: the legacy `/stream` and `/ws`, and `/public`, accept and acknowledge but stay mute. */
export const isDelivering = (url: URL): boolean => url.pathname.startsWith('/market/');

/** `/market/stream` wraps frames as { stream, data }, `/market/ws` sends them bare. */
export const isCombined = (url: URL): boolean => url.pathname.endsWith('/stream');

export const initialStreams = (url: URL): string[] => {
  const inPath = url.pathname.match(/\/ws\/(.+)$/)?.[1] ?? '';
  const listed = url.searchParams.get('streams') ?? inPath;
  return listed.split('/').filter((name) => name !== '');
};

/** Carries out a client's message. */
export const acknowledge = (text: string, streams: Set<string>, isDenied: (stream: string) => boolean): object => {
  const message = parseMessage(text);
  if (message === null) return { error: { code: 3, msg: 'Invalid JSON: expected value at line 1 column 1' } };
  const { method, params, id } = message;
  if (method === 'LIST_SUBSCRIPTIONS') return { result: [...streams], id };
  const names = Array.isArray(params) ? params.filter((name) => typeof name === 'string') : null;
  if ((method !== 'SUBSCRIBE' && method !== 'UNSUBSCRIBE') || names === null) {
    return { error: { code: 2, msg: `Invalid request: unknown variant ${JSON.stringify(method)}` }, id };
  }
  if (method === 'SUBSCRIBE' && streams.size + names.length > MOST_STREAMS) {
    return { error: { code: 2, msg: 'Invalid request: too many streams' }, id };
  }
  if (method === 'SUBSCRIBE' && names.some(isDenied)) return { error: { code: 2, msg: 'Invalid request: denied' }, id };
  for (const name of names) {
    if (method === 'SUBSCRIBE') streams.add(name);
    else streams.delete(name);
  }
  return { result: null, id };
};
