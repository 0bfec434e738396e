import './Skeleton.css';

/** Still blocks where the figures will stand; the popup's page begins with the same. */
export function Skeleton() {
  return (
    <div class="skeleton" aria-hidden="true">
      <i />
      <SkeletonCards />
      <i />
    </div>
  );
}

export function SkeletonCards() {
  return (
    <div class="skeleton-cards" aria-hidden="true">
      <i />
      <i />
    </div>
  );
}
