/** An exact rational number, in lowest terms, the denominator positive. */
export type Fraction = { readonly top: bigint; readonly bottom: bigint }

function findDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b]
  while (y !== 0n) [x, y] = [y, x % y]
  return x
}

/** top / bottom in lowest terms; null where there is nothing to divide by. */
export function makeFraction(top: bigint, bottom: bigint): Fraction | null {
  if (bottom === 0n) return null
  const divisor = findDivisor(top, bottom)
  const sign = bottom < 0n ? -1n : 1n
  return { top: (sign * top) / divisor, bottom: (sign * bottom) / divisor }
}

/** A stored integer in its natural unit: 4250 with scale 2 is 42.50. */
export function readScaled(value: number, scale: number): Fraction {
  return makeFraction(BigInt(value), 10n ** BigInt(scale)) ?? { top: 0n, bottom: 1n }
}

/** A number as it is written: 0.05 is five hundredths, not the nearest double. Null for what is no plain decimal. */
export function readDecimal(number: number): Fraction | null {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(number))
  if (!match) return null
  const [, sign = '', whole = '', fraction = ''] = match
  return makeFraction(BigInt(`${sign}${whole}${fraction}`), 10n ** BigInt(fraction.length))
}

export function compareFractions(a: Fraction, b: Fraction): -1 | 0 | 1 {
  const difference = a.top * b.bottom - b.top * a.bottom
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

export function addFractions(a: Fraction, b: Fraction): Fraction | null {
  return makeFraction(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom)
}

export function subtractFractions(a: Fraction, b: Fraction): Fraction | null {
  return makeFraction(a.top * b.bottom - b.top * a.bottom, a.bottom * b.bottom)
}

export function multiplyFractions(a: Fraction, b: Fraction): Fraction | null {
  return makeFraction(a.top * b.top, a.bottom * b.bottom)
}

/** Null when b is 0: a rate without a denominator is missing, not 0. */
export function divideFractions(a: Fraction, b: Fraction): Fraction | null {
  return makeFraction(a.top * b.bottom, a.bottom * b.top)
}

/**
 * The fraction as a stored integer with so many decimal places, rounded half away from zero.
 *
 * @throws RangeError beyond 2^53, where JavaScript could no longer hold it exactly
 */
export function roundRatio(fraction: Fraction, digits: number): number {
  const scaled = fraction.top * 10n ** BigInt(digits)
  const size = scaled < 0n ? -scaled : scaled
  const rounded = (2n * size + fraction.bottom) / (2n * fraction.bottom)
  const value = Number(scaled < 0n ? -rounded : rounded)
  if (!Number.isSafeInteger(value)) throw new RangeError('a ratio is beyond the range that can be computed exactly')
  return value === 0 ? 0 : value
}

/** The fraction for a reader: thousands separated, at most so many decimals, none that are zero: 60,521 or 93.08. */
export function writeFraction(fraction: Fraction, digits = 2): string {
  const scaled = fraction.top * 10n ** BigInt(digits)
  const size = scaled < 0n ? -scaled : scaled
  const rounded = ((2n * size + fraction.bottom) / (2n * fraction.bottom)).toString().padStart(digits + 1, '0')
  const whole = rounded.slice(0, rounded.length - digits).replace(/\B(?=(\d{3})+$)/g, ',')
  const decimals = rounded.slice(rounded.length - digits).replace(/0+$/, '')
  const sign = scaled < 0n && /[1-9]/.test(rounded) ? '-' : ''
  return `${sign}${whole}${decimals === '' ? '' : `.${decimals}`}`
}
