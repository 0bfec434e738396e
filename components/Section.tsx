import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

interface Props {
  readonly title: string;
  /** Right of the title: a unit, a qualification or a control. */
  readonly aside?: ComponentChildren;
  readonly children: ComponentChildren;
}

export function Section({ title, aside, children }: Props) {
  const headingId = useId();
  return (
    <section class="section" aria-labelledby={headingId}>
      <div class="section-head">
        <h2 id={headingId}>{title}</h2>
        {aside !== undefined && <div class="quiet">{aside}</div>}
      </div>
      {children}
    </section>
  );
}
