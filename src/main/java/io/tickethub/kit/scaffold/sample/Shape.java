package io.tickethub.kit.scaffold.sample;

import java.util.List;
import java.util.Locale;

/** The formats that samples are looked at for. */
public enum Shape {
  JSON("json"),
  JSON_LINES("json-lines", "json"),
  XML("xml"),
  SOAP("soap"),
  SOAP12("soap12"),
  DELIMITED("delimited"),
  FIXED_WIDTH("fixed-width");

  private final List<String> formats;

  Shape(String... formats) {
    this.formats = List.of(formats);
  }

  /**
   * The formats of a channel that such samples may come through, as manifests write them: as they
   * are, or record by record.
   */
  public List<String> formats() {
    return formats;
  }

  /** Each line is a record of columns. */
  public boolean isTable() {
    return this == DELIMITED || this == FIXED_WIDTH;
  }

  /** For people. */
  public String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
