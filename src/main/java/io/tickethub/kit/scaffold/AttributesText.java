package io.tickethub.kit.scaffold;

import io.tickethub.kit.scaffold.sample.Placement;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Writes the attributes of a ticket, which differ with its product class. */
final class AttributesText {

  private AttributesText() {}

  static Optional<String> of(Proposal proposal, MappingText mapping, String productOtherwise) {
    Map<String, JsonataObject> byClass = new TreeMap<>();
    proposal
        .placements()
        .placed()
        .forEach(
            (meaning, placement) -> {
              if (meaning.startsWith("attributes.") && proposal.uses(meaning)) {
                String[] steps = meaning.split("\\.");
                byClass
                    .computeIfAbsent(steps[1], any -> new JsonataObject())
                    .add(steps[2], value(steps[2], placement, mapping), mapping.sure(placement));
              }
            });
    proposal
        .placements()
        .of("product")
        .ifPresent(
            product ->
                byClass
                    .computeIfAbsent("general", any -> new JsonataObject())
                    .add("productName", mapping.value(product), ""));
    if (byClass.isEmpty()) {
      return Optional.of(
          new JsonataObject()
              .add(
                  "productName",
                  Texts.json(productOtherwise),
                  mapping.doubt("0.30 a ticket of the class general needs it"))
              .text(6));
    }
    if (!proposal.uses("product")) {
      return Optional.of(byClass.values().iterator().next().text(6));
    }
    StringBuilder text = new StringBuilder();
    byClass.forEach(
        (name, attributes) -> {
          text.append(text.isEmpty() ? "" : " : ");
          text.append("$product = \"%s\" ? ".formatted(name)).append(attributes.text(6));
        });
    return Optional.of(text.toString());
  }

  private static String value(String attribute, Placement placement, MappingText mapping) {
    return attribute.equals("plate")
        ? "$plate(%s)".formatted(mapping.value(placement))
        : mapping.value(placement);
  }
}
