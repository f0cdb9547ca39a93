/** Words that occur again and again in a log, numbered from 0, and found by their bytes without making strings. */
export class ByteWords {
  #places = new Int32Array(1024).fill(-1);
  #starts = new Int32Array(256);
  #pool = new Uint8Array(16 * 1024);
  #used = 0;
  #count = 0;
  #last = -1;

  get size(): number {
    return this.#count;
  }

  /** The number of the word that stands between the two. */
  idOf(bytes: Uint8Array, from: number, to: number): number {
    if (this.#last >= 0 && this.#equals(this.#last, bytes, from, to)) return this.#last;
    let hash = 0x811c9dc5;
    for (let i = from; i < to; i += 1) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193);
    hash ^= hash >>> 15;
    const mask = this.#places.length - 1;
    let place = hash & mask;
    for (;;) {
      const id = this.#places[place] as number;
      if (id < 0) break;
      if (this.#equals(id, bytes, from, to)) {
        this.#last = id;
        return id;
      }
      place = (place + 1) & mask;
    }
    this.#places[place] = this.#count;
    this.#last = this.#add(bytes, from, to);
    return this.#last;
  }

  /** The word as text: UTF-8, or Latin-1 where it is none. */
  text(id: number): string {
    const bytes = this.#pool.subarray(this.#starts[id], this.#starts[id + 1]);
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    } catch {
      return new TextDecoder('windows-1252').decode(bytes);
    }
  }

  #equals(id: number, bytes: Uint8Array, from: number, to: number): boolean {
    const start = this.#starts[id] as number;
    const length = to - from;
    if ((this.#starts[id + 1] as number) - start !== length) return false;
    const pool = this.#pool;
    for (let i = 0; i < length; i += 1) if (pool[start + i] !== bytes[from + i]) return false;
    return true;
  }

  #add(bytes: Uint8Array, from: number, to: number): number {
    const id = this.#count;
    const length = to - from;
    if (this.#used + length > this.#pool.length) {
      const pool = new Uint8Array(Math.max(this.#pool.length * 2, this.#used + length));
      pool.set(this.#pool.subarray(0, this.#used));
      this.#pool = pool;
    }
    if (id + 2 > this.#starts.length) {
      const starts = new Int32Array(this.#starts.length * 2);
      starts.set(this.#starts);
      this.#starts = starts;
    }
    this.#pool.set(bytes.subarray(from, to), this.#used);
    this.#used += length;
    this.#starts[id + 1] = this.#used;
    this.#count = id + 1;
    if (this.#count * 2 > this.#places.length) this.#spread();
    return id;
  }

  #spread(): void {
    const places = new Int32Array(this.#places.length * 2).fill(-1);
    const mask = places.length - 1;
    for (let id = 0; id < this.#count; id += 1) {
      let hash = 0x811c9dc5;
      for (let i = this.#starts[id] as number; i < (this.#starts[id + 1] as number); i += 1)
        hash = Math.imul(hash ^ (this.#pool[i] as number), 0x01000193);
      hash ^= hash >>> 15;
      let place = hash & mask;
      while ((places[place] as number) >= 0) place = (place + 1) & mask;
      places[place] = id;
    }
    this.#places = places;
  }
}
