package io.tickethub.mapping;

/** Sees which codes mappings ask for, for finding out what they cover. */
@FunctionalInterface
public interface MappingObserver {

  MappingObserver NOBODY = (table, code) -> {};

  /** A mapping asks for the hub's code of a system's code, which the table may not hold. */
  void asked(String table, String code);
}
