package io.tickethub.harness;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.tickethub.standin.Neighbours;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * Where a hub and the systems around it are to be, all on loopback, written down in files of one
 * directory: {@code hub.yaml} for the hub, {@code neighbours.json} for the systems.
 *
 * @param directory holds the files, and {@code data} of the hub
 * @param hub the hub's web address
 * @param neighbours the address of each system
 * @param controlPort where a process of the systems can be told to misbehave
 */
public record Surroundings(
    Path directory, URI hub, Neighbours.Address neighbours, int controlPort) {

  private static final JsonMapper JSON =
      JsonMapper.builder().addModule(new JavaTimeModule()).build();

  /**
   * Chooses ports and secrets and writes the files.
   *
   * @param home the source tree
   * @param directory empty
   * @param pace how long the staff of the systems usually takes
   * @param seed of what customers and staff do
   */
  public static Surroundings prepare(Path home, Path directory, Duration pace, long seed)
      throws IOException {
    List<Integer> ports = Ports.free(9);
    Neighbours.Address address =
        new Neighbours.Address(
            URI.create("http://127.0.0.1:" + ports.get(0)),
            "tcp://127.0.0.1:" + ports.get(1),
            directory.resolve("neighbours"),
            UUID.randomUUID().toString(),
            ports.get(2),
            ports.get(3),
            ports.get(4),
            ports.get(5),
            ports.get(6),
            ports.get(7),
            pace,
            seed);
    Files.createDirectories(address.directory());
    secretFile(directory.resolve("secret"), address.secret());
    secretFile(directory.resolve("neighbours.json"), JSON.writeValueAsString(address));
    secretFile(directory.resolve("hub.yaml"), configuration(home, directory, address));
    return new Surroundings(directory, address.hub(), address, ports.get(8));
  }

  private static void secretFile(Path file, String content) throws IOException {
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, content);
  }

  private static String configuration(Path home, Path directory, Neighbours.Address address) {
    return """
        hub:
          data: %1$s/data
          listen: {port: %2$d}
          broker:
            embedded:
              port: %3$d
              users:
                - {name: call-center, password: "%4$s", send: [call-center.request, call-center.list], consume: [call-center.task, call-center.reply, call-center.list-request]}
          database:
            embedded: {binaries: %5$s}
          connectors:
            directory: %6$s/connectors
            routes: %6$s/routes
            settings:
              call-center: {}
              fault-112: {soap-url: "http://127.0.0.1:%7$d/soap", ftp-host: "127.0.0.1:%8$d", ftp-password: "file:%1$s/secret", poll: 500ms}
              crm-bss: {base-url: "http://127.0.0.1:%9$d"}
              partner-hospital: {base-url: "http://127.0.0.1:%10$d", webhook-secret: "file:%1$s/secret"}
              partner-campus-card: {sftp: "127.0.0.1:%11$d", password: "file:%1$s/secret", known-hosts: "%1$s/neighbours/known_hosts", poll: 500ms}
              partner-transport: {base-url: "http://127.0.0.1:%12$d", secret: "file:%1$s/secret"}
        """
        .formatted(
            directory,
            address.hub().getPort(),
            URI.create(address.broker()).getPort(),
            address.secret(),
            home.resolve("target/postgresql"),
            home,
            address.soapPort(),
            address.ftpPort(),
            address.crmPort(),
            address.hospitalPort(),
            address.sftpPort(),
            address.transportPort());
  }
}
