package io.tickethub.api;

import io.tickethub.delivery.DeliveryLog;
import io.tickethub.routing.Routing.Consideration;
import io.tickethub.routing.Told;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Holds what the rules say a system is told of a ticket against what it was to be told. */
final class WhatWasTold {

  private static final Pattern IS_TOLD = Pattern.compile("is told '(.+)'");
  private static final String UPDATED = "updated";

  private final Set<Delivery> deliveries = new HashSet<>();
  private final Set<String> introduced = new HashSet<>();

  private record Delivery(int sequence, String system, String code) {}

  WhatWasTold(List<DeliveryLog.Entry> entries) {
    for (DeliveryLog.Entry entry : entries) {
      deliveries.add(new Delivery(entry.sequence(), entry.connector(), entry.code()));
      if (entry.code().equals(Told.INTRODUCED)) {
        introduced.add(entry.connector());
      }
    }
  }

  /** The consideration, with why it came to nothing if it did. */
  Consideration checked(Consideration considered) {
    Matcher told = IS_TOLD.matcher(considered.outcome());
    if (!told.matches()) {
      return considered;
    }
    String code = told.group(1);
    return deliveries.contains(new Delivery(considered.sequence(), considered.system(), code))
        ? considered
        : new Consideration(
            considered.sequence(),
            considered.event(),
            considered.system(),
            considered.rule(),
            nothing(considered.system(), code)
                .orElse("would be told '%s', but no channel of it carried that".formatted(code)));
  }

  private Optional<String> nothing(String system, String code) {
    return code.equals(UPDATED) && introduced.contains(system)
        ? Optional.of("is not told 'updated': its introduction, not yet sent then, carried it")
        : Optional.empty();
  }
}
