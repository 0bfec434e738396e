/** A page behind another is given no frames. */
const LONGEST_MS = 250;

/** However much is told between two frames, it is rendered once: a page that renders slower than it is told would fall behind for good. */
export function renderOncePerFrame(render: () => void): void {
  const timer = setTimeout(() => {
    cancelAnimationFrame(frame);
    render();
  }, LONGEST_MS);
  const frame = requestAnimationFrame(() => {
    clearTimeout(timer);
    render();
  });
}
