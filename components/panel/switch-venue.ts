import type { VenueId } from '@/lib/market/contract';
import { venuesOff } from '@/lib/store/settings';

/** Lets a venue count or not, on charts and pages alike. */
export async function switchVenue(venueId: VenueId, isOn: boolean): Promise<void> {
  const others = (await venuesOff.getValue()).filter((off) => off !== venueId);
  await venuesOff.setValue(isOn ? others : [...others, venueId]);
}
