package io.tickethub.mapping;

import java.nio.charset.Charset;

/**
 * A syntax the hub does not know, in Java: {@code format: NAME} of a channel uses it if a jar in
 * the connector's {@code lib} names it in {@code META-INF/services}. One instance serves all
 * channels of the connector, from many threads at once.
 *
 * <p>A tree is of {@code Map} with text keys, {@code List}, {@code String}, {@code Number}, {@code
 * Boolean} and null; a channel's JSON Schema is checked against it. What a mapping gets is what
 * {@link #parse} gave; what {@link #write} gets is what a mapping gave.
 */
public interface MessageFormat {

  /** What manifests call it: lower-case letters, digits and hyphens, none of the hub's own. */
  String name();

  /**
   * The tree of a message. Throw {@link MappingException} to say line, field and value of what is
   * wrong; whatever else is thrown refuses the message too.
   *
   * @param message the bytes, known to be text of the charset, without a byte order mark; a binary
   *     format declares {@code charset: ISO-8859-1}, in which all bytes are
   * @param charset GB18030 where the manifest says GBK or GB2312
   */
  Object parse(byte[] message, Charset charset) throws Exception;

  /**
   * The message of a tree, whose texts hold only what the charset can say. Whatever is thrown makes
   * the delivery a dead letter.
   */
  byte[] write(Object tree, Charset charset) throws Exception;
}
