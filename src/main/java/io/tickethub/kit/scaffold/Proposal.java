package io.tickethub.kit.scaffold;

import io.tickethub.kit.scaffold.sample.FieldProfile;
import io.tickethub.kit.scaffold.sample.Guess;
import io.tickethub.kit.scaffold.sample.Placement;
import io.tickethub.kit.scaffold.sample.Placements;
import io.tickethub.kit.scaffold.sample.Samples;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a channel's samples are taken for, on the whole and field by field.
 *
 * @param guessed nobody knew what the samples are; false for those of a skeleton
 */
record Proposal(Samples samples, Placements placements, Guess<Purpose> purpose, boolean guessed) {

  /** What messages of a channel do. */
  enum Purpose {
    OPENS("opens tickets"),
    PROGRESS("reports states"),
    FEEDBACK("reports news without a state");

    private final String title;

    Purpose(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }
  }

  private static final Set<String> ONLY_OPENS =
      Set.of(
          "kind",
          "product",
          "satisfaction",
          "region",
          "faultDomain",
          "dispatched-at",
          "repaired-at");

  static Proposal of(Samples samples, Placements placements, boolean guessed) {
    return new Proposal(samples, placements, purpose(placements), guessed);
  }

  private static Guess<Purpose> purpose(Placements placed) {
    boolean names = placed.has("ticket.id") || placed.has("ticket.hub");
    boolean customer = placed.has("customer.name") || placed.has("customer.phone");
    double report =
        (placed.has("title") || placed.has("description") ? 0.4 : 0)
            + (customer || placed.has("customer.number") ? 0.3 : 0)
            + (placed.has("product") ? 0.2 : 0)
            + (placed.has("reported-at") ? 0.1 : 0);
    if (placed.has("state")) {
      if (report >= 0.7 && !placed.has("ticket.hub")) {
        return new Guess<>(
            Purpose.OPENS, 0.6, "a report with customer and fault, and a state beside it");
      }
      double confidence = placed.has("ticket.hub") ? 0.9 : names ? 0.8 : 0.5;
      return new Guess<>(
          Purpose.PROGRESS, confidence, "a state" + (names ? " and a ticket's number" : ""));
    }
    if (report >= 0.4) {
      return new Guess<>(
          Purpose.OPENS,
          Math.min(0.95, 0.45 + report / 2),
          "what is wrong, who reports it, and no state");
    }
    boolean says = placed.has("note") || placed.has("resolution.action");
    return names && says
        ? new Guess<>(Purpose.FEEDBACK, 0.5, "a ticket's number and a text, and no state")
        : new Guess<>(Purpose.OPENS, 0.3, "hardly anything was recognised");
  }

  boolean opens() {
    return purpose.value() == Purpose.OPENS;
  }

  /** Whether the mapping makes use of a meaning that was found. */
  boolean uses(String meaning) {
    if (!placements.has(meaning)) {
      return false;
    }
    if (opens()) {
      return switch (meaning) {
        case "suspension-cause" -> placements.has("state");
        case "occurred-at" -> !placements.has("reported-at");
        case "dispatched-at", "repaired-at" -> !placements.has("state");
        default -> !meaning.startsWith("attributes.") || isOfProduct(meaning);
      };
    }
    return switch (meaning) {
      case "reported-at" -> !placements.has("occurred-at") && !placements.has("repaired-at");
      case "repaired-at" -> !placements.has("occurred-at");
      case "description" -> !placements.has("note");
      case "title" -> !placements.has("note") && !placements.has("description");
      case "resolution.cause", "resolution.code", "suspension-cause" ->
          purpose.value() == Purpose.PROGRESS;
      case "resolution.action" -> purpose.value() == Purpose.PROGRESS || note().isEmpty();
      default ->
          !meaning.startsWith("customer.")
              && !meaning.startsWith("attributes.")
              && !ONLY_OPENS.contains(meaning);
    };
  }

  /** The product class whose attributes were recognised, if the samples do not say the class. */
  java.util.Optional<String> productByAttributes() {
    return placements.placed().values().stream()
        .filter(placement -> placement.meaning().startsWith("attributes."))
        .filter(placement -> !placement.meaning().startsWith("attributes.general."))
        .max(java.util.Comparator.comparingDouble(Placement::confidence))
        .map(placement -> placement.meaning().split("\\.")[1]);
  }

  private boolean isOfProduct(String meaning) {
    return placements.has("product")
        || meaning.startsWith("attributes." + productByAttributes().orElse("general") + ".");
  }

  /** The field that holds what a person wrote, if the channel tells progress. */
  java.util.Optional<String> note() {
    return java.util.stream.Stream.of("note", "description", "title")
        .filter(placements::has)
        .findFirst();
  }

  /** The fields the mapping leaves out, with the reason. */
  Map<FieldProfile, String> leftOut() {
    Map<FieldProfile, String> leftOut = new LinkedHashMap<>(placements.unplaced());
    placements
        .placed()
        .forEach(
            (meaning, placement) -> {
              if (!uses(meaning) && !meaning.equals("message-id")) {
                leftOut.put(
                    placement.field(),
                    "%s (%.2f), which has no place in a message that %s"
                        .formatted(meaning, placement.confidence(), purpose.value().title()));
              }
            });
    return leftOut;
  }
}
