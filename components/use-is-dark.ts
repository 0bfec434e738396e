import { useEffect, useState } from 'preact/hooks';

const isDarkQuery = () => matchMedia('(prefers-color-scheme: dark)');

/** Whether pages are to be dark, and anew when that changes. */
export function useIsDark(): boolean {
  const [isDark, setIsDark] = useState(() => isDarkQuery().matches);
  useEffect(() => {
    const list = isDarkQuery();
    const refresh = () => setIsDark(list.matches);
    list.addEventListener('change', refresh);
    return () => list.removeEventListener('change', refresh);
  }, []);
  return isDark;
}
