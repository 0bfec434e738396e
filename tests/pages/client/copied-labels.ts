/** CSS pixels above and below a label's middle. */
const HALF = 12;

/**
 * From now on labels in place are drawn into canvases of their own and copied, as the charting library of 2020 does with
 * its ticks. Each context has its own `fillText`, so that none but what the prototype then holds is called for the copy.
 */
export function copyLabels(): void {
  const getContext = Reflect.get(HTMLCanvasElement.prototype, 'getContext') as (...args: unknown[]) => RenderingContext;
  HTMLCanvasElement.prototype.getContext = function getLabelled(this: HTMLCanvasElement, ...args: unknown[]) {
    const context = Reflect.apply(getContext, this, args);
    if (context instanceof CanvasRenderingContext2D) copyLabelsOf(context);
    return context;
  } as HTMLCanvasElement['getContext'];

  function copyLabelsOf(context: CanvasRenderingContext2D): void {
    context.fillText = (text, x, y) => {
      const { a, d, e, f } = context.getTransform();
      if (context.textBaseline !== 'middle' || e !== 0 || f !== 0)
        return CanvasRenderingContext2D.prototype.fillText.call(context, text, x, y);
      const stamp = document.createElement('canvas');
      const width = context.measureText(text).width + 2;
      stamp.width = Math.ceil(width * a);
      stamp.height = Math.ceil(2 * HALF * d);
      const inner = Reflect.apply(getContext, stamp, ['2d']) as CanvasRenderingContext2D;
      inner.scale(a, d);
      const { font, fillStyle } = context;
      Object.assign(inner, { font, fillStyle, textBaseline: 'middle' });
      inner.fillText(text, 0, HALF);
      const left = context.textAlign === 'right' ? x - width : context.textAlign === 'center' ? x - width / 2 : x;
      context.drawImage(stamp, left, y - HALF, stamp.width / a, stamp.height / d);
    };
  }
}
