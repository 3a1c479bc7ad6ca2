package io.tickethub.kit.scaffold;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Made-up tickets of which a new connector's system is told, one for each code it is told. */
final class ToldExamples {

  private record Event(String code, String type, String from, String to, String status) {
    static Event state(String code, String from, String to, String status) {
      return new Event(code, "state-changed", from, to, status);
    }

    static Event news(String code) {
      return new Event(code, code, null, "processing", "inProgress");
    }
  }

  private static final List<Event> EVENTS =
      List.of(
          Event.state("introduced", "pre-diagnosing", "dispatched", "inProgress"),
          new Event("reopened", "reopened", "calling-back", "dispatched", "inProgress"),
          Event.news("updated"),
          Event.news("urged"),
          Event.news("repeated"),
          Event.state("cancelled", "processing", "cancelled", "cancelled"),
          Event.news("withdrawn"),
          Event.state("archived", "calling-back", "archived", "closed"),
          Event.news("transferred"),
          Event.news("requested"),
          Event.state("replied", "processing", "replied", "resolved"),
          Event.state("calling-back", "replied", "calling-back", "resolved"));

  private final JsonMapper json = new JsonMapper();

  /** By code, in the order of the manifest's {@code tells}. */
  Map<String, byte[]> of(NewConnector connector) {
    Map<String, byte[]> told = new LinkedHashMap<>();
    int sequence = 3;
    for (Event event : EVENTS) {
      told.put(event.code(), text(tree(connector), event, sequence++));
    }
    return told;
  }

  private byte[] text(ObjectNode told, Event event, int sequence) {
    ObjectNode ticket = told.withObject("/ticket");
    told.put("key", "%s-%d-%s".formatted(ticket.path("number").asText(), sequence, event.code()));
    told.put("code", event.code());
    told.put("sequence", sequence);
    ObjectNode happened = told.withObject("/event");
    happened.put("type", event.type());
    happened.put("from", event.from() == null ? event.to() : event.from());
    happened.put("to", event.to());
    ticket.put("state", event.to());
    ticket.put("tmf621Status", event.status());
    return (told.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private ObjectNode tree(NewConnector connector) {
    try (InputStream file =
        ToldExamples.class.getResourceAsStream("/io/tickethub/kit/scaffold/told.json")) {
      String text =
          new String(file.readAllBytes(), StandardCharsets.UTF_8).replace("NAME", connector.name());
      return (ObjectNode) json.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
