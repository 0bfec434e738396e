/** What is made when first asked for, and kept. */
export const once = <T>(create: () => T): (() => T) => {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: create() }).value;
};
