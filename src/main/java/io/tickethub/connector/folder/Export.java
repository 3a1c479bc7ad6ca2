package io.tickethub.connector.folder;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tickethub.connector.folder.ConnectorManifest.Idempotency;
import io.tickethub.connector.folder.ConnectorManifest.Outbound;
import io.tickethub.connector.folder.ConnectorManifest.Syntax;
import io.tickethub.mapping.TextCodec.Unmappable;
import java.util.Map;
import java.util.Set;

/**
 * A file of the ticket events between two times, without personal data.
 *
 * @param schedule where one file ends and the next begins, as a cron expression of six fields in
 *     the connector's zone; may hold settings
 * @param settle how long after its end a file is written, as a duration; may hold settings
 * @param route made from a template; null if a file in {@code routes} serves it
 * @param mapping from one event to one record
 * @param headers of the file: name → JSONata expression over number, day, from and to
 */
public record Export(
    @JsonProperty(required = true) String schedule,
    String settle,
    Route route,
    @JsonProperty(value = "format", required = true) SyntaxName formatName,
    String charset,
    Unmappable unmappable,
    String schema,
    @JsonProperty(required = true) String mapping,
    Map<String, String> headers) {

  public Export {
    settle = settle == null ? "5m" : settle;
    if (!WRITABLE.contains(formatName.syntax())) {
      throw new IllegalArgumentException("an export is delimited, fixed-width or json-lines");
    }
  }

  private static final Set<Syntax> WRITABLE =
      Set.of(Syntax.DELIMITED, Syntax.FIXED_WIDTH, Syntax.JSON_LINES);

  Outbound channel() {
    return new Outbound(
        Set.of(),
        route,
        formatName,
        charset,
        unmappable,
        schema,
        null,
        mapping,
        headers,
        null,
        null,
        null,
        Idempotency.KEY,
        null);
  }
}
