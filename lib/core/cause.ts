/** What a person may have to be told by what runs without pages: the pages have the words (`cause.*` of the catalogue). */
export type CauseCode =
  | 'aborted'
  | 'anew'
  | 'blocked'
  | 'brackets'
  | 'error'
  | 'garbled'
  | 'halted'
  | 'implausible'
  | 'leftOutFigures'
  | 'leftOutPrice'
  | 'leftOutTime'
  | 'lost'
  | 'noDollar'
  | 'noPerpetual'
  | 'notListed'
  | 'refused'
  | 'refusedOne'
  | 'silent'
  | 'storeBlocked'
  | 'storeFull'
  | 'storeNewer'
  | 'storeUnavailable'
  | 'timeInFuture'
  | 'timeout'
  | 'tooMany'
  | 'unlisted'
  | 'unreachable'
  | 'unreadable'
  | 'wait'
  | 'withheld';

const SEPARATOR = '|';

/** A code with what it is about, in one string that is compared, sent and logged as it is: `wait|venue=Gate|seconds=30`. */
export const cause = (code: CauseCode, params: Readonly<Record<string, string | number>> = {}): string =>
  [code, ...Object.entries(params).map(([name, value]) => `${name}=${String(value).replaceAll(SEPARATOR, ' ')}`)].join(
    SEPARATOR,
  );

/** Inverse of `cause`. */
export function readCause(text: string): { readonly code: string; readonly params: Readonly<Record<string, string>> } {
  const [code, ...params] = text.split(SEPARATOR);
  const pairs = params.map((pair): [string, string] => {
    const end = pair.indexOf('=');
    return [pair.slice(0, end), pair.slice(end + 1)];
  });
  return { code, params: Object.fromEntries(pairs) };
}
