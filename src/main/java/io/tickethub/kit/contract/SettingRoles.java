package io.tickethub.kit.contract;

import io.tickethub.connector.camel.RouteSurvey;
import io.tickethub.connector.camel.RouteSurvey.Place;
import io.tickethub.connector.folder.ConnectorDefinition;
import io.tickethub.connector.folder.ConnectorFolder;
import io.tickethub.connector.folder.ConnectorManifest;
import io.tickethub.connector.folder.ConnectorManifest.Setting;
import io.tickethub.connector.folder.ConnectorManifest.Setting.Type;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What each setting of a connector is for, found out by where its value turns up in the routes'
 * endpoints.
 */
final class SettingRoles {

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
    USER,
    PASSWORD,
    KNOWN_HOSTS,
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
    return found;
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
