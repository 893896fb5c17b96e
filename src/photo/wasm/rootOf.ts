/**
 * The oldest of all that were joined with one. Each entry of a table, `stride` bytes apart, begins with the number of
 * another that it belongs to, or with its own; the way there is made shorter.
 */
export function rootOf(table: usize, stride: usize, at: u32): u32 {
  let parent = load<u32>(table + stride * at);
  while (parent !== at) {
    const next = load<u32>(table + stride * parent);
    store<u32>(table + stride * at, next);
    at = next;
    parent = load<u32>(table + stride * at);
  }
  return at;
}
