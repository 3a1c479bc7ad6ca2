package io.tickethub.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.Option;

/** Which dead letters are meant, if not by their ids. */
final class LetterSelection {

  @Option(names = "--group", description = "of this group; see 'hub dead-letter groups'")
  private String group;

  @Option(names = "--connector", description = "only of this one")
  private String connector;

  @Option(names = "--code", description = "only with this failure code")
  private String code;

  @Option(names = "--ticket", description = "only deliveries of this ticket, by the hub's number")
  private String ticket;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "gave up since: 7d, 12h, 30m, 2026-03-01 or 2026-03-01T08:00")
  private String since;

  @Option(names = "--until", paramLabel = "TIME", description = "gave up before; default: now")
  private String until;

  Map<String, String> query() {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("group", group);
    query.put("connector", connector);
    query.put("code", code);
    query.put("ticket", ticket);
    query.put("since", since);
    query.put("until", until);
    query.values().removeIf(Objects::isNull);
    return query;
  }
}
