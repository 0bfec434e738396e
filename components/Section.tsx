import type { ComponentChildren } from 'preact';

interface Props {
  readonly title: string;
  /** Right of the title: a unit, a qualification or a control. */
  readonly aside?: ComponentChildren;
  /** Holds a table that scrolls by itself where the page is too narrow for it. */
  readonly isWide?: boolean;
  readonly children: ComponentChildren;
}

export function Section({ title, aside, isWide = false, children }: Props) {
  return (
    <section class="section" aria-label={title}>
      <div class="section-head">
        <h2>{title}</h2>
        {aside !== undefined && <div class="quiet">{aside}</div>}
      </div>
      {isWide ? (
        <div class="section-wide" role="group" aria-label={title} tabIndex={0}>
          {children}
        </div>
      ) : (
        children
      )}
    </section>
  );
}
