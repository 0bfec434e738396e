import { useEffect, useRef } from 'preact/hooks';

/** What single keys do, wherever nothing is being typed. */
export function useKeys(acts: Readonly<Record<string, (() => void) | undefined>>): void {
  const latest = useRef(acts);
  latest.current = acts;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const act = isMeant(event) ? latest.current[keyOf(event)] : undefined;
      if (act === undefined) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}

/** Neither a command of the browser's, nor a held key, nor part of a text. */
const isMeant = ({ ctrlKey, metaKey, altKey, repeat, isComposing, target }: KeyboardEvent): boolean =>
  !(ctrlKey || metaKey || altKey || repeat || isComposing) &&
  !(
    target instanceof Element && target.closest('input:not([type="range"], [type="radio"]), textarea, select') !== null
  );

/** The letter or digit; where another script or row of signs is typed, that of the key's place. */
const keyOf = ({ key, code }: KeyboardEvent): string =>
  (/^[a-z\d]$/i.test(key) ? key : code.replace(/^(?:Key|Digit)/, '')).toLowerCase();
