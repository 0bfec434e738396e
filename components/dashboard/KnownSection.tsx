import { Section } from '@/components/Section';
import { formatAge, formatRatio, formatShare, NOTHING } from '@/lib/core/format';
import { venueIdOf } from '@/lib/market/contract';
import type { ObservedLayer } from '@/lib/market/observed';
import { venueName } from '@/lib/market/venue-facts';
import { ENOUGH_ACCOUNTS, ENOUGH_SHARE } from '@/lib/model/observed-mix';

/** The estimated map of a contract beside what its accounts are known to hold, as of now. */
export function KnownSection({ layer }: { layer: ObservedLayer }) {
  const { symbol, contractId, accounts, longShare, shortShare, crossShare, medianAgeMs, check, classes } = layer;
  const name = `${venueName(venueIdOf(contractId))} ${symbol}`;
  const farther = 1 - classes.reduce((sum, { known }) => sum + known, 0);
  const statedFarther = 1 - classes.reduce((sum, { stated }) => sum + stated, 0);
  return (
    <Section title={`The map of ${name} against known positions`} aside="as of now, within 10% of the mark">
      <div class="known">
        <table class="scores">
          <tbody>
            <Figure name="Accounts that hold something" value={String(accounts)} />
            <Figure name="Longs known, of open interest" value={formatShare(longShare)} />
            <Figure name="Shorts known" value={formatShare(shortShare)} />
            <Figure name="Of these, margined by the whole account" value={formatShare(crossShare)} />
            <Figure name="Median age" value={formatAge(medianAgeMs)} />
            <Figure
              name="Distance of the estimated levels, of price"
              value={check === null ? NOTHING : percent(check.distance)}
              other={check === null ? tooLittle() : `evenly spread ${percent(check.evenDistance)}`}
            />
            <Figure
              name="R² of cumulative USD, scaled to what is known"
              value={check === null ? NOTHING : formatRatio(check.r2)}
              other={check === null ? tooLittle() : `evenly spread ${formatRatio(check.evenR2)}`}
            />
          </tbody>
        </table>
        <table class="scores">
          <thead>
            <tr>
              <th scope="col">Effective leverage</th>
              <th scope="col">Known</th>
              <th scope="col">Stated prior</th>
            </tr>
          </thead>
          <tbody>
            {classes.map(({ leverage, known, stated }) => (
              <tr key={leverage}>
                <th scope="row">{leverage}x</th>
                <td>{formatShare(known)}</td>
                <td>{formatShare(stated)}</td>
              </tr>
            ))}
            <tr>
              <th scope="row">Further away, or never</th>
              <td>{formatShare(farther)}</td>
              <td>{formatShare(statedFarther)}</td>
            </tr>
          </tbody>
        </table>
      </div>
      <p class="caption">
        Distance: how far the estimated USD must be moved to lie as the known one, each brought to one sum. Accounts are
        found by their trades, so those that sit still are missing. Effective leverage: by the way from entry to
        liquidation, shares of quantity.
      </p>
    </Section>
  );
}

const tooLittle = (): string => `from ${ENOUGH_ACCOUNTS} accounts and ${formatShare(ENOUGH_SHARE)} on`;

const percent = (ln: number): string => `${(100 * ln).toFixed(2)}%`;

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
