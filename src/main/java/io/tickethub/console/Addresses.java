package io.tickethub.console;

import io.tickethub.connector.Connectors;
import io.tickethub.connector.folder.ConnectorDefinition;
import io.tickethub.connector.folder.ConnectorManifest.Setting;
import io.tickethub.connector.folder.ConnectorManifest.Setting.Type;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Addresses of routes, with the values of settings in them; secrets stay names. */
@Component
public class Addresses {

  private static final Pattern SETTING = Pattern.compile("\\{\\{([a-zA-Z0-9.-]{1,80})}}");

  private final Connectors connectors;

  Addresses(Connectors connectors) {
    this.connectors = connectors;
  }

  public String shown(String connector, String address) {
    return connectors
        .definition(connector)
        .map(definition -> filled(definition, address))
        .orElse(address);
  }

  private static String filled(ConnectorDefinition definition, String address) {
    return SETTING
        .matcher(address)
        .replaceAll(
            found -> {
              Setting setting = definition.manifest().settings().get(found.group(1));
              String value = definition.settings().get(found.group(1));
              return Matcher.quoteReplacement(
                  setting == null || setting.type() == Type.SECRET || value == null
                      ? found.group()
                      : value);
            });
  }
}
