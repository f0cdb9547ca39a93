/** The same numbers in an array that has twice the room. */
export function grown<T extends Int32Array | Float64Array>(numbers: T): T {
  const larger = new (numbers.constructor as new (length: number) => T)(numbers.length * 2);
  larger.set(numbers);
  return larger;
}
