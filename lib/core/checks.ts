import * as z from 'zod/mini';

/* Checks of zod's own would each bring a class with its messages. */

/** A number between two, both included. */
export const numberWithin = (least: number, most: number) =>
  z.number().check(z.refine((value) => value >= least && value <= most));

export const wholeWithin = (least: number, most: number) =>
  z.number().check(z.refine((value) => Number.isSafeInteger(value) && value >= least && value <= most));

/** Above nought. */
export const positiveUpTo = (most: number) => z.number().check(z.refine((value) => value > 0 && value <= most));

export const textWithin = (least: number, most: number) =>
  z.string().check(z.refine((text) => text.length >= least && text.length <= most));

/** Of a list of anything. */
export const isFilled = z.refine<readonly unknown[]>((list) => list.length > 0);
