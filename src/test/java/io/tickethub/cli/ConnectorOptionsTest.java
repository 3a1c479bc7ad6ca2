package io.tickethub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ConnectorOptionsTest {

  @Test
  void anOptionOfSeveralCommandsSaysTheSameInEach() {
    CommandLine connector = HubCommand.commandLine().getSubcommands().get("connector");
    Map<String, Set<String>> texts = new TreeMap<>();
    connector
        .getSubcommands()
        .values()
        .forEach(
            command ->
                command
                    .getCommandSpec()
                    .options()
                    .forEach(
                        option ->
                            texts
                                .computeIfAbsent(option.longestName(), any -> new TreeSet<>())
                                .add(String.join(" ", option.description()))));

    for (String shared : List.of("--directory", "--json", "--reason", "--url", "--data")) {
      assertThat(texts.get(shared)).as(shared).hasSize(1);
    }
  }
}
