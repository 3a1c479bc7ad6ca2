package io.tickethub.kit.contract;

import io.tickethub.connector.camel.RouteSurvey;
import io.tickethub.connector.camel.RouteSurvey.Place;
import io.tickethub.connector.folder.ConnectorDefinition;
import io.tickethub.connector.folder.ConnectorFolder;
import io.tickethub.connector.folder.ConnectorManifest;
import io.tickethub.connector.folder.ConnectorManifest.Inbound;
import io.tickethub.connector.folder.ConnectorManifest.JmsBroker;
import io.tickethub.connector.folder.ConnectorManifest.Setting;
import io.tickethub.connector.folder.ConnectorManifest.Setting.Type;
import io.tickethub.connector.folder.ConnectorManifest.Tls;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What each setting of a connector is for, found out by where its value turns up in the routes'
 * endpoints.
 */
final class SettingRoles {

  private static final Pattern SETTING = Pattern.compile("\\{\\{[^{}]+}}");
  private static final Pattern ADDRESS =
      Pattern.compile("tcp://(\\{\\{[^{}]+}}|[^:{}]+):(\\{\\{[^{}]+}}|[0-9]+).*");
  private static final int FIRST_NUMBER = 41_001;

  /** What a setting can be for. */
  enum Role {
    WEB_URL,
    WEB_ADDRESS,
    WEB_HOST,
    WEB_PORT,
    FTP_ADDRESS,
    FTP_HOST,
    FTP_PORT,
    SFTP_ADDRESS,
    SFTP_HOST,
    SFTP_PORT,
    FTPS_ADDRESS,
    FTPS_HOST,
    FTPS_PORT,
    BROKER_URL,
    BROKER_HOST,
    BROKER_PORT,
    KEY_STORE,
    KEY_STORE_PASSWORD,
    USER,
    PASSWORD,
    KNOWN_HOSTS,
    TOKEN_KEYS,
    INTERVAL,
    OTHER
  }

  private final Map<String, Role> roles = new TreeMap<>();

  private final RouteSurvey survey;

  private SettingRoles(RouteSurvey survey) {
    this.survey = survey;
  }

  /** Reads a folder with a value of its own for every setting. */
  static SettingRoles of(Path folder) {
    ConnectorManifest manifest = ConnectorFolder.manifest(folder);
    Map<String, String> markers = new TreeMap<>();
    int number = FIRST_NUMBER;
    for (Map.Entry<String, Setting> entry : manifest.settings().entrySet()) {
      markers.put(entry.getKey(), marker(entry.getValue(), number++));
    }
    ConnectorDefinition definition = ConnectorFolder.read(folder, markers);
    RouteSurvey survey = RouteSurvey.of(definition);
    SettingRoles found = new SettingRoles(survey);
    manifest
        .settings()
        .forEach(
            (name, setting) -> found.roles.put(name, role(setting, markers.get(name), survey)));
    fromManifest(manifest).forEach(found.roles::replace);
    return found;
  }

  /**
   * Of settings that no endpoint has, but {@code tls}, {@code jms-broker} or {@code bearer-token}.
   */
  private static Map<String, Role> fromManifest(ConnectorManifest manifest) {
    Map<String, Role> roles = new TreeMap<>();
    Tls tls = manifest.tls();
    if (tls != null) {
      put(roles, tls.certificate(), Role.KEY_STORE);
      put(roles, tls.trust(), Role.KEY_STORE);
      put(roles, tls.certificatePassword(), Role.KEY_STORE_PASSWORD);
      put(roles, tls.trustPassword(), Role.KEY_STORE_PASSWORD);
    }
    JmsBroker broker = manifest.jmsBroker();
    if (broker != null) {
      put(roles, broker.user(), Role.USER);
      put(roles, broker.password(), Role.PASSWORD);
      for (String value : broker.properties().values()) {
        put(roles, value, Role.BROKER_URL);
        Matcher address = ADDRESS.matcher(value);
        if (address.matches()) {
          put(roles, address.group(1), Role.BROKER_HOST);
          put(roles, address.group(2), Role.BROKER_PORT);
        }
      }
    }
    manifest.inbound().values().stream()
        .map(Inbound::bearerToken)
        .filter(Objects::nonNull)
        .forEach(token -> put(roles, token.keys(), Role.TOKEN_KEYS));
    return roles;
  }

  private static void put(Map<String, Role> roles, String value, Role role) {
    if (value != null && SETTING.matcher(value).matches()) {
      roles.put(value.substring(2, value.length() - 2).strip(), role);
    }
  }

  Map<String, Role> roles() {
    return new TreeMap<>(roles);
  }

  /** The routes with made-up values of the settings. */
  RouteSurvey survey() {
    return survey;
  }

  private static String marker(Setting setting, int number) {
    return switch (setting.type()) {
      case URL -> "http://marker-%d:9".formatted(number);
      case TEXT, SECRET -> "marker-%d".formatted(number);
      case DISTINGUISHED_NAME -> "CN=marker-%d".formatted(number);
      case NUMBER -> Integer.toString(number);
      case DURATION -> number + "ms";
    };
  }

  private static Role role(Setting setting, String marker, RouteSurvey survey) {
    for (Place place : survey.endpoints()) {
      Role role = role(setting.type(), marker, place);
      if (role != null) {
        return role;
      }
    }
    return setting.type() == Type.URL ? Role.WEB_URL : Role.OTHER;
  }

  private static Role role(Type type, String marker, Place place) {
    if (type == Type.URL) {
      return null;
    }
    String authority = place.address().replaceFirst("/.*", "").replaceFirst("^[^@]*@", "");
    Map<String, Role> address = ADDRESSES.get(protocol(place));
    if (address != null && authority.equals(marker)) {
      return address.get("address");
    }
    if (address != null && authority.startsWith(marker + ":")) {
      return address.get("host");
    }
    if (address != null && authority.endsWith(":" + marker)) {
      return address.get("port");
    }
    return parameter(place, marker);
  }

  private static Role parameter(Place place, String marker) {
    for (Map.Entry<String, String> parameter : place.parameters().entrySet()) {
      if (parameter.getValue().equals(marker)) {
        return switch (parameter.getKey()) {
          case "username", "authUsername" -> Role.USER;
          case "password", "authPassword" -> Role.PASSWORD;
          case "knownHostsFile" -> Role.KNOWN_HOSTS;
          case "delay", "initialDelay", "period" -> Role.INTERVAL;
          default -> null;
        };
      }
    }
    return null;
  }

  static String protocol(Place place) {
    return place.scheme().toLowerCase(Locale.ROOT).replaceFirst("^https$", "http");
  }

  private static final Map<String, Map<String, Role>> ADDRESSES =
      Map.of(
          "http", names(Role.WEB_ADDRESS, Role.WEB_HOST, Role.WEB_PORT),
          "ftp", names(Role.FTP_ADDRESS, Role.FTP_HOST, Role.FTP_PORT),
          "ftps", names(Role.FTPS_ADDRESS, Role.FTPS_HOST, Role.FTPS_PORT),
          "sftp", names(Role.SFTP_ADDRESS, Role.SFTP_HOST, Role.SFTP_PORT));

  private static Map<String, Role> names(Role address, Role host, Role port) {
    return Map.of("address", address, "host", host, "port", port);
  }

  /** The roles' values. */
  static final class Values {
    private final Map<Role, String> values = new EnumMap<>(Role.class);

    Values put(Role role, String value) {
      values.put(role, value);
      return this;
    }

    /** What a setting gets; {@code otherwise} where its role is none of the known. */
    String value(Role role, String otherwise) {
      return values.getOrDefault(role, otherwise);
    }
  }
}
