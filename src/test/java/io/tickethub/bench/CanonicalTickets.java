package io.tickethub.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/** The part that is the same in every hand-written integration: one report into one ticket. */
final class CanonicalTickets {

  static final String SCHEMA =
      """
      create table if not exists bench_message (id text primary key, body bytea not null,
        received_at timestamptz not null default now());
      create table if not exists bench_ticket (number text primary key, state text not null,
        events integer not null, document jsonb not null, updated_at timestamptz not null);
      create table if not exists bench_event (number text not null, sequence integer not null,
        message_id text not null, detail jsonb not null, primary key (number, sequence));
      """;

  private final JsonMapper json = new JsonMapper();
  private final JdbcTemplate database;

  CanonicalTickets(JdbcTemplate database) {
    this.database = database;
    database.execute(SCHEMA);
  }

  JsonNode parse(byte[] report) {
    try {
      return json.readTree(report);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Keeps a report and its ticket in the transaction under way; returns what the targets are told,
   * if they are told anything.
   */
  Optional<byte[]> apply(byte[] body) {
    try {
      JsonNode report = json.readTree(body);
      ObjectNode document = json.createObjectNode();
      document.put("title", report.get("title").asText());
      document.put("remark", report.get("remark").asText());
      document.set("customer", report.get("customer"));
      document.set("product", report.get("product"));
      String number = report.get("ticket").asText();
      String text = json.writeValueAsString(document);
      database.update(
          "insert into bench_message (id, body) values (?, ?)", report.get("id").asText(), body);
      Integer sequence =
          database.queryForObject(
              """
              insert into bench_ticket values (?, 'received', 1, ?::jsonb, now())
              on conflict (number) do update set events = bench_ticket.events + 1,
                document = excluded.document, updated_at = now()
              returning events
              """,
              Integer.class,
              number,
              text);
      database.update(
          "insert into bench_event values (?, ?, ?, ?::jsonb)",
          number,
          sequence,
          report.get("id").asText(),
          text);
      return report.get("action").asText().equals(Report.INQUIRY)
          ? Optional.empty()
          : Optional.of(told(report));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] told(JsonNode report) throws JsonProcessingException {
    ObjectNode told = json.createObjectNode();
    told.put("key", report.get("id").asText());
    told.put("event", report.get("action").asText());
    told.put("ticket", report.get("ticket").asText());
    told.put("sequence", report.get("sequence").asInt());
    told.put("comment", report.get("remark").asText());
    return json.writeValueAsBytes(told);
  }
}
