import type { ScaleMessage } from '@/lib/messaging/page';

/**
 * The message with its prices read under the other convention where that is nearer to what the market trades at: only it
 * can tell whether `68.250` is 68 and a quarter or 68 thousand. What is left of a doubt the checks of the scale find.
 */
export function nearerReading(message: ScaleMessage, price: number | null): ScaleMessage {
  if (message.state !== 'ready') return message;
  const { prices, writtenPrices, otherReading = 1 } = message;
  const distance = (factor: number): number => Math.abs(Math.log((prices[0] * factor) / (price ?? NaN)));
  if (!(distance(otherReading) < distance(1))) return message;
  const read = (value: number): number => value * otherReading;
  return { ...message, prices: prices.map(read), writtenPrices: writtenPrices.map(read) };
}
