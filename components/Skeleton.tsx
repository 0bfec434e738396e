import './Skeleton.css';

const block = (width: string, height: number) => <i style={{ width, height: `${height}px` }} />;

/** Still blocks where the figures will stand. */
export function Skeleton() {
  return (
    <div class="skeleton" aria-hidden="true">
      {block('45%', 32)}
      <SkeletonCards />
      {block('100%', 128)}
    </div>
  );
}

export function SkeletonCards() {
  return (
    <div class="skeleton-cards" aria-hidden="true">
      {block('100%', 134)}
      {block('100%', 134)}
    </div>
  );
}
