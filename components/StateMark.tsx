export type Tone = 'ok' | 'idle' | 'warn' | 'bad';

/** Health as a shape: dot, hollow dot, diamond, square. A word always stands beside it. */
export function StateMark({ tone }: { tone: Tone }) {
  return <span class="state-mark" data-tone={tone} aria-hidden="true" />;
}
