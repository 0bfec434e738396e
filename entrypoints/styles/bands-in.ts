type BandOrFrame = HTMLElement & Partial<Pick<HTMLIFrameElement, 'contentDocument'>>;

/** Bands of a document and of the frames in it, which often hold the charts and have no script of their own. */
export const bandsIn = (root: Document): HTMLElement[] =>
  [...root.querySelectorAll<BandOrFrame>('liqband-band,iframe')].flatMap((element) => {
    const { contentDocument } = element;
    if (contentDocument === undefined) return element;
    return contentDocument ? bandsIn(contentDocument) : [];
  });
