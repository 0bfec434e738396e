import { Section } from '@/components/Section';
import { formatAge, formatCount, formatRatio, formatShare, formatShares, NOTHING } from '@/lib/core/format';
import { t } from '@/lib/i18n/words';
import { venueIdOf } from '@/lib/market/contract';
import type { ObservedLayer } from '@/lib/market/observed';
import { venueName } from '@/lib/market/venue-facts';
import { ENOUGH_ACCOUNTS, ENOUGH_SHARE } from '@/lib/model/observed-mix';

/** The estimated map of a contract beside what its accounts are known to hold, as of now. */
export function KnownSection({ layer }: { layer: ObservedLayer }) {
  const { symbol, contractId, accounts, longShare, shortShare, crossShare, medianAgeMs, check, classes } = layer;
  const name = `${venueName(venueIdOf(contractId))} ${symbol}`;
  const knownShares = sharesWithRest(classes.map(({ known }) => known));
  const statedShares = sharesWithRest(classes.map(({ stated }) => stated));
  return (
    <Section title={t('known.title', { contract: name })} aside={t('known.aside', { reach: formatShare(0.1) })}>
      <div class="known">
        <table class="scores">
          <tbody>
            <Figure name={t('known.accounts')} value={formatCount(accounts)} />
            <Figure name={t('known.longs')} value={formatShare(longShare)} />
            <Figure name={t('known.shorts')} value={formatShare(shortShare)} />
            <Figure name={t('known.cross')} value={formatShare(crossShare)} />
            <Figure name={t('known.age')} value={formatAge(medianAgeMs)} />
            <Figure
              name={t('known.distance')}
              value={check === null ? NOTHING : percent(check.distance)}
              other={check === null ? tooLittle() : t('known.even', { value: percent(check.evenDistance) })}
            />
            <Figure
              name={t('known.r2')}
              value={check === null ? NOTHING : formatRatio(check.r2)}
              other={check === null ? tooLittle() : t('known.even', { value: formatRatio(check.evenR2) })}
            />
          </tbody>
        </table>
        <table class="scores">
          <thead>
            <tr>
              <th scope="col">{t('known.leverage')}</th>
              <th scope="col">{t('known.known')}</th>
              <th scope="col">{t('known.prior')}</th>
            </tr>
          </thead>
          <tbody>
            {[...classes.map(({ leverage }) => `${leverage}x`), t('known.further')].map((name, i) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{knownShares[i]}</td>
                <td>{statedShares[i]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="caption">{t('known.note')}</p>
    </Section>
  );
}

/** Of all classes, and what lies farther out than they do. */
const sharesWithRest = (shares: readonly number[]): string[] =>
  formatShares([...shares, 1 - shares.reduce((sum, share) => sum + share, 0)]);

const tooLittle = (): string => t('known.tooLittle', { count: ENOUGH_ACCOUNTS, share: formatShare(ENOUGH_SHARE) });

const percent = (ln: number): string => formatShare(ln, 2);

function Figure({ name, value, other = '' }: { name: string; value: string; other?: string }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        <strong>{value}</strong>
      </td>
      <td>{other}</td>
    </tr>
  );
}
