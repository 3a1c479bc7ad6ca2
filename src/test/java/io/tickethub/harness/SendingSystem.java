package io.tickethub.harness;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** A system that reports to the hub through a {@link PlainConnector}. Thread-safe. */
public final class SendingSystem {

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final JsonMapper json = new JsonMapper();
  private final URI hub;
  private final String name;

  /** {@code name} is the connector's. */
  public SendingSystem(URI hub, String name) {
    this.hub = hub;
    this.name = name;
  }

  /** Reports a ticket under this system's number; returns the HTTP status. */
  public int opens(String ticket) throws IOException, InterruptedException {
    return sends("newest", fresh(), report(ticket));
  }

  /** Says something of a ticket; returns the HTTP status. */
  public int notes(String ticket, String text) throws IOException, InterruptedException {
    return sends("newest", fresh(), note(ticket, text));
  }

  /** An id that was never used. */
  public static String fresh() {
    return UUID.randomUUID().toString();
  }

  public static Map<String, Object> report(String ticket) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("kind", "fault");
    content.put("productClass", "general");
    content.put("title", "no dial tone");
    content.put("attributes", Map.of("productName", "telephone"));
    Map<String, Object> change = change("open", ticket);
    change.put("content", content);
    return change;
  }

  /** The report of a customer with this number. */
  public static Map<String, Object> report(String ticket, String customer) {
    Map<String, Object> report = report(ticket);
    Map<String, Object> content = new LinkedHashMap<>();
    ((Map<?, ?>) report.get("content")).forEach((name, value) -> content.put("" + name, value));
    content.put("customer", Map.of("number", customer));
    report.put("content", content);
    return report;
  }

  public static Map<String, Object> note(String ticket, String text) {
    Map<String, Object> change = change("note", ticket);
    change.put("note", text);
    return change;
  }

  /** A change that says nothing yet, of the ticket with the sender's own number. */
  public static Map<String, Object> change(String type, String ticket) {
    Map<String, Object> change = new LinkedHashMap<>();
    change.put("type", type);
    change.put("ticket", Map.of("id", ticket));
    return change;
  }

  /** Sends a change under an id; returns the HTTP status. */
  public int sends(String channel, String id, Map<String, Object> change)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(hub.resolve("/in/%s/%s".formatted(name, channel)))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body(id, change)))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  private byte[] body(String id, Map<String, Object> change) throws JsonProcessingException {
    return json.writeValueAsBytes(Map.of("id", id, "change", change));
  }
}
