import type { AlertFiring } from '@/lib/market/alert';

import { firingWords } from './alert-words';
import { timeWords } from './time-words';

/** What was told, newest first. */
export const AlertLog = ({ log }: { log: readonly AlertFiring[] }) => (
  <ol class="alert-log">
    {log.map((firing) => {
      const { title, text } = firingWords(firing);
      return (
        <li key={firing.id}>
          <strong>{title}</strong>
          <time class="quiet" dateTime={new Date(firing.atMs).toISOString()}>
            {timeWords(firing.atMs)}
          </time>
          <span>{text}</span>
        </li>
      );
    })}
  </ol>
);
