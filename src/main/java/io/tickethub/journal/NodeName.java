package io.tickethub.journal;

/** The name of this node of the cluster: what it holds and writes is marked with it. */
public record NodeName(String value) {

  /** A number made of the name, for identifiers. */
  public int number() {
    return value.hashCode();
  }
}
