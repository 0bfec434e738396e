/** What the feed needs of a `runtime.Port`, so that tests can be one. */
export interface Port {
  readonly name: string;
  readonly sender?:
    | { readonly url?: string | undefined; readonly tab?: { readonly id?: number | undefined } | undefined }
    | undefined;
  readonly onMessage: { addListener(listener: (message: unknown) => void): void };
  readonly onDisconnect: { addListener(listener: () => void): void };
  /** Throws once disconnected. */
  postMessage(message: unknown): void;
  disconnect(): void;
}
