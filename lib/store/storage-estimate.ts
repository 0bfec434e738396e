/** What the extension's origin uses and may use on disk. */
export interface StorageUse {
  readonly usageBytes: number;
  readonly quotaBytes: number;
}

/** The browser's own rough figure; null where it gives none. */
export async function storageEstimate(
  storage: Pick<StorageManager, 'estimate'> | undefined = globalThis.navigator?.storage,
): Promise<StorageUse | null> {
  try {
    const { usage, quota } = (await storage?.estimate()) ?? {};
    return usage === undefined || quota === undefined ? null : { usageBytes: usage, quotaBytes: quota };
  } catch {
    return null;
  }
}
