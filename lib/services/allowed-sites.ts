/** What of the browser is needed; each as its own documentation has it. */
export interface AllowedSitesBrowser {
  readonly permissions: {
    getAll(): Promise<{ readonly origins?: string[] }>;
    readonly onAdded: Listenable;
    readonly onRemoved: Listenable;
  };
  readonly scripting: {
    getRegisteredContentScripts(): Promise<{ readonly id: string }[]>;
    registerContentScripts(scripts: RegisteredScript[]): Promise<void>;
    unregisterContentScripts(filter: { ids: string[] }): Promise<void>;
  };
  readonly tabs: { query(filter: { url: string[] }): Promise<{ readonly id?: number | undefined }[]> };
}

interface Listenable {
  addListener(listener: () => void): void;
}

/** One content script as the manifest describes it. */
export interface SiteScript {
  readonly name: string;
  readonly file: `/content-scripts/${'band' | 'scale'}.js` | '/styles.js';
  readonly world: 'MAIN' | 'ISOLATED';
}

interface RegisteredScript {
  id: string;
  matches: string[];
  js: string[];
  runAt: 'document_start';
  allFrames: boolean;
  world: SiteScript['world'];
}

export interface AllowedSitesOptions {
  readonly browser: AllowedSitesBrowser;
  readonly scripts: readonly SiteScript[];
  /** Whether an origin needs no registration: a known site's, or a venue's host. */
  readonly isKnown: (origin: string) => boolean;
  /** Starts a script in all frames of a tab. */
  readonly inject: (tabId: number, script: SiteScript) => Promise<unknown>;
  /** Tells the content scripts where they may run. */
  readonly publish: (patterns: readonly string[]) => Promise<void>;
  readonly onError: (cause: unknown) => void;
}

/**
 * Pages of sites that Liqband does not know, where the user wants it: exactly those whose origin they granted, be it by
 * the popup or in the browser's own settings. Registers the content scripts there, starts them in tabs that are open, and
 * takes everything back when the grant is withdrawn. To be called synchronously at the worker's start.
 */
export function followAllowedSites(options: AllowedSitesOptions): Promise<void> {
  const { browser, scripts, isKnown, inject, publish, onError } = options;
  const { permissions, scripting, tabs } = browser;
  const idOf = (name: string, pattern: string): string => `${name} ${pattern}`;

  const sync = async (): Promise<void> => {
    const { origins = [] } = await permissions.getAll();
    const allowed = origins.filter((origin) => !isKnown(origin));
    const known = new Set((await scripting.getRegisteredContentScripts()).map(({ id }) => id));
    const wanted = allowed.flatMap((pattern) =>
      scripts.map((script) => ({ id: idOf(script.name, pattern), pattern, script })),
    );
    const withdrawn = [...known].filter((id) => !wanted.some((each) => each.id === id));
    const added = wanted.filter(({ id }) => !known.has(id));
    await publish(allowed);
    if (withdrawn.length > 0) await scripting.unregisterContentScripts({ ids: withdrawn });
    if (added.length === 0) return;
    await scripting.registerContentScripts(
      added.map(({ id, pattern, script: { file, world } }) => ({
        id,
        matches: [pattern],
        js: [file],
        runAt: 'document_start',
        allFrames: true,
        world,
      })),
    );
    for (const { pattern, script } of added) await startInTabs(pattern, script);
  };

  const startInTabs = async (pattern: string, script: SiteScript): Promise<void> => {
    for (const { id } of await tabs.query({ url: [pattern] })) {
      // A tab may have gone meanwhile, or show an error of the browser's own.
      if (id !== undefined) await inject(id, script).catch(() => {});
    }
  };

  // One after the other: two at once would register the same script twice.
  let last = Promise.resolve();
  const run = () => (last = last.then(sync).catch(onError));
  permissions.onAdded.addListener(() => void run());
  permissions.onRemoved.addListener(() => void run());
  return run();
}
