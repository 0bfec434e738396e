declare const unit: unique symbol;

/** A number or string that cannot be mixed up with another of the same runtime type. */
export type Nominal<T, Name extends string> = T & { readonly [unit]: Name };

/** CSS pixels from the top or left of the element in question. */
export type MediaPx = Nominal<number, 'MediaPx'>;

/** Device pixels of a canvas bitmap. */
export type BitmapPx = Nominal<number, 'BitmapPx'>;
