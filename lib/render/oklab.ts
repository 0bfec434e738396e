/** Red, green, blue, 0 to 255. */
export type Rgb = readonly [red: number, green: number, blue: number];
/**
 * Cube roots of what the eye's three cones see. OKLab is these, turned: what is interpolated between them is interpolated
 * in OKLab, without its matrices.
 */
export type Cones = readonly [long: number, medium: number, short: number];

export const hexToRgb = (hex: string): Rgb => {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
};

const gammaToLinear = (v: number): number => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
const linearToGamma = (v: number): number => (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055);

/** Björn Ottosson, "A perceptual color space for image processing" (2020); seven of its digits, which give the same bytes as ten. */
export function rgbToCones(rgb: Rgb): Cones {
  const [r, g, b] = rgb.map((v) => gammaToLinear(v / 255)) as [number, number, number];
  return [
    Math.cbrt(0.4122215 * r + 0.5363325 * g + 0.051446 * b),
    Math.cbrt(0.2119035 * r + 0.6806995 * g + 0.107397 * b),
    Math.cbrt(0.0883025 * r + 0.2817188 * g + 0.6299787 * b),
  ];
}

/** Inverse of `rgbToCones`, rounded and clamped to what a screen can show. */
export function conesToRgb(cones: Cones): Rgb {
  const [l, m, s] = cones.map((v) => v ** 3) as [number, number, number];
  const toByte = (v: number): number => Math.round(255 * Math.min(1, Math.max(0, linearToGamma(v))));
  return [
    toByte(4.0767417 * l - 3.3077116 * m + 0.2309699 * s),
    toByte(-1.268438 * l + 2.6097574 * m - 0.3413194 * s),
    toByte(-0.0041961 * l - 0.7034186 * m + 1.7076147 * s),
  ];
}

const luminance = (rgb: Rgb): number =>
  0.2126 * gammaToLinear(rgb[0] / 255) + 0.7152 * gammaToLinear(rgb[1] / 255) + 0.0722 * gammaToLinear(rgb[2] / 255);

/** WCAG 2.2 contrast ratio, 1 to 21. */
export function contrastRatio(a: Rgb, b: Rgb): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}
