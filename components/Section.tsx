import type { ComponentChildren } from 'preact';

interface Props {
  readonly title: string;
  /** Right of the title: a unit, a qualification or a control. */
  readonly aside?: ComponentChildren;
  readonly children: ComponentChildren;
}

export function Section({ title, aside, children }: Props) {
  return (
    <section class="section" aria-label={title}>
      <div class="section-head">
        <h2>{title}</h2>
        {aside !== undefined && <div class="quiet">{aside}</div>}
      </div>
      {children}
    </section>
  );
}
