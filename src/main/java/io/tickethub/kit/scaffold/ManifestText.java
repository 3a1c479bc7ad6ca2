package io.tickethub.kit.scaffold;

import io.tickethub.kit.scaffold.sample.FieldPath;
import io.tickethub.kit.scaffold.sample.Placement;
import io.tickethub.kit.scaffold.sample.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes the manifest of a connector made from samples. */
final class ManifestText {

  private static final Set<String> RECORDS = Set.of("json-lines", "delimited", "fixed-width");

  private final NewConnector connector;
  private final Proposal proposal;
  private final Drawing drawing;

  /**
   * What the manifest says of itself and its files.
   *
   * @param channel the inbound channel
   * @param format of both channels
   * @param schema the file of the inbound schema; null if there is none
   * @param outSchema the file of the outbound schema; null if there is none
   * @param headers of what is sent, as expressions
   * @param placeholders what stands for what in a transport's texts
   */
  record Drawing(
      String channel,
      Transport transport,
      String format,
      boolean codes,
      String schema,
      String outSchema,
      Map<String, String> headers,
      Map<String, String> placeholders) {

    /** Whether a message is one of many records of a file. */
    boolean hasRecords() {
      return RECORDS.contains(format);
    }

    /** A text with what stands for something replaced by it. */
    String filled(String text) {
      String filled = text;
      for (Map.Entry<String, String> placeholder : placeholders.entrySet()) {
        filled = filled.replace(placeholder.getKey(), placeholder.getValue());
      }
      return filled;
    }
  }

  ManifestText(NewConnector connector, Proposal proposal, Drawing drawing) {
    this.connector = connector;
    this.proposal = proposal;
    this.drawing = drawing;
  }

  String text() {
    Samples samples = proposal.samples();
    StringBuilder text = new StringBuilder();
    if (proposal.guessed()) {
      line(
          text,
          "# Proposed from %d samples; see README.md. The figures are how sure a guess is, from 0 to 1.",
          samples.files().size());
    }
    line(text, "name: %s", connector.name());
    line(
        text,
        "titles: {en: %s, zh: %s}",
        Texts.json(connector.titleEnglish()),
        Texts.json(connector.titleChinese()));
    line(
        text,
        "owner: {team: %s, contact: %s}",
        Texts.json(connector.ownerTeam()),
        Texts.json(connector.ownerContact()));
    line(text, "");
    line(text, "settings:");
    drawing
        .transport()
        .settings()
        .forEach((name, keys) -> line(text, "  %s: %s", name, setting(keys)));
    line(text, "");
    if (!drawing.transport().tls().isEmpty()) {
      line(text, "tls: %s", setting(drawing.transport().tls()));
      line(text, "");
    }
    if (drawing.codes()) {
      line(text, "codes: mapping/codes.yaml");
      line(text, "");
    }
    inbound(text);
    line(text, "");
    outbound(text);
    return text.toString();
  }

  private String setting(Map<String, String> keys) {
    List<String> written = new ArrayList<>();
    keys.forEach(
        (key, value) ->
            written.add(
                "%s: %s"
                    .formatted(
                        key, key.equals("type") ? value : Texts.json(drawing.filled(value)))));
    return "{" + String.join(", ", written) + "}";
  }

  private void inbound(StringBuilder text) {
    Samples samples = proposal.samples();
    line(text, "inbound:");
    line(
        text,
        "  # It %s.%s",
        proposal.purpose().value().title(),
        proposal.guessed()
            ? " %.2f %s".formatted(proposal.purpose().confidence(), proposal.purpose().reason())
            : "");
    line(text, "  %s:", drawing.channel());
    route(text, drawing.transport().in());
    line(text, "    format: %s", drawing.format());
    line(
        text,
        "    charset: %s%s",
        samples.charset().value().name(),
        sure(samples.charset().confidence(), samples.charset().reason()));
    if (drawing.schema() != null) {
      line(text, "    schema: %s", drawing.schema());
    }
    line(text, "    mapping: mapping/%s.jsonata", drawing.channel());
    messageId()
        .ifPresentOrElse(
            id ->
                line(
                    text,
                    "    message-id: %s%s",
                    Texts.json(expression(id)),
                    sure(id.confidence(), id.reason())),
            () -> line(text, "    # No field names a message: its id is the digest of its bytes."));
    if (drawing.hasRecords() && proposal.opens()) {
      line(text, "    # A line that changed is news of the same ticket.");
      line(text, "    same-id-other-bytes: new-version");
    }
    line(text, "    limits: {size: %s}", drawing.hasRecords() ? "64MB" : "1MB");
  }

  /** The field that names a message, if a message is one record. */
  Optional<Placement> messageId() {
    return proposal.samples().list()
        ? Optional.empty()
        : proposal.placements().of("message-id").filter(id -> id.field().isAlwaysThere());
  }

  private String expression(Placement id) {
    List<String> steps = new ArrayList<>(proposal.samples().place().steps());
    steps.addAll(id.field().path().steps());
    return new FieldPath(steps).expression();
  }

  private void outbound(StringBuilder text) {
    String charset = proposal.samples().charset().value().name();
    line(text, "outbound:");
    line(text, "  ticket:");
    line(text, "    tells: [%s]", OutboundText.TELLS);
    route(text, drawing.transport().out());
    line(text, "    format: %s", drawing.format());
    if (!charset.equals("UTF-8")) {
      line(text, "    charset: %s", charset);
      line(text, "    unmappable: transliterate");
    }
    if (drawing.outSchema() != null) {
      line(text, "    schema: %s", drawing.outSchema());
    }
    line(text, "    mapping: mapping/ticket.jsonata");
    if (!drawing.headers().isEmpty()) {
      String headers =
          drawing.headers().entrySet().stream()
              .map(entry -> entry.getKey() + ": " + Texts.json(entry.getValue()))
              .collect(Collectors.joining(", "));
      line(text, "    headers: {%s}", headers);
    }
    line(
        text,
        "    # Its key says what is a repetition; whether the system goes by it, ask: README.md, Repetition.");
    line(text, "    idempotency: key");
  }

  private void route(StringBuilder text, Map<String, String> keys) {
    if (keys.size() == 1) {
      line(text, "    route: {template: %s}", drawing.filled(keys.get("template")));
      return;
    }
    line(text, "    route:");
    keys.forEach(
        (key, value) ->
            line(
                text,
                "      %s: %s",
                key,
                key.equals("template")
                    ? drawing.filled(value)
                    : Texts.json(drawing.filled(value))));
  }

  private String sure(double confidence, String reason) {
    return proposal.guessed() ? " # %.2f %s".formatted(confidence, reason) : "";
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(format.formatted(values)).append('\n');
  }
}
