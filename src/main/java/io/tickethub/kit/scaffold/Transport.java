package io.tickethub.kit.scaffold;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.tickethub.definition.DefinitionException;
import io.tickethub.kit.scaffold.sample.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A way a new connector talks, from {@code transports.yaml}.
 *
 * @param formats of channels it carries
 * @param otherSide what the system has to do
 * @param repetition by what the system knows a second copy of a delivery, and how to try it
 * @param settings as a manifest has them
 * @param tls as a manifest has it; empty for none
 * @param in the keys of the route from the system
 * @param out the keys of the route to the system
 */
record Transport(
    String title,
    Set<String> formats,
    @JsonProperty("other-side") String otherSide,
    String repetition,
    Map<String, Map<String, String>> settings,
    Map<String, String> tls,
    Map<String, String> in,
    Map<String, String> out) {

  Transport {
    tls = tls == null ? Map.of() : tls;
  }

  private static Map<String, Transport> shipped() {
    try (InputStream file =
        Transport.class.getResourceAsStream("/io/tickethub/kit/scaffold/transports.yaml")) {
      return new YAMLMapper()
          .readValue(file, new TypeReference<LinkedHashMap<String, Transport>>() {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Throws if there is none of this name, or if it does not carry such samples. */
  static Transport of(String name, Shape shape) {
    Map<String, Transport> shipped = shipped();
    Transport transport = shipped.get(name);
    if (transport == null) {
      throw new DefinitionException(
          "there is no transport '%s'; there are %s".formatted(name, shipped.keySet()));
    }
    transport.format(shape);
    return transport;
  }

  /** The format of the channel through which such samples come, as manifests write it. */
  String format(Shape shape) {
    return shape.formats().stream()
        .filter(formats::contains)
        .findFirst()
        .orElseThrow(
            () ->
                new DefinitionException(
                    "%s does not carry the format '%s', only %s; choose another --transport"
                        .formatted(title, shape.formats().get(0), formats)));
  }

  /** Whether messages are files. */
  boolean isOfFiles() {
    return in.get("template").endsWith("-file-in");
  }

  /** How samples of this format usually come. */
  static String usual(Shape shape) {
    return switch (shape) {
      case JSON, XML -> "http";
      case SOAP, SOAP12 -> "soap";
      case JSON_LINES, DELIMITED, FIXED_WIDTH -> "sftp";
    };
  }
}
