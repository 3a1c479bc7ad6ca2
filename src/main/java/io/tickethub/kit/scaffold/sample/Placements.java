package io.tickethub.kit.scaffold.sample;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which field means what of the canonical ticket: each field at most one thing, each thing at most
 * one field.
 */
public final class Placements {

  /** The tables of {@link CodeValues} by the meaning whose values they hold. */
  public static final Map<String, String> TABLES =
      Map.of(
          "state", "state",
          "kind", "kind",
          "product", "product",
          "customer.serviceLevel", "level",
          "suspension-cause", "hold",
          "satisfaction", "satisfaction");

  /** Their values have to be understood, or they mean something else. */
  private static final Set<String> CLOSED =
      Set.of("state", "kind", "suspension-cause", "satisfaction");

  private static final double ENOUGH = 0.45;
  private static final double WORTH_A_WORD = 0.25;

  private final Map<String, Placement> placed;
  private final Map<FieldProfile, String> unplaced;

  private Placements(Map<String, Placement> placed, Map<FieldProfile, String> unplaced) {
    this.placed = placed;
    this.unplaced = unplaced;
  }

  /** Proposes a meaning for every field that has a likely one. */
  public static Placements of(List<FieldProfile> fields, FieldNames names, CodeValues codes) {
    List<Placement> candidates = new ArrayList<>();
    for (FieldProfile field : fields) {
      if (!field.path().isUnspeakable()) {
        names
            .meanings()
            .forEach(
                (name, meaning) ->
                    candidate(field, name, meaning, codes).ifPresent(candidates::add));
      }
    }
    candidates.sort(Comparator.comparingDouble(Placement::confidence).reversed());
    Map<String, Placement> placed = new TreeMap<>();
    Map<FieldProfile, String> reasons = new LinkedHashMap<>();
    fields.forEach(field -> reasons.put(field, defaultReason(field)));
    Set<FieldProfile> done = new java.util.HashSet<>();
    for (Placement candidate : candidates) {
      if (done.contains(candidate.field())) {
        continue;
      }
      Placement better = placed.get(candidate.meaning());
      if (candidate.confidence() >= ENOUGH && better == null) {
        placed.put(candidate.meaning(), candidate);
        done.add(candidate.field());
        reasons.remove(candidate.field());
      } else if (reasons.get(candidate.field()).equals(defaultReason(candidate.field()))) {
        reasons.put(
            candidate.field(),
            better == null
                ? "perhaps %s (%.2f)".formatted(candidate.meaning(), candidate.confidence())
                : "perhaps %s (%.2f), but %s fits better"
                    .formatted(
                        candidate.meaning(),
                        candidate.confidence(),
                        better.field().path().label()));
      }
    }
    return new Placements(placed, reasons);
  }

  private static String defaultReason(FieldProfile field) {
    return field.type() == ValueType.EMPTY
        ? "empty in every sample"
        : "no known name; looks like a " + field.type().title();
  }

  private static Optional<Placement> candidate(
      FieldProfile field, String name, Meaning meaning, CodeValues codes) {
    double byName = FieldNames.likeness(field.path(), meaning);
    double byType = byType(field, name, codes);
    double confidence =
        Math.max(byName == 0 ? 0 : combined(byName, field, name, meaning, codes), byType);
    if (name.equals("message-id")) {
      confidence *= field.isUnique() ? countingFactor(field) : 0.4;
    }
    if (field.repeated()) {
      confidence *= 0.6;
    }
    String reason =
        (byName == 0 ? "no known name" : "its name") + ", values: " + field.type().title();
    return confidence < WORTH_A_WORD
        ? Optional.empty()
        : Optional.of(new Placement(field, name, confidence, reason));
  }

  private static double combined(
      double byName, FieldProfile field, String name, Meaning meaning, CodeValues codes) {
    if (field.type() == ValueType.EMPTY) {
      return byName * 0.9;
    }
    if (CLOSED.contains(name)) {
      double understood = codes.share(TABLES.get(name), field.values().keySet());
      return understood == 0
          ? byName * 0.4
          : Math.min(0.98, byName + (1 - byName) * understood / 2);
    }
    if (meaning.never().contains(field.type())) {
      return byName * 0.35;
    }
    if (meaning.types().contains(field.type())) {
      return Math.min(0.98, byName + (1 - byName) * 0.3);
    }
    return meaning.types().isEmpty() ? byName : byName * 0.85;
  }

  /** What values alone tell. */
  private static double byType(FieldProfile field, String meaning, CodeValues codes) {
    return switch (meaning) {
      case "ticket.hub" -> field.type() == ValueType.HUB_NUMBER ? 0.9 : 0;
      case "customer.identityCard" -> field.type() == ValueType.IDENTITY_CARD ? 0.8 : 0;
      case "attributes.transport.plate" -> field.type() == ValueType.PLATE ? 0.7 : 0;
      case "customer.phone" ->
          field.type() == ValueType.PHONE ? 0.5 : field.type() == ValueType.CONTACT ? 0.45 : 0;
      case "customer.name" -> field.type() == ValueType.NAME ? 0.3 : 0;
      case "reported-at" -> field.type() == ValueType.DATE ? 0.3 : 0;
      case "message-id" ->
          field.type() == ValueType.IDENTIFIER && field.isUnique() && field.records() > 2
              ? 0.45
              : 0;
      case "state" ->
          field.isCode()
                  && field.values().size() > 1
                  && codes.share("state", field.values().keySet()) >= 0.75
              ? 0.55
              : 0;
      default -> 0;
    };
  }

  /** Numbers that only count the lines of a file say nothing of the message. */
  private static double countingFactor(FieldProfile field) {
    boolean counts =
        field.type() == ValueType.NUMBER
            && field.values().keySet().stream().allMatch(value -> value.length() < 5);
    return counts ? 0.5 : 1;
  }

  public Optional<Placement> of(String meaning) {
    return Optional.ofNullable(placed.get(meaning));
  }

  public boolean has(String meaning) {
    return placed.containsKey(meaning);
  }

  /** By meaning. */
  public Map<String, Placement> placed() {
    return placed;
  }

  /** The fields nothing was found for, with what is known of them. */
  public Map<FieldProfile, String> unplaced() {
    return unplaced;
  }
}
