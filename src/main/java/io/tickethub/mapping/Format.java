package io.tickethub.mapping;

/**
 * A syntax: text to a tree of maps, lists, strings, numbers and booleans, and back. Implementations
 * are immutable and thread-safe.
 */
public interface Format {

  /**
   * The tree of a text, checked against the schema if there is one.
   *
   * @throws MappingException if the text is not of this format or breaks the schema
   */
  Object read(String text);

  /**
   * The text of a tree, checked against the schema if there is one.
   *
   * @throws MappingException if the tree cannot be written in this format or breaks the schema
   */
  String write(Object tree);
}
