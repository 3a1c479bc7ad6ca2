package io.tickethub.mapping;

/**
 * How much a message may be before it is refused unread.
 *
 * @param bytes its size
 * @param depth how deep its elements or objects may nest
 */
public record Limits(int bytes, int depth) {

  /** 1 MiB, 64 levels. */
  public static final Limits DEFAULT = new Limits(1 << 20, 64);
}
