import { saveFile } from '@/components/save-file';
import { t, type WordKey } from '@/lib/i18n/words';

import { DATA_FORMATS, dataFile, type DataSet } from './data-file';

interface Props {
  /** Contract or market, as it stands in the files' names. */
  readonly of: string;
  readonly timeMs: number;
  /** What can be taken along; null while there is nothing of it. */
  readonly sets: readonly { readonly title: WordKey; readonly read: (() => DataSet | Promise<DataSet>) | null }[];
  /** What is seen, as a PNG. */
  readonly picture?: (() => Promise<Blob>) | null;
}

/** A drop-down of files to save. */
export function ExportMenu({ of, timeMs, sets, picture = null }: Props) {
  const nameOf = (what: string, format: string) => `liqband-${of}-${what}-${stamp(timeMs)}.${format}`;
  return (
    <details class="export-menu">
      <summary class="button is-small">{t('export.title')}</summary>
      <div class="export-list">
        {picture !== null && (
          <div>
            {t('export.picture')}
            <button
              type="button"
              class="button is-small"
              aria-label={`${t('export.picture')}, PNG`}
              onClick={async () => saveFile(nameOf('map', 'png'), await picture())}
            >
              PNG
            </button>
          </div>
        )}
        {sets.map(({ title, read }) => (
          <div key={title}>
            {t(title)}
            {DATA_FORMATS.map((format) => (
              <button
                key={format}
                type="button"
                class="button is-small"
                disabled={read === null}
                aria-label={`${t(title)}, ${format.toUpperCase()}`}
                onClick={async () => {
                  const set = await read?.();
                  if (set !== undefined) saveFile(nameOf(set.name, format), await dataFile(set, format));
                }}
              >
                {format.toUpperCase()}
              </button>
            ))}
          </div>
        ))}
      </div>
    </details>
  );
}

/** `2026-11-29T1750`: files sort by it, and no system forbids it in a name. */
const stamp = (timeMs: number): string => new Date(timeMs).toISOString().slice(0, 16).replace(':', '');
