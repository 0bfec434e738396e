import { useEffect, useRef, useState } from 'preact/hooks';

import { saveFile } from '@/components/save-file';
import { t, type WordKey } from '@/lib/i18n/words';

import { DATA_FORMATS, dataFile, type DataSet, fileName } from './data-file';

interface Props {
  /** Contract or market, as it stands in the files' names. */
  readonly of: string;
  readonly timeMs: number;
  /** What can be taken along; null while there is nothing of it. */
  readonly sets: readonly { readonly title: WordKey; readonly read: (() => DataSet | Promise<DataSet>) | null }[];
  /** What is seen, as PNGs by the name of each. */
  readonly pictures?: readonly {
    readonly title: WordKey;
    readonly name: string;
    /** Null while there is nothing to see. */
    readonly take: (() => Promise<Blob | null | undefined>) | null;
  }[];
}

/** A drop-down of files to save. */
export function ExportMenu({ of, timeMs, sets, pictures = [] }: Props) {
  const menu = useRef<HTMLDetailsElement>(null);
  const [hasFailed, setHasFailed] = useState(false);
  // What takes no focus leaves it with the menu, unless the press is heard.
  useEffect(() => {
    const onPress = ({ target }: Event) => {
      if (menu.current !== null && !menu.current.contains(target as Node)) menu.current.open = false;
    };
    document.addEventListener('pointerdown', onPress);
    return () => document.removeEventListener('pointerdown', onPress);
  }, []);
  const attempt = (save: () => Promise<void>) => () => {
    setHasFailed(false);
    save().catch(() => setHasFailed(true));
  };
  const nameOf = (what: string, format: string) => fileName(of, what, timeMs, format);
  return (
    <details
      ref={menu}
      class="export-menu"
      onKeyDown={({ key, currentTarget }) => {
        if (key === 'Escape') close(currentTarget);
      }}
      onFocusOut={({ relatedTarget, currentTarget }) => {
        if (relatedTarget instanceof Node && !currentTarget.contains(relatedTarget)) currentTarget.open = false;
      }}
    >
      <summary class="button is-small">{t('export.title')}</summary>
      <div class="export-list">
        {pictures.map(({ title, name, take }) => (
          <div key={title}>
            {t(title)}
            <FileButton
              what={t(title)}
              format="png"
              onSave={
                take === null
                  ? null
                  : attempt(async () => {
                      const file = await take();
                      if (file) saveFile(nameOf(name, 'png'), file);
                    })
              }
            />
          </div>
        ))}
        {sets.map(({ title, read }) => (
          <div key={title}>
            {t(title)}
            {DATA_FORMATS.map((format) => (
              <FileButton
                key={format}
                what={t(title)}
                format={format}
                onSave={
                  read === null
                    ? null
                    : attempt(async () => {
                        const set = await read();
                        saveFile(nameOf(set.name, format), await dataFile(set, format));
                      })
                }
              />
            ))}
          </div>
        ))}
        {hasFailed && <p role="alert">{t('export.failed')}</p>}
      </div>
    </details>
  );
}

function close(menu: HTMLDetailsElement): void {
  if (menu.open) menu.querySelector('summary')?.focus();
  menu.open = false;
}

interface FileButtonProps {
  readonly what: string;
  readonly format: string;
  /** Null while there is nothing to save. */
  readonly onSave: (() => void) | null;
}

const FileButton = ({ what, format, onSave }: FileButtonProps) => (
  <button
    type="button"
    class="button is-small"
    disabled={onSave === null}
    aria-label={`${what}, ${format.toUpperCase()}`}
    onClick={() => onSave?.()}
  >
    {format.toUpperCase()}
  </button>
);
