import type { BandView } from './band-view';
import type { Context } from './draw-text';

/** More than one picture of the band ever shows. */
const MAX_SPRITES = 96;
/** Frames this near to each other bring an old picture's successor before anybody has read it. */
export const QUICK_MS = 250;

/** Paints a picture of so many device pixels. */
export type CreatePicture = (width: number, height: number, paint: (context: Context) => void) => CanvasImageSource;

/** A piece of the band that looks the same wherever it stands. Sizes and places in CSS pixels. */
export interface Sprite {
  /** Which piece it is, whatever it says. */
  readonly name: string;
  /** Everything that it shows and that the view does not tell. */
  readonly content: string;
  readonly width: number;
  readonly height: number;
  /** Draws around the sprite's own origin. */
  readonly paint: (context: Context) => void;
}

/**
 * Pieces painted once and then copied, which costs an eighth of drawing plates and texts in every frame. What is seen for the
 * first time is drawn as it is, because it may be gone in the next frame; pictures are made of what stays, one a frame: when a
 * second's new figures change them all at once, the others keep their old ones until their turn comes, as long as frames come
 * quickly.
 */
export interface Sprites {
  /** Copies a sprite to (x, y), put on whole device pixels. */
  draw(target: Context, view: BandView, sprite: Sprite, x: number, y: number): void;
  /** Whether an old picture stood in for another in the frame drawn last: unless others come quickly, it needs one more. */
  isBehind: boolean;
}

/** `createPicture` takes device pixels. */
export function createSprites(createPicture: CreatePicture): Sprites {
  let pictures = new Map<string, { content: string; picture: CanvasImageSource | null }>();
  /** What is in sight goes over to the new ones: all of it made anew would be many frames' work. */
  let older = pictures;
  let look: Pick<BandView, 'colours' | 'ratioX' | 'ratioY' | 'bandWidth'> | null = null;
  let mayPaint = false;
  let frameMs = 0;
  let isQuick = false;

  /** Every frame has a view of its own. */
  const follow = (view: BandView): void => {
    if (look === view) return;
    mayPaint = true;
    sprites.isBehind = false;
    isQuick = performance.now() - frameMs < QUICK_MS;
    frameMs = performance.now();
    const isSame =
      look?.colours === view.colours &&
      look.ratioX === view.ratioX &&
      look.ratioY === view.ratioY &&
      look.bandWidth === view.bandWidth;
    if (!isSame) older = pictures = new Map();
    look = view;
  };

  const sprites: Sprites = {
    isBehind: false,
    draw(target, view, { name, content, width, height, paint }, x, y) {
      follow(view);
      const { ratioX, ratioY } = view;
      const left = Math.round(x * ratioX);
      const top = Math.round(y * ratioY);
      const columns = Math.ceil(width * ratioX);
      const rows = Math.ceil(height * ratioY);
      const known = pictures.get(name) ?? older.get(name);
      const sprite = known ?? { content: '', picture: null };
      if (pictures.size >= MAX_SPRITES) [older, pictures] = [pictures, new Map()];
      pictures.set(name, sprite);
      if (known && sprite.content !== content && mayPaint) {
        mayPaint = false;
        sprite.content = content;
        sprite.picture = createPicture(columns, rows, (context) => {
          context.setTransform(ratioX, 0, 0, ratioY, 0, 0);
          paint(context);
        });
      }
      const isOld = sprite.content !== content;
      if (sprite.picture && (isQuick || !isOld)) {
        sprites.isBehind ||= isOld;
        return target.drawImage(sprite.picture, left / ratioX, top / ratioY, columns / ratioX, rows / ratioY);
      }
      target.setTransform(ratioX, 0, 0, ratioY, left, top);
      paint(target);
      target.setTransform(ratioX, 0, 0, ratioY, 0, 0);
    },
  };
  return sprites;
}
