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
import java.util.Map;
import java.util.TreeMap;
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
    List<Integer> ports = Ports.free(Neighbours.SERVERS.size() + 3);
    Map<String, Integer> servers = new TreeMap<>();
    for (String server : Neighbours.SERVERS) {
      servers.put(server, ports.get(3 + servers.size()));
    }
    Neighbours.Address address =
        new Neighbours.Address(
            URI.create("http://127.0.0.1:" + ports.get(0)),
            "tcp://127.0.0.1:" + ports.get(1),
            directory.resolve("neighbours"),
            UUID.randomUUID().toString(),
            servers,
            pace,
            seed);
    Files.createDirectories(address.directory());
    secretFile(directory.resolve("secret"), address.secret());
    secretFile(directory.resolve("neighbours.json"), JSON.writeValueAsString(address));
    secretFile(directory.resolve("hub.yaml"), configuration(home, directory, address));
    return new Surroundings(directory, address.hub(), address, ports.get(2));
  }

  private static void secretFile(Path file, String content) throws IOException {
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, content);
  }

  private static String configuration(Path home, Path directory, Neighbours.Address address) {
    return """
    hub:
      data: DIRECTORY/data
      listen: {port: HUB_PORT}
      broker:
        embedded:
          port: BROKER_PORT
          users:
            - {name: call-center, password: "SECRET", send: [call-center.request, call-center.list], consume: [call-center.task, call-center.reply, call-center.list-request]}
            - {name: noc, password: "SECRET", send: [noc.progress, noc.list], consume: [noc.order, noc.list-request]}
            - {name: business-analysis, password: "SECRET", consume: [hub.events]}
      database:
        embedded: {binaries: HOME/target/postgresql}
      connectors:
        directory: HOME/connectors
        routes: HOME/routes
        settings:
          call-center: {}
          fault-112: {soap-url: "http://127.0.0.1:<fault-112>/soap", ftp-host: "127.0.0.1:<fault-112-ftp>", ftp-password: "file:DIRECTORY/secret", poll: 500ms}
          crm-bss: {base-url: "http://127.0.0.1:<crm-bss>"}
          partner-hospital: {base-url: "http://127.0.0.1:<partner-hospital>", webhook-secret: "file:DIRECTORY/secret"}
          partner-campus-card: {sftp: "127.0.0.1:<partner-campus-card>", password: "file:DIRECTORY/secret", known-hosts: "DIRECTORY/neighbours/known_hosts", poll: 500ms}
          partner-transport: {base-url: "http://127.0.0.1:<partner-transport>", secret: "file:DIRECTORY/secret"}
          messaging-ecp: {base-url: "http://127.0.0.1:<messaging-ecp>", api-key: "file:DIRECTORY/secret", quiet-from: "00:00", quiet-to: "00:00"}
          messaging-ecp-staff: {base-url: "http://127.0.0.1:<messaging-ecp-staff>", api-key: "file:DIRECTORY/secret"}
          partner-general: {webhook-url: "http://127.0.0.1:<partner-general>/send", api-key: "file:DIRECTORY/secret", gateway-key: "file:DIRECTORY/secret"}
          partner-government: {soap-url: "http://127.0.0.1:<partner-government>/soap", secret: "file:DIRECTORY/secret"}
          noc: {}
          business-analysis: {sftp: "127.0.0.1:<business-analysis>", password: "file:DIRECTORY/secret", known-hosts: "DIRECTORY/neighbours/known_hosts", schedule: "*/3 * * * * *", settle: 3s}
          customer-response: {base-url: "http://127.0.0.1:<customer-response>", secret: "file:DIRECTORY/secret"}
          field-service: {ftp: "127.0.0.1:<field-service>", password: "file:DIRECTORY/secret", poll: 500ms}
          support-centre: {base-url: "http://127.0.0.1:<support-centre>", api-key: "file:DIRECTORY/secret", webhook-key: "file:DIRECTORY/secret"}
    """
        .replace("HUB_PORT", Integer.toString(address.hub().getPort()))
        .replace("BROKER_PORT", Integer.toString(URI.create(address.broker()).getPort()))
        .replace("HOME", home.toString())
        .replace("DIRECTORY", directory.toString())
        .replace("SECRET", address.secret())
        .transform(text -> withPorts(text, address.ports()));
  }

  private static String withPorts(String text, Map<String, Integer> ports) {
    String filled = text;
    for (Map.Entry<String, Integer> server : ports.entrySet()) {
      filled = filled.replace("<%s>".formatted(server.getKey()), server.getValue().toString());
    }
    return filled;
  }
}
