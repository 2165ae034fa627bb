/**
 * A map whose every version stays readable while a change costs the same however large it is. The newest
 * version owns one ordinary map; older ones hold the difference to the version after them and take the map
 * over when they are read. Fast for the common case, a single line of versions of which the last is read.
 */
export class VersionedMap<K, V> {
  static empty<K, V>(): VersionedMap<K, V> {
    return new VersionedMap(new Map<K, V>(), 0);
  }

  readonly size: number;
  #content: Map<K, V> | Difference<K, V>;

  private constructor(content: Map<K, V>, size: number) {
    this.#content = content;
    this.size = size;
  }

  get(key: K): V | undefined {
    return this.#owned().get(key);
  }

  has(key: K): boolean {
    return this.#owned().has(key);
  }

  /** The values of this version; a copy, since the next change moves the underlying map on. */
  values(): V[] {
    return [...this.#owned().values()];
  }

  with(key: K, value: V): VersionedMap<K, V> {
    const map = this.#owned();
    const before = read(map, key);
    map.set(key, value);
    return this.#succeed(map, key, before);
  }

  without(key: K): VersionedMap<K, V> {
    const map = this.#owned();
    if (!map.has(key)) return this;
    const before = read(map, key);
    map.delete(key);
    return this.#succeed(map, key, before);
  }

  #succeed(map: Map<K, V>, key: K, before: Entry<V>): VersionedMap<K, V> {
    const next = new VersionedMap(map, map.size);
    this.#content = { key, entry: before, next };
    return next;
  }

  /** From a version to the one that owns the map, which comes last. */
  static #line<K, V>(from: VersionedMap<K, V>): VersionedMap<K, V>[] {
    const line = [from];
    let last = from;
    while (!(last.#content instanceof Map)) {
      last = last.#content.next;
      line.push(last);
    }
    return line;
  }

  /** Takes the map over from the version that has it, turning the differences on the way round. */
  #owned(): Map<K, V> {
    if (this.#content instanceof Map) return this.#content;
    const path = VersionedMap.#line(this);
    let owner = path.pop() as VersionedMap<K, V>;
    const map = owner.#content as Map<K, V>;
    for (const version of path.reverse()) {
      const { key, entry } = version.#content as Difference<K, V>;
      owner.#content = { key, entry: read(map, key), next: version };
      if (entry === null) map.delete(key);
      else map.set(key, entry.value);
      version.#content = map;
      owner = version;
    }
    return map;
  }
}

/** What a key held; null for nothing, which is not the same as holding `undefined`. */
type Entry<V> = { readonly value: V } | null;

interface Difference<K, V> {
  readonly key: K;
  readonly entry: Entry<V>;
  readonly next: VersionedMap<K, V>;
}

function read<K, V>(map: Map<K, V>, key: K): Entry<V> {
  return map.has(key) ? { value: map.get(key) as V } : null;
}
