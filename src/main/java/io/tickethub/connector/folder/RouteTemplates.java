package io.tickethub.connector.folder;

import io.tickethub.connector.folder.RouteTemplate.Direction;
import io.tickethub.connector.folder.RouteTemplate.Parameter;
import io.tickethub.definition.DefinitionException;
import io.tickethub.definition.YamlFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The route templates beside the connectors: {@code templates/NAME/template.yaml}. */
public final class RouteTemplates {

  private static final String TEMPLATE_FILE = "template.yaml";
  private static final String ROUTE_FILE = "route.camel.yaml";

  private final Path directory;

  /** {@code directory} need not be there. */
  public RouteTemplates(Path directory) {
    this.directory = directory;
  }

  /** Those beside the folder of a connector. */
  public static RouteTemplates beside(Path connector) {
    return new RouteTemplates(connector.toAbsolutePath().resolveSibling("templates"));
  }

  /**
   * A channel of a manifest.
   *
   * @param given what every template can use: {@code connector}, {@code channel}, {@code charset}
   */
  record Channel(
      Path manifest,
      List<String> keys,
      Direction direction,
      SyntaxName format,
      Map<String, String> given,
      Route route) {

    String name() {
      return given.get("channel");
    }

    private DefinitionException wrong(String key, String cause) {
      return new DefinitionException("%s: %s".formatted(place(key), cause));
    }

    private String place(String key) {
      List<String> path = Stream.concat(keys.stream(), Stream.of("route", key)).toList();
      int line = YamlFiles.line(manifest, path);
      return "%s, line %d: channel '%s'".formatted(manifest, line, name());
    }
  }

  /** The routes of all channels of a manifest that name a template. */
  List<TemplatedRoute> routes(Path file, ConnectorManifest manifest, Map<String, String> settings) {
    List<Channel> channels = new ArrayList<>();
    manifest
        .inbound()
        .forEach(
            (name, form) ->
                channels.add(
                    new Channel(
                        file,
                        List.of("inbound", name),
                        Direction.IN,
                        form.formatName(),
                        given(manifest, name, form.charset()),
                        form.route())));
    manifest
        .outbound()
        .forEach(
            (name, form) ->
                channels.add(
                    new Channel(
                        file,
                        List.of("outbound", name),
                        Direction.OUT,
                        form.formatName(),
                        given(manifest, name, form.charset()),
                        form.route())));
    addLists(channels, file, manifest);
    manifest
        .exports()
        .forEach(
            (name, form) ->
                channels.add(
                    new Channel(
                        file,
                        List.of("exports", name),
                        Direction.OUT,
                        form.formatName(),
                        given(manifest, name, form.channel().charset()),
                        form.route())));
    return channels.stream()
        .filter(channel -> channel.route() != null)
        .map(channel -> route(channel, settings))
        .toList();
  }

  private static void addLists(List<Channel> channels, Path file, ConnectorManifest manifest) {
    Reconcile form = manifest.reconcile();
    if (form == null) {
      return;
    }
    channels.add(
        new Channel(
            file,
            List.of("reconcile", "list"),
            Direction.IN,
            form.list().formatName(),
            given(manifest, Reconcile.LIST, form.list().charset()),
            form.list().route()));
    if (form.ask() != null) {
      ConnectorManifest.Outbound ask = form.ask().channel();
      channels.add(
          new Channel(
              file,
              List.of("reconcile", "ask"),
              Direction.OUT,
              ask.formatName(),
              given(manifest, Reconcile.ASK, ask.charset()),
              ask.route()));
    }
  }

  private static Map<String, String> given(
      ConnectorManifest manifest, String channel, String charset) {
    return Map.of("connector", manifest.name(), "channel", channel, "charset", charset);
  }

  /** The names of all, in order. */
  public List<String> names() {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(directory)) {
      return folders
          .filter(folder -> Files.isRegularFile(folder.resolve(TEMPLATE_FILE)))
          .map(folder -> folder.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new DefinitionException(
          "%s: cannot be read: %s".formatted(directory, e.getMessage()), e);
    }
  }

  /** Those that the channels of a manifest name. */
  public static Set<String> named(ConnectorManifest manifest) {
    Stream<Route> lists =
        manifest.reconcile() == null
            ? Stream.of()
            : Stream.of(
                manifest.reconcile().list().route(),
                manifest.reconcile().ask() == null ? null : manifest.reconcile().ask().route());
    return Stream.of(
            manifest.inbound().values().stream().map(ConnectorManifest.Inbound::route),
            manifest.outbound().values().stream().map(ConnectorManifest.Outbound::route),
            manifest.exports().values().stream().map(Export::route),
            lists)
        .flatMap(routes -> routes)
        .filter(Objects::nonNull)
        .map(Route::template)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The files a template is made of, by their names; none if there is no such template. */
  public Map<String, Path> files(String name) {
    if (!names().contains(name)) {
      return Map.of();
    }
    Path folder = directory.resolve(name);
    return Stream.of(TEMPLATE_FILE, ROUTE_FILE)
        .filter(file -> Files.isRegularFile(folder.resolve(file)))
        .collect(Collectors.toMap(file -> file, folder::resolve));
  }

  /** What {@code NAME/template.yaml} says. */
  public RouteTemplate read(String name) {
    return YamlFiles.read(directory.resolve(name).resolve(TEMPLATE_FILE), RouteTemplate.class);
  }

  /** The route of a channel, its values filled in; throws if the manifest asks for what is not. */
  TemplatedRoute route(Channel channel, Map<String, String> settings) {
    Route route = channel.route();
    if (!names().contains(route.template())) {
      throw channel.wrong(
          "template",
          "there is no route template '%s'; known are %s".formatted(route.template(), names()));
    }
    RouteTemplate template = read(route.template());
    checkFit(channel, template);
    checkParameters(channel, template);
    return new TemplatedRoute(
        channel.name(),
        route.template(),
        directory.resolve(route.template()).resolve(ROUTE_FILE),
        values(channel, template, settings),
        channel.place("template"));
  }

  private static void checkFit(Channel channel, RouteTemplate template) {
    if (template.direction() != channel.direction()) {
      throw channel.wrong(
          "template",
          "template '%s' serves channels of the other direction"
              .formatted(channel.route().template()));
    }
    if (!template.formats().isEmpty()
        && !template.formats().contains(channel.format().text())
        && !template.formats().contains(channel.format().syntax().text())) {
      throw channel.wrong(
          "template",
          "template '%s' carries %s, not %s"
              .formatted(
                  channel.route().template(), new TreeSet<>(template.formats()), channel.format()));
    }
  }

  private static void checkParameters(Channel channel, RouteTemplate template) {
    Map<String, Parameter> known = new TreeMap<>(template.parameters());
    for (String given : channel.route().parameters().keySet()) {
      if (!known.containsKey(given)) {
        throw channel.wrong(
            given,
            "template '%s' has no parameter '%s'; known are %s"
                .formatted(channel.route().template(), given, known.keySet()));
      }
    }
    known.forEach(
        (name, parameter) -> {
          if (parameter.required() && !channel.route().parameters().containsKey(name)) {
            throw channel.wrong(
                "template",
                "template '%s' needs the parameter '%s' (%s); known are %s"
                    .formatted(
                        channel.route().template(), name, parameter.description(), known.keySet()));
          }
        });
  }

  private static Map<String, String> values(
      Channel channel, RouteTemplate template, Map<String, String> settings) {
    Map<String, String> visible = new TreeMap<>(settings);
    visible.putAll(channel.given());
    Map<String, String> values = new LinkedHashMap<>(channel.given());
    channel
        .route()
        .parameters()
        .forEach((name, value) -> values.put(name, filled(channel, name, value, visible)));
    template
        .parameters()
        .forEach(
            (name, parameter) -> {
              if (parameter.defaultValue() != null && !values.containsKey(name)) {
                values.put(name, filled(channel, name, parameter.defaultValue(), values));
              }
            });
    return Map.copyOf(values);
  }

  private static String filled(
      Channel channel, String parameter, String value, Map<String, String> visible) {
    return Placeholders.fill(
        value,
        visible,
        name ->
            channel.wrong(
                parameter, "'%s': connector.yaml has no setting '%s'".formatted(parameter, name)));
  }
}
