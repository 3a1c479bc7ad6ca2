package io.tickethub.torture;

import com.fasterxml.jackson.databind.JsonNode;
import io.tickethub.torture.TargetLedger.Effect;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Compares what got a receipt with what took effect at every system and with the hub's own view:
 * everything, once, in the order it was said.
 */
final class Audit {

  static final String LOST = "lost";
  static final String DUPLICATED = "duplicated";
  static final String REORDERED = "reordered";

  private final World world;
  private final Verdict verdict;

  Audit(World world, Verdict verdict) {
    this.world = world;
    this.verdict = verdict;
  }

  /** Audits every ticket at every system. */
  void all() throws IOException, InterruptedException {
    tickets(world.ledger().tickets());
  }

  /** Audits so many tickets, from everywhere, at every system. */
  void some(int most) throws IOException, InterruptedException {
    List<String> all = world.ledger().tickets();
    int step = Math.max(1, all.size() / most);
    tickets(
        java.util.stream.IntStream.range(0, all.size())
            .filter(place -> place % step == 0)
            .mapToObj(all::get)
            .toList());
    verdict.fact("tickets audited", Math.min(all.size(), all.size() / step));
  }

  private void tickets(List<String> tickets) throws IOException, InterruptedException {
    long events = 0;
    for (String ticket : tickets) {
      List<String> said = world.ledger().notes(ticket);
      JsonNode kept = kept(ticket);
      if (kept == null) {
        verdict.violation(LOST, "the hub does not know ticket %s", ticket);
        continue;
      }
      int kinds = kept.get("events").size();
      events += kinds;
      if (kinds != said.size() + 1) {
        verdict.violation(
            kinds < said.size() + 1 ? LOST : DUPLICATED,
            "the hub has %d events of %s, expected %d",
            kinds,
            ticket,
            said.size() + 1);
      }
      String number = kept.at("/ticket/number").asText();
      for (Target target : world.targets()) {
        compare(target, ticket, said, target.ledger().of(number));
      }
    }
    verdict.count("receipts", world.ledger().receipts());
    verdict.count("tickets", world.ledger().tickets().size());
    verdict.count("events", events);
    for (Target target : world.targets()) {
      verdict.count("effects at " + target.name(), target.ledger().notes());
      verdict.count(
          "repeated under the same key to " + target.name(), target.ledger().repetitions());
    }
    noDeadLetters();
  }

  private JsonNode kept(String ticket) throws IOException, InterruptedException {
    try {
      return world.hub().get("/api/tickets/" + ticket);
    } catch (IOException e) {
      if (String.valueOf(e.getMessage()).endsWith("404")) {
        return null;
      }
      throw e;
    }
  }

  private void compare(Target target, String ticket, List<String> said, List<Effect> effects) {
    Map<String, Integer> places = new HashMap<>();
    for (String note : said) {
      places.put(note, places.size());
    }
    List<String> heard = effects.stream().map(Effect::note).filter(Objects::nonNull).toList();
    Map<String, Integer> times = new HashMap<>();
    int last = -1;
    for (String note : heard) {
      if (times.merge(note, 1, Integer::sum) > 1) {
        verdict.violation(DUPLICATED, "%s at %s", note, target.name());
        continue;
      }
      Integer place = places.get(note);
      if (place == null) {
        verdict.violation("invented", "%s at %s got no receipt", note, target.name());
      } else if (place < last) {
        verdict.violation(REORDERED, "%s of %s at %s", note, ticket, target.name());
      } else {
        last = place;
      }
    }
    for (String note : said) {
      if (!times.containsKey(note)) {
        verdict.violation(LOST, "%s at %s", note, target.name());
      }
    }
    inSequence(target, ticket, effects);
  }

  private void inSequence(Target target, String ticket, List<Effect> effects) {
    int last = 0;
    for (Effect effect : effects) {
      if (effect.sequence() < last) {
        verdict.violation(
            REORDERED, "sequence %d of %s at %s", effect.sequence(), ticket, target.name());
      }
      last = Math.max(last, effect.sequence());
    }
  }

  private void noDeadLetters() throws IOException, InterruptedException {
    JsonNode letters = world.hub().get("/api/dead-letters");
    for (JsonNode letter : letters) {
      verdict.violation("dead", "%s", letter);
    }
  }
}
