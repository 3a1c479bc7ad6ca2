package io.tickethub.kit.scaffold.sample;

/** What the values of a field look like. */
public enum ValueType {
  EMPTY("always empty"),
  DATE("date"),
  PHONE("phone"),
  CONTACT("text with a phone in it"),
  PLATE("vehicle plate"),
  IDENTITY_CARD("identity card"),
  HUB_NUMBER("number of the hub"),
  NUMBER("number"),
  IDENTIFIER("identifier"),
  NAME("person's name"),
  CODE("code"),
  TEXT("text");

  private final String title;

  ValueType(String title) {
    this.title = title;
  }

  /** For people. */
  public String title() {
    return title;
  }

  /** Values of this type tell who somebody is. */
  public boolean isPersonal() {
    return switch (this) {
      case PHONE, CONTACT, PLATE, IDENTITY_CARD, NAME -> true;
      default -> false;
    };
  }
}
