import { browser } from 'wxt/browser';

import { allowedSites } from '@/lib/store/settings';

/** A site that Liqband does not know, and whether the user has allowed it. */
export interface OtherSite {
  readonly host: string;
  readonly isAllowed: boolean;
}

const originsOf = ({ host }: Pick<OtherSite, 'host'>) => ({ origins: [`https://${host}/*`] });

/** Null for known sites, which need no question, and for pages of the browser's own. */
export async function otherSiteAt(url: string | undefined): Promise<OtherSite | null> {
  const host = /^https:\/\/([^/:]+)/.exec(url ?? '')?.[1];
  if (host === undefined) return null;
  const isAllowed = (await allowedSites.getValue()).includes(originsOf({ host }).origins[0]);
  return isAllowed || !(await browser.permissions.contains(originsOf({ host }))) ? { host, isAllowed } : null;
}

/** Asks for the site, or gives it back; tells how it stands then. The background does the rest. */
export async function switchSite(site: OtherSite): Promise<OtherSite> {
  const isDone = await browser.permissions[site.isAllowed ? 'remove' : 'request'](originsOf(site));
  return isDone ? { ...site, isAllowed: !site.isAllowed } : site;
}
