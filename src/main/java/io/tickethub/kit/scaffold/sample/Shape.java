package io.tickethub.kit.scaffold.sample;

/** The formats that samples are looked at for. */
public enum Shape {
  JSON,
  JSON_LINES,
  XML,
  SOAP,
  DELIMITED
}
