package io.tickethub.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * The folder of a connector whose system speaks of tickets as the hub does, in JSON over HTTP. It
 * sends to {@code /in/NAME/CHANNEL}, where the channel says what a repeated id with other bytes
 * means: {@code newest}, {@code conflict} or {@code reject}.
 */
public final class PlainConnector {

  private final String name;
  private String delivery = "";
  private String retention = "";
  private boolean canBeAsked;
  private String reconcile = "";
  private String tells =
      "registered, introduced, noted, urged, feedback, dispatched, limit-breached, limit-escalated";

  private PlainConnector(String name) {
    this.name = name;
  }

  public static PlainConnector named(String name) {
    return new PlainConnector(name);
  }

  String name() {
    return name;
  }

  /** What the manifest says under {@code delivery}, as YAML in braces. */
  public PlainConnector delivery(String yaml) {
    delivery = "delivery: " + yaml;
    return this;
  }

  /** What the manifest says under {@code retention}, as YAML in braces. */
  public PlainConnector retention(String yaml) {
    retention = "retention: " + yaml;
    return this;
  }

  /** The system can be asked whether it has a delivery. */
  public PlainConnector canBeAsked() {
    canBeAsked = true;
    return this;
  }

  /**
   * What the system believes is compared, by what the manifest says beside list and ask, as YAML.
   */
  public PlainConnector reconciled(String yaml) {
    tells = tells + ", accepted, processing, replied, archived, cancelled, updated";
    reconcile =
        """
        reconcile:
          list: {format: json, mapping: mapping/list.jsonata, limits: {size: 8MB}}
          ask: {format: json, mapping: mapping/ask.jsonata}
        """
            + yaml.indent(2);
    return this;
  }

  /** What the system is told, as codes with commas between. */
  public PlainConnector tells(String codes) {
    tells = codes;
    return this;
  }

  /** Writes the folder into {@code connectors}, whose {@code products} are the shipped ones. */
  public void writeTo(Path connectors) throws IOException {
    Path products = connectors.resolve("products");
    if (Files.notExists(products)) {
      Files.createDirectories(connectors);
      Files.createSymbolicLink(products, EmbeddedHub.home().resolve("connectors/products"));
    }
    Map<String, String> files = new TreeMap<>();
    files.put("connector.yaml", manifest());
    files.put("routes/%s.camel.yaml".formatted(name), routes());
    files.put("mapping/in.jsonata", "change");
    files.put(
        "mapping/out.jsonata",
        """
        {"key": key, "ticket": ticket.number, "sequence": sequence, "code": code, "note": event.note,
         "reference": reference, "state": ticket.state, "title": ticket.content.title,
         "description": ticket.content.description, "customer": ticket.content.customer.name}
        """);
    files.put(
        "mapping/answer.jsonata",
        """
        {"references": number ? {"%s": number} : {}, "known": known}
        """
            .formatted(name));
    if (!reconcile.isEmpty()) {
      files.put("mapping/list.jsonata", "$");
      files.put(
          "mapping/ask.jsonata", "{\"key\": key, \"page\": page, \"closedSince\": closedSince}");
    }
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = connectors.resolve(name).resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
  }

  private String manifest() {
    String ask =
        canBeAsked
            ? """
                  idempotency: ask
                  ask: {mapping: mapping/out.jsonata, answer: {mapping: mapping/answer.jsonata}}
              """
            : "    idempotency: key\n";
    return """
        name: %s
        titles: {en: %s, zh: 系统}
        owner: {team: tests, contact: tests@example.test}
        settings:
          base-url: {type: url, description: where the system listens}
        %s
        %s
        inbound:
          newest: {format: json, mapping: mapping/in.jsonata, message-id: id, same-id-other-bytes: new-version}
          conflict: {format: json, mapping: mapping/in.jsonata, message-id: id, same-id-other-bytes: conflict}
          reject: {format: json, mapping: mapping/in.jsonata, message-id: id, same-id-other-bytes: reject}
        outbound:
          told:
            tells: [%s]
            format: json
            mapping: mapping/out.jsonata
            answer: {mapping: mapping/answer.jsonata}
        """
            .formatted(name, name, delivery, retention, tells)
        + ask
        + reconcile;
  }

  private String routes() {
    StringBuilder routes = new StringBuilder();
    for (String channel : new String[] {"newest", "conflict", "reject"}) {
      routes.append(
          "- route: {id: %1$s-%2$s, from: {uri: \"servlet:/%1$s/%2$s\", steps: [{to: {uri: \"hub:in/%2$s\"}}]}}\n"
              .formatted(name, channel));
    }
    routes.append(outward("out", "told"));
    if (!reconcile.isEmpty()) {
      routes.append(
          "- route: {id: %s-list, from: {uri: \"hub:out/reconcile-ask\", steps: [{to: {uri: \"{{base-url}}/list\"}}]}}\n"
              .formatted(name));
    }
    if (canBeAsked) {
      routes.append(outward("ask", "asked"));
    }
    return routes.toString();
  }

  private String outward(String direction, String path) {
    return "- route: {id: %s-%s, from: {uri: \"hub:%s/told\", steps: [{to: {uri: \"{{base-url}}/%s\"}}]}}\n"
        .formatted(name, direction, direction, path);
  }
}
