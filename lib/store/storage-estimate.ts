/** What the extension's origin uses and may use on disk. */
export interface StorageUse {
  readonly usageBytes: number;
  readonly quotaBytes: number;
}

/**
 * The browser's own rough figure; null where it gives none. Its storage must not be called `storage` here: WXT takes that for its
 * module of the same name and puts 16 kB into the bundle.
 */
export async function storageEstimate(
  manager: Pick<StorageManager, 'estimate'> | undefined = globalThis.navigator?.storage,
): Promise<StorageUse | null> {
  try {
    const { usage, quota } = (await manager?.estimate()) ?? {};
    return usage === undefined || quota === undefined ? null : { usageBytes: usage, quotaBytes: quota };
  } catch {
    return null;
  }
}
