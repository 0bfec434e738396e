import { t, type WordKey } from '@/lib/i18n/words';

/** A table's head: a column for each of these words. */
export function ColumnHeads({ words }: { readonly words: readonly WordKey[] }) {
  return (
    <thead>
      <tr>
        {words.map((word) => (
          <th key={word} scope="col">
            {t(word)}
          </th>
        ))}
      </tr>
    </thead>
  );
}
