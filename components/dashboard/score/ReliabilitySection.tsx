import { Section } from '@/components/Section';
import { formatUsd } from '@/lib/core/format';
import { t } from '@/lib/i18n/words';

import type { Reliability } from './daily-scores';

/** Were the map true, both bars of a row would be of one length. */
export function ReliabilitySection({ groups }: { groups: readonly Reliability[] }) {
  const most = Math.max(...groups.flatMap(({ expectedUsd, observedUsd }) => [expectedUsd, observedUsd]));
  const width = (usd: number) => `${most > 0 ? (100 * usd) / most : 0}%`;
  return (
    <Section title={t('reliability.title')} aside={t('reliability.aside')}>
      <table class="scores reliability">
        <thead>
          <tr>
            <th scope="col">{t('reliability.tenth')}</th>
            <th scope="col">{t('reliability.bars')}</th>
            <th scope="col" class="key is-expected">
              {t('score.expected')}
            </th>
            <th scope="col" class="key">
              {t('score.observed')}
            </th>
            <th scope="col" aria-hidden="true" />
          </tr>
        </thead>
        <tbody>
          {groups.map(({ bars, expectedUsd, observedUsd }, i) => (
            <tr key={i}>
              <th scope="row">{i + 1}</th>
              <td>{bars}</td>
              <td>{formatUsd(expectedUsd)}</td>
              <td>{formatUsd(observedUsd)}</td>
              <td class="reliability-bars" aria-hidden="true">
                <i class="is-expected" style={{ width: width(expectedUsd) }} />
                <i style={{ width: width(observedUsd) }} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
