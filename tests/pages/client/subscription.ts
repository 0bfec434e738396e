type Member = (...values: unknown[]) => void;

/** The charting library's kind of event: `subscribe(owner, member, isOnce)`. */
export function createSubscription() {
  let entries: { readonly owner: object | null; readonly member: Member; readonly isOnce: boolean }[] = [];
  return {
    fire(...values: unknown[]): void {
      const called = entries;
      entries = entries.filter(({ isOnce }) => !isOnce);
      for (const { owner, member } of called) member.apply(owner, values);
    },
    api: {
      subscribe: (owner: object | null, member: Member, isOnce = false): void => {
        entries = [...entries, { owner, member, isOnce }];
      },
      unsubscribe: (owner: object | null, member: Member): void => {
        entries = entries.filter((entry) => entry.owner !== owner || entry.member !== member);
      },
      unsubscribeAll: (owner: object | null): void => {
        entries = entries.filter((entry) => entry.owner !== owner);
      },
    },
  };
}
