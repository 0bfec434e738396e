import { useEffect, useState } from 'preact/hooks';

/** A setting as it is stored now and after every change, of whatever page; `fallback` until it is read. */
export function useStored<T>(
  read: () => Promise<T>,
  watch: (listener: (value: T) => void) => () => void,
  fallback: T,
): T {
  const [value, setValue] = useState(fallback);
  useEffect(() => {
    void read().then(setValue);
    return watch(setValue);
  }, [read, watch]);
  return value;
}
