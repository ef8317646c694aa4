/** Round numbers over a range of stored figures, four to six of them, the first at or below it and the last at or above. */
export function listTicks(low: number, high: number): readonly number[] {
  const span = Math.max(1, high - low)
  const rough = span / 4
  const power = 10 ** Math.floor(Math.log10(rough))
  // Halves of figures are none.
  const factors = power < 10 ? [1, 2, 5, 10] : [1, 2, 2.5, 5, 10]
  const step = Math.max(1, power * (factors.find((factor) => factor * power >= rough) ?? 10))
  const first = Math.floor(low / step)
  const last = Math.max(first + 1, Math.ceil(high / step))
  return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step)
}
