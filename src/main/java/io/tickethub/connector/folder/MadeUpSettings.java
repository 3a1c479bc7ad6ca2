package io.tickethub.connector.folder;

import io.tickethub.connector.folder.ConnectorManifest.Setting;
import java.util.Map;
import java.util.TreeMap;

/** Values of settings that are good enough to compile a folder with, where no hub runs. */
public final class MadeUpSettings {

  private MadeUpSettings() {}

  public static Map<String, String> of(ConnectorManifest manifest) {
    Map<String, String> values = new TreeMap<>();
    manifest.settings().forEach((name, setting) -> values.put(name, madeUp(setting)));
    return values;
  }

  private static String madeUp(Setting setting) {
    return switch (setting.type()) {
      case NUMBER, DURATION -> "1";
      case URL -> "http://127.0.0.1:9";
      case DISTINGUISHED_NAME -> "CN=made-up";
      case SECRET -> "made-up";
      case TEXT -> setting.defaultValue() == null ? "made-up" : setting.defaultValue();
    };
  }
}
