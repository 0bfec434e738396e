import type { BandView } from './band-view';
import { drawText, type Context } from './draw-text';

/** Larger than any sign, CSS pixels. */
const CELL = 18;
/** Room left of a sign for what hangs over. */
const OVERHANG = 2;

/** Paints a picture of so many device pixels. */
export type CreatePicture = (width: number, height: number, paint: (context: Context) => void) => CanvasImageSource;

type Ratios = Pick<BandView, 'ratioX' | 'ratioY'>;

/**
 * Numbers in one font and colour, copied sign by sign from a picture of every sign seen so far: a figure that changes with
 * every frame costs a quarter of having it laid out as text.
 */
export function createFigures({ ratioX, ratioY }: Ratios, font: string, colour: string) {
  const cellWidth = Math.ceil(CELL * ratioX);
  const cellHeight = Math.ceil(CELL * ratioY);
  let signs = '';
  let picture: CanvasImageSource | null = null;
  /** CSS pixels from each sign to the next. */
  const advances: number[] = [];

  return {
    get isLacking() {
      return picture === null && signs !== '';
    },

    paint(createPicture: CreatePicture): void {
      picture = createPicture(cellWidth * signs.length, cellHeight, (context) => {
        for (let i = 0; i < signs.length; i++) {
          context.setTransform(ratioX, 0, 0, ratioY, cellWidth * i, 0);
          drawText(context, signs[i], OVERHANG, CELL / 2, font, colour);
          advances[i] = context.measureText(signs[i]).width;
        }
      });
    },

    /** As `drawText`, which it is while signs are lacking or where they would overrun the room. */
    draw(context: Context, text: string, x: number, y: number, align?: 'left' | 'right', maxWidth?: number): void {
      let width = 0;
      for (const sign of text) {
        const i = signs.indexOf(sign);
        if (i < 0) [signs, picture] = [signs + sign, null];
        else width += advances[i];
      }
      if (picture === null || width > (maxWidth ?? width))
        return drawText(context, text, x, y, font, colour, align, maxWidth);
      const top = Math.round((y - CELL / 2) * ratioY) / ratioY;
      let left = (align === 'right' ? x - width : x) - OVERHANG;
      for (const sign of text) {
        const i = signs.indexOf(sign);
        const at = Math.round(left * ratioX) / ratioX;
        context.drawImage(
          picture,
          cellWidth * i,
          0,
          cellWidth,
          cellHeight,
          at,
          top,
          cellWidth / ratioX,
          cellHeight / ratioY,
        );
        left += advances[i];
      }
    },
  };
}

export type Figures = ReturnType<typeof createFigures>;
