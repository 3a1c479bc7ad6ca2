package io.tickethub.kit.contract;

import io.tickethub.connector.camel.RouteSurvey;
import io.tickethub.connector.camel.RouteSurvey.Place;
import io.tickethub.connector.folder.ConnectorDefinition;
import io.tickethub.connector.folder.ConnectorFolder;
import io.tickethub.connector.folder.ConnectorManifest;
import io.tickethub.connector.folder.ConnectorManifest.Setting;
import io.tickethub.connector.folder.ConnectorManifest.Setting.Type;
import io.tickethub.connector.proof.SenderProof;
import io.tickethub.kit.contract.SettingRoles.Role;
import io.tickethub.kit.contract.server.BrokerServer;
import io.tickethub.kit.contract.server.FileServer;
import io.tickethub.kit.contract.server.FtpFileServer;
import io.tickethub.kit.contract.server.Received;
import io.tickethub.kit.contract.server.ServerTls;
import io.tickethub.kit.contract.server.SftpFileServer;
import io.tickethub.kit.contract.server.SystemServer;
import io.tickethub.kit.contract.server.TlsIdentity;
import io.tickethub.kit.contract.server.TokenServer;
import io.tickethub.kit.contract.server.WebServer;
import jakarta.jms.ConnectionFactory;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** One connector among servers that play its system. */
final class Stage implements AutoCloseable {

  private final Path source;
  private final Path folder;
  private final Path secrets;
  private final Map<String, String> values = new TreeMap<>();
  private final Map<String, String> given = new TreeMap<>();
  private final String password = UUID.randomUUID().toString();
  private final WebServer web;
  private final FtpFileServer ftp;
  private final FtpFileServer ftps;
  private final SftpFileServer sftp;
  private final BrokerServer broker;
  private final TlsIdentity identity;
  private final TokenServer tokens;
  private final ConnectorDefinition definition;
  private final RouteSurvey survey;
  private final OutboundExamples examples;
  private final WebSystem webSystem;
  private final FreshNames names;

  /**
   * Reads a folder and opens the servers that it needs.
   *
   * @param source the connector's folder
   * @param folder its copy, changed for the suite
   * @param secrets an existing directory
   * @param names those of all folders that are tried in the same hub
   */
  Stage(Path source, Path folder, Path secrets, FreshNames names) throws IOException {
    this.names = names;
    this.source = source;
    this.folder = folder;
    this.secrets = secrets;
    SettingRoles read = SettingRoles.of(folder);
    Map<String, Role> roles = read.roles();
    ConnectorManifest manifest = ConnectorFolder.manifest(folder);
    ServerTls tls = manifest.tls() == null ? null : tls(manifest, read.survey());
    this.identity = tls == null ? null : tls.own();
    this.web = new WebServer(this::answer, tls);
    Charset fileNames = fileNames(read.survey());
    this.ftp =
        needs(roles, Role.FTP_ADDRESS, Role.FTP_HOST)
            ? new FtpFileServer(password, fileNames, null)
            : null;
    this.ftps =
        tls != null && needs(roles, Role.FTPS_ADDRESS, Role.FTPS_HOST)
            ? new FtpFileServer(password, fileNames, tls)
            : null;
    this.sftp =
        needs(roles, Role.SFTP_ADDRESS, Role.SFTP_HOST)
            ? new SftpFileServer(password, fileNames)
            : null;
    this.broker =
        manifest.jmsBroker() == null
            ? null
            : new BrokerServer(manifest.jmsBroker().user() == null ? null : password);
    this.tokens = roles.containsValue(Role.TOKEN_KEYS) ? new TokenServer() : null;
    settle(roles);
    this.definition = ConnectorFolder.read(folder, values);
    this.survey = RouteSurvey.of(definition);
    Map<String, Charset> charsets = new TreeMap<>();
    definition
        .outbound()
        .forEach((channel, out) -> charsets.put(channel, WebSystem.answerCharset(out)));
    this.examples = new OutboundExamples(folder, charsets, names);
    this.webSystem = new WebSystem(definition, survey, examples);
    makeDirectories();
  }

  /** Names that nothing else in the hub has. */
  FreshNames names() {
    return names;
  }

  /** Certificates of the system, and of one that only says it is the system. */
  private ServerTls tls(ConnectorManifest manifest, RouteSurvey routes) {
    boolean implicit =
        routes.endpoints().stream()
            .anyMatch(place -> "true".equals(place.parameters().get("implicit")));
    return new ServerTls(
        TlsIdentity.make(secrets.resolve(name() + "-own.p12")),
        TlsIdentity.make(secrets.resolve(name() + "-foreign.p12")),
        manifest.tls().certificate() != null,
        implicit);
  }

  private static boolean needs(Map<String, Role> roles, Role... any) {
    return List.of(any).stream().anyMatch(roles::containsValue);
  }

  /** The charset of file names is written in the routes alone. */
  private static Charset fileNames(RouteSurvey survey) {
    return survey.endpoints().stream()
        .flatMap(
            place ->
                Stream.of("filenameEncoding", "ftpClient.controlEncoding")
                    .map(place.parameters()::get))
        .filter(Objects::nonNull)
        .findFirst()
        .map(Charset::forName)
        .orElse(StandardCharsets.UTF_8);
  }

  private void settle(Map<String, Role> roles) throws IOException {
    SettingRoles.Values byRole =
        new SettingRoles.Values()
            .put(Role.WEB_URL, web.url().toString())
            .put(Role.WEB_ADDRESS, "127.0.0.1:" + web.port())
            .put(Role.WEB_HOST, "127.0.0.1")
            .put(Role.WEB_PORT, Integer.toString(web.port()))
            .put(Role.USER, FileServer.USER)
            .put(Role.PASSWORD, password);
    if (ftp != null) {
      byRole
          .put(Role.FTP_ADDRESS, "127.0.0.1:" + ftp.port())
          .put(Role.FTP_HOST, "127.0.0.1")
          .put(Role.FTP_PORT, Integer.toString(ftp.port()));
    }
    if (ftps != null) {
      byRole
          .put(Role.FTPS_ADDRESS, "127.0.0.1:" + ftps.port())
          .put(Role.FTPS_HOST, "127.0.0.1")
          .put(Role.FTPS_PORT, Integer.toString(ftps.port()));
    }
    if (identity != null) {
      byRole
          .put(Role.KEY_STORE, identity.store().toString())
          .put(Role.KEY_STORE_PASSWORD, identity.password());
    }
    if (broker != null) {
      byRole
          .put(Role.BROKER_URL, broker.url())
          .put(Role.BROKER_HOST, "127.0.0.1")
          .put(Role.BROKER_PORT, Integer.toString(broker.port()));
    }
    if (tokens != null) {
      byRole.put(Role.TOKEN_KEYS, tokens.keys().toString());
    }
    if (sftp != null) {
      Path hosts = secrets.resolve(name() + "-known-hosts");
      Files.writeString(hosts, sftp.knownHost() + "\n");
      byRole
          .put(Role.SFTP_ADDRESS, "127.0.0.1:" + sftp.port())
          .put(Role.SFTP_HOST, "127.0.0.1")
          .put(Role.SFTP_PORT, Integer.toString(sftp.port()))
          .put(Role.KNOWN_HOSTS, hosts.toString());
    }
    for (Map.Entry<String, Setting> entry :
        ConnectorFolder.manifest(folder).settings().entrySet()) {
      String setting = entry.getKey();
      settle(setting, entry.getValue(), roles.get(setting), byRole);
    }
  }

  private void settle(String name, Setting setting, Role role, SettingRoles.Values byRole)
      throws IOException {
    String value =
        role == Role.INTERVAL
            ? setting.type() == Type.NUMBER ? "200" : "200ms"
            : byRole.value(role, usual(setting));
    if (setting.type() == Type.SECRET) {
      Path file = secrets.resolve(name() + "-" + name);
      Files.writeString(file, value);
      given.put(name, "file:" + file);
    } else {
      given.put(name, value);
    }
    values.put(name, value);
  }

  private static String usual(Setting setting) {
    if (setting.defaultValue() != null) {
      return setting.defaultValue();
    }
    return switch (setting.type()) {
      case NUMBER -> "1";
      case DURATION -> "1s";
      case DISTINGUISHED_NAME -> "CN=contract";
      case SECRET -> UUID.randomUUID().toString();
      case TEXT, URL -> "contract";
    };
  }

  private void makeDirectories() throws IOException {
    for (Place place : survey.endpoints()) {
      Optional<FileServer> server = fileServer(place);
      if (server.isPresent()) {
        Files.createDirectories(server.get().root().resolve(directory(place)));
      }
    }
  }

  /** The directory of a file server that an endpoint names. */
  static String directory(Place place) {
    int slash = place.address().indexOf('/');
    return slash < 0 ? "" : place.address().substring(slash + 1).replaceFirst("^/+", "");
  }

  String name() {
    return folder.getFileName().toString();
  }

  /** The folder as its engineer left it. */
  Path source() {
    return source;
  }

  /** A place for what is taken out of the folder for a while. */
  Path aside() {
    return secrets;
  }

  Path folder() {
    return folder;
  }

  ConnectorDefinition definition() {
    return definition;
  }

  RouteSurvey survey() {
    return survey;
  }

  OutboundExamples examples() {
    return examples;
  }

  WebServer web() {
    return web;
  }

  /** Signs the tokens of its senders; null if they have none. */
  TokenServer tokens() {
    return tokens;
  }

  /** Whether a sender of its channels shows a certificate. */
  boolean asksForCertificates() {
    return definition.inbound().values().stream()
        .flatMap(channel -> channel.proofs().stream())
        .anyMatch(SenderProof::isCertificate);
  }

  /** The server behind an FTP or SFTP endpoint. */
  Optional<FileServer> fileServer(Place place) {
    return switch (place.scheme()) {
      case "ftp" -> Optional.ofNullable(ftp);
      case "ftps" -> Optional.ofNullable(ftps);
      case "sftp" -> Optional.ofNullable(sftp);
      default -> Optional.empty();
    };
  }

  /** The server behind any endpoint that one of ours can be behind. */
  Optional<SystemServer> server(Place place) {
    if (place.scheme().startsWith("http")) {
      return Optional.of(web);
    }
    return place.scheme().equals("jms")
        ? Optional.ofNullable(broker)
        : fileServer(place).map(server -> server);
  }

  /** Connections to the broker that the connector's queues are on: its system's, or the hub's. */
  Supplier<ConnectionFactory> queues(HubHolder hub) {
    return broker == null
        ? () -> hub.part(ActiveMQConnectionFactory.class)
        : () -> broker.connections();
  }

  /** The values of the hub's configuration that connect it. */
  List<String> configuration() {
    List<String> arguments = new ArrayList<>();
    given.forEach(
        (setting, value) ->
            arguments.add("--hub.connectors.settings.%s.%s=%s".formatted(name(), setting, value)));
    return arguments;
  }

  private WebServer.Reply answer(Received request) {
    return webSystem.answer(request);
  }

  /** What its system answers to web requests. */
  WebSystem webSystem() {
    return webSystem;
  }

  /** Whether something may have come by this endpoint. */
  static boolean leadsTo(Place place, Received request) {
    if (place.scheme().equals("jms")) {
      return place.address().replaceFirst("^queue:", "").equals(request.place());
    }
    if (!place.scheme().startsWith("http")) {
      return request.place().startsWith(directory(place));
    }
    String method = place.parameters().get("httpMethod");
    if (method != null && !method.equals(request.method())) {
      return false;
    }
    String path = "/" + directory(place);
    int unknown = path.indexOf("${");
    return unknown < 0
        ? request.place().equals(path) || request.place().startsWith(path + "/")
        : request.place().startsWith(path.substring(0, unknown));
  }

  @Override
  public void close() {
    web.close();
    if (tokens != null) {
      tokens.close();
    }
    Stream.of(ftp, ftps, sftp, broker).filter(Objects::nonNull).forEach(SystemServer::close);
  }
}
