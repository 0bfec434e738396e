import { SECOND_MS } from '@/lib/core/time';
import type { VenueHealth } from '@/lib/market/health';
import type { LogLine } from '@/lib/market/request-limit';
import type { ServiceEnvironment } from '@/lib/services/environment';

const MOST_LINES = 300;
const LONGEST_LINE = 300;
const WRITE_AFTER_MS = SECOND_MS;

/** Where the lines outlive a worker that is killed, not the browser. */
export interface KeptLines {
  read(): Promise<unknown>;
  write(lines: readonly LogLine[]): Promise<void>;
}

/** What happened in the background lately: the newest lines, whatever worker wrote them. */
export interface ActivityLog {
  add(text: string): void;
  /** Adds a line for every stream whose state is another than when last told; not for a try to connect amid a trouble. */
  noteHealth(health: VenueHealth): void;
  /** Oldest first. */
  lines(): Promise<readonly LogLine[]>;
}

export function createActivityLog(
  environment: Pick<ServiceEnvironment, 'now' | 'setTimer'>,
  kept: KeptLines,
): ActivityLog {
  const states = new Map<string, string>();
  let lines: readonly LogLine[] = [];
  let isWriting = false;

  const read = kept.read().then(
    (found) => {
      lines = [...linesFrom(found), ...lines].slice(-MOST_LINES);
    },
    // What was kept is lost then; new lines are not.
    () => {},
  );

  const writeSoon = () => {
    if (isWriting) return;
    isWriting = true;
    environment.setTimer(() => {
      isWriting = false;
      void read.then(() => kept.write(lines)).catch(() => {});
    }, WRITE_AFTER_MS);
  };

  const add = (text: string) => {
    const line = { timeMs: environment.now(), text: withoutAddresses(text).slice(0, LONGEST_LINE) };
    lines = [...lines, line].slice(-MOST_LINES);
    writeSoon();
  };

  return {
    add,
    noteHealth({ venueId, streams }) {
      for (const { stream, state, detail } of streams) {
        const key = `${venueId} ${stream}`;
        const told = `${state}${detail === '' ? '' : `, ${detail}`}`;
        if (told === (states.get(key) ?? 'idle')) continue;
        states.set(key, told);
        add(`${key}: ${told}`);
      }
    },
    async lines() {
      await read;
      return lines;
    },
  };
}

/** Of a page's or a request's address the host, of an account's nothing. */
const withoutAddresses = (text: string): string =>
  text
    .replaceAll(/\b[a-z-]+:\/\/(?:[^\s/@]*@)?([^\s/?#"'<>]*)[^\s"'<>]*/gi, '$1')
    .replaceAll(/\b0x[\da-f]{8,}/gi, '0x…');

const linesFrom = (found: unknown): readonly LogLine[] =>
  Array.isArray(found) ? (found as readonly unknown[]).filter(isLine) : [];

const isLine = (value: unknown): value is LogLine =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as Partial<LogLine>).timeMs === 'number' &&
  typeof (value as Partial<LogLine>).text === 'string';
