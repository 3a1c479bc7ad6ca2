package io.tickethub.connector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tickethub.harness.HubUnderTest;
import io.tickethub.standin.Neighbours;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file server does not lead the hub anywhere by the names it lists. */
class SecurityFileNamesIT {

  private static final String PLAIN = "fault_infor_20260103.txt";
  private static final List<String> HOSTILE =
      List.of(
          "../../fault_infor_20260101.txt",
          "../fault_infor_20260101.txt",
          "/etc/fault_infor_20260101.txt",
          "..\\..\\fault_infor_20260101.txt",
          "sub/../../fault_infor_20260101.txt",
          "fault_infor_20260101.txt/../../passwd",
          "../../etc/passwd",
          "x".repeat(400) + "/fault_infor_20260101.txt",
          "\u0000fault_infor_20260101.txt",
          "${file:fault_infor_20260101.txt}/fault_infor_20260101.txt",
          "-fault_infor_20260101.txt");

  @Test
  void onlyAPlainNameIsEverAskedFor(@TempDir Path directory) throws Exception {
    Map<String, byte[]> listed = new LinkedHashMap<>();
    HOSTILE.forEach(name -> listed.put(name, "hostile".getBytes(UTF_8)));
    listed.put(PLAIN, new byte[0]);
    try (HubUnderTest hub =
        HubUnderTest.alone(directory, "--hub.connectors.settings.fault-112.enabled=true")) {
      List<Path> before = outside(directory);
      int port = hub.surroundings().neighbours().port(Neighbours.FTP_OF_112);
      String secret = hub.surroundings().neighbours().secret();
      try (HostileFtpServer server = new HostileFtpServer(port, "ticket-hub", secret, listed)) {
        await()
            .atMost(Duration.ofSeconds(30))
            .untilAsserted(
                () ->
                    assertThat(server.commands())
                        .anyMatch(
                            command -> command.startsWith("RNFR") && command.endsWith(PLAIN)));

        assertThat(server.commands())
            .allSatisfy(
                command -> assertThat(command).doesNotContain("..", "20260101", "passwd", "\\"))
            .filteredOn(command -> command.startsWith("RETR"))
            .allSatisfy(command -> assertThat(command).endsWith(PLAIN));
      }
      assertThat(outside(directory)).isEqualTo(before);
    }
  }

  /** The files beside the hub's data. */
  private static List<Path> outside(Path directory) throws Exception {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(file -> !file.startsWith(directory.resolve("data"))).sorted().toList();
    }
  }
}
