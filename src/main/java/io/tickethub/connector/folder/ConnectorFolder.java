package io.tickethub.connector.folder;

import io.tickethub.connector.folder.ConnectorManifest.Inbound;
import io.tickethub.connector.folder.ConnectorManifest.Outbound;
import io.tickethub.definition.DefinitionException;
import io.tickethub.definition.YamlFiles;
import io.tickethub.delivery.QuietHours;
import io.tickethub.mapping.AnswerTranslation;
import io.tickethub.mapping.CodeTables;
import io.tickethub.mapping.Limits;
import io.tickethub.mapping.MappingObserver;
import io.tickethub.mapping.OutboundTranslation;
import io.tickethub.mapping.PageCursor;
import io.tickethub.mapping.TextCodec;
import io.tickethub.mapping.TextCodec.Unmappable;
import io.tickethub.mapping.Translation;
import io.tickethub.routing.Told;
import io.tickethub.ticket.EventType;
import io.tickethub.ticket.TicketReference;
import io.tickethub.ticket.TicketState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.scheduling.support.CronExpression;

/** Reads a connector's folder, compiles what it holds, and says what is wrong with it. */
public final class ConnectorFolder {

  /** What operators are told of the hub itself; see {@code tells} of a channel. */
  public static final String ALERT = "alert";

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");
  private static final Limits ANSWERS = new Limits(4 << 20, Limits.DEFAULT.depth());
  private static final Set<String> CODES = codes();

  private final Path folder;
  private final ConnectorManifest manifest;
  private final RouteTemplates templates;
  private final LibraryLoader libraries;
  private final Translation translation;
  private final ChannelFormats formats;
  private final Proofs proofs;

  private ConnectorFolder(
      Path folder, RouteTemplates templates, LibraryLoader libraries, MappingObserver observer) {
    this.folder = folder;
    this.templates = templates;
    this.libraries = libraries;
    this.manifest = manifest(folder);
    this.translation = new Translation(codeTables(folder, manifest), zone(), observer);
    this.formats =
        new ChannelFormats(manifestFile(), this::file, LibraryFormats.of(folder, libraries));
    this.proofs = new Proofs(manifestFile(), manifest);
  }

  /** The manifest alone, checked in itself. */
  public static ConnectorManifest manifest(Path folder) {
    Path file = folder.resolve("connector.yaml");
    ConnectorManifest manifest = YamlFiles.read(file, ConnectorManifest.class);
    String name = folder.getFileName().toString();
    if (!manifest.name().equals(name)) {
      throw new DefinitionException(
          "%s: name '%s' differs from the folder's".formatted(file, manifest.name()));
    }
    if (name.equals(TicketReference.HUB)) {
      throw new DefinitionException(
          "%s: 'hub' is the hub itself; name the connector after its system".formatted(file));
    }
    if (!NAME.matcher(name).matches()) {
      throw new DefinitionException(
          "%s: a name is lower-case letters, digits and hyphens".formatted(file));
    }
    if (!manifest.titles().keySet().containsAll(Set.of("en", "zh"))) {
      throw new DefinitionException(file + ": titles needs 'en' and 'zh'");
    }
    return manifest;
  }

  /**
   * The whole folder, with the values of its settings; throws {@link DefinitionException} naming
   * file, line and cause.
   */
  public static ConnectorDefinition read(Path folder, Map<String, String> settings) {
    return read(folder, settings, RouteTemplates.beside(folder));
  }

  /** The same for a folder that does not stand where its templates are. */
  public static ConnectorDefinition read(
      Path folder, Map<String, String> settings, RouteTemplates templates) {
    return read(folder, settings, templates, folder);
  }

  /** The same with the {@code lib} of another folder. */
  public static ConnectorDefinition read(
      Path folder, Map<String, String> settings, RouteTemplates templates, Path libraries) {
    return read(
        folder, settings, templates, LibraryLoader.inPlace(libraries), MappingObserver.NOBODY);
  }

  /** The same with mappings that somebody observes. */
  public static ConnectorDefinition read(
      Path folder, Map<String, String> settings, MappingObserver observer) {
    return read(
        folder, settings, RouteTemplates.beside(folder), LibraryLoader.inPlace(folder), observer);
  }

  /** The same with libraries that last while the folder changes, and have to be closed. */
  public static ConnectorDefinition readToRun(Path folder, Map<String, String> settings) {
    return read(
        folder,
        settings,
        RouteTemplates.beside(folder),
        LibraryLoader.copied(folder),
        MappingObserver.NOBODY);
  }

  private static ConnectorDefinition read(
      Path folder,
      Map<String, String> settings,
      RouteTemplates templates,
      LibraryLoader libraries,
      MappingObserver observer) {
    try {
      return new ConnectorFolder(folder, templates, libraries, observer).definition(settings);
    } catch (RuntimeException e) {
      libraries.close();
      throw e;
    }
  }

  /** The code tables of a folder; none if its manifest names none. */
  public static CodeTables codeTables(Path folder, ConnectorManifest manifest) {
    return manifest.codes() == null
        ? CodeTables.NONE
        : CodeTables.read(file(folder, manifest.codes()));
  }

  private ConnectorDefinition definition(Map<String, String> settings) {
    Map<String, InboundChannel> inbound = new TreeMap<>();
    manifest
        .inbound()
        .forEach(
            (name, form) ->
                inbound.put(name, inbound(List.of("inbound", name), name, form, settings)));
    Map<String, OutboundChannel> outbound = new TreeMap<>();
    manifest
        .outbound()
        .forEach(
            (name, form) ->
                outbound.put(name, outbound(List.of("outbound", name), name, form, settings)));
    checkTells(outbound);
    Optional<Reconciling> reconciling = reconciling(settings);
    checkTrust();
    return new ConnectorDefinition(
        folder,
        manifest,
        Map.copyOf(settings),
        Map.copyOf(inbound),
        Map.copyOf(outbound),
        reconciling,
        exports(settings),
        routes(),
        templates.routes(manifestFile(), manifest, settings),
        quietTime(settings),
        libraries);
  }

  private Optional<Reconciling> reconciling(Map<String, String> settings) {
    Reconcile form = manifest.reconcile();
    if (form == null) {
      return Optional.empty();
    }
    if (manifest.inbound().containsKey(Reconcile.LIST)
        || manifest.outbound().containsKey(Reconcile.ASK)) {
      throw new DefinitionException(
          "%s: channels cannot be called '%s' or '%s'"
              .formatted(manifestFile(), Reconcile.LIST, Reconcile.ASK));
    }
    if (form.schedule() != null && !CronExpression.isValidExpression(form.schedule())) {
      throw new DefinitionException(
          "%s: reconcile.schedule '%s' is no cron expression of six fields"
              .formatted(manifestFile(), form.schedule()));
    }
    form.fields().forEach(this::checkCompared);
    form.repair().take().keySet().forEach(this::checkCompared);
    return Optional.of(
        new Reconciling(
            form,
            inbound(List.of("reconcile", "list"), Reconcile.LIST, form.list(), settings),
            Optional.ofNullable(form.ask())
                .map(
                    ask ->
                        outbound(
                            List.of("reconcile", "ask"), Reconcile.ASK, ask.channel(), settings))));
  }

  private Map<String, Exporting> exports(Map<String, String> settings) {
    Map<String, Exporting> exports = new TreeMap<>();
    manifest
        .exports()
        .forEach(
            (name, form) -> {
              String place = "%s: exports.%s".formatted(manifestFile(), name);
              if (manifest.outbound().containsKey(name) || name.equals(Reconcile.ASK)) {
                throw new DefinitionException(place + " is called as an outbound channel is");
              }
              exports.put(
                  name,
                  new Exporting(
                      outbound(List.of("exports", name), name, form.channel(), settings),
                      schedule(place, filled(place, form.schedule(), settings)),
                      settle(place, filled(place, form.settle(), settings)),
                      zone()));
            });
    return Map.copyOf(exports);
  }

  private static CronExpression schedule(String place, String text) {
    if (!CronExpression.isValidExpression(text)) {
      throw new DefinitionException(
          "%s: schedule '%s' is no cron expression of six fields".formatted(place, text));
    }
    return CronExpression.parse(text);
  }

  private static Duration settle(String place, String text) {
    try {
      return DurationStyle.detectAndParse(text);
    } catch (IllegalArgumentException e) {
      throw new DefinitionException(
          "%s: settle '%s' is no duration; write it as 5m".formatted(place, text), e);
    }
  }

  private static String filled(String place, String text, Map<String, String> settings) {
    return Placeholders.fill(
        text,
        settings,
        name -> new DefinitionException("%s: '{{%s}}' is no setting".formatted(place, name)));
  }

  private void checkCompared(String field) {
    if (ComparedField.named(field).isEmpty()) {
      throw new DefinitionException(
          "%s: reconcile compares no '%s'; it can compare %s"
              .formatted(manifestFile(), field, ComparedField.names()));
    }
  }

  private Optional<QuietTime> quietTime(Map<String, String> settings) {
    ConnectorManifest.Quiet quiet = manifest.delivery().quietHours();
    if (quiet == null) {
      return Optional.empty();
    }
    QuietHours hours =
        new QuietHours(
            time("from", quiet.from(), settings),
            time("to", quiet.to(), settings),
            ZoneId.of(manifest.zone()));
    Predicate<Object> unless =
        quiet.unless() == null
            ? input -> false
            : translation.condition(
                manifestFile() + ", quiet-hours",
                "connector.yaml, delivery.quiet-hours.unless",
                quiet.unless());
    return Optional.of(new QuietTime(hours, unless));
  }

  private LocalTime time(String key, String text, Map<String, String> settings) {
    String place = "%s: delivery.quiet-hours.%s".formatted(manifestFile(), key);
    String filled = filled(place, text, settings);
    try {
      return LocalTime.parse(filled);
    } catch (DateTimeParseException e) {
      throw new DefinitionException(
          "%s: '%s' is no time of day; write it as 22:00".formatted(place, filled), e);
    }
  }

  private InboundChannel inbound(
      List<String> keys, String name, Inbound form, Map<String, String> settings) {
    Limits limits = new Limits((int) form.limits().size().toBytes(), form.limits().depth());
    TextCodec codec = codec(form.charset(), Unmappable.REPLACE);
    ChannelFormats.Form format =
        new ChannelFormats.Form(
            with(keys, "format"), form.formatName(), form.schema(), form.records());
    Translation.Syntax syntax = new Translation.Syntax(codec, formats.of(format, codec, limits));
    Translation.Syntax answers =
        new Translation.Syntax(codec, formats.of(format.ofAnswers(), codec, limits));
    return new InboundChannel(
        name,
        form,
        translation.inbound(syntax, file(form.mapping()), form.messageId()),
        proofs.of(form, settings),
        polling(name, form, settings, answers),
        reply(answers, form.receipt()),
        reply(answers, form.rejection()));
  }

  /** A whole page is of the form of an answer. */
  private Optional<Polling> polling(
      String channel, Inbound form, Map<String, String> settings, Translation.Syntax page) {
    ConnectorManifest.Poll poll = form.poll();
    if (poll == null) {
      return Optional.empty();
    }
    String place = "%s: channel '%s', poll".formatted(manifestFile(), channel);
    if (!form.format().hasRecordsAt()) {
      throw new DefinitionException(place + " is for json-records and xml-records");
    }
    Optional<PageCursor> cursor =
        Optional.ofNullable(poll.cursor())
            .map(text -> translation.cursor(page, place, text, poll.more()));
    return Optional.of(new Polling(poll, cursor, proofs.apiKey(poll.apiKey(), settings)));
  }

  private Optional<OutboundTranslation> reply(Translation.Syntax syntax, String mapping) {
    return Optional.ofNullable(mapping)
        .map(file -> translation.outbound(syntax, file(file), Map.of()));
  }

  private static List<String> with(List<String> keys, String... more) {
    return Stream.concat(keys.stream(), Stream.of(more)).toList();
  }

  private OutboundChannel outbound(
      List<String> keys, String name, Outbound form, Map<String, String> settings) {
    TextCodec codec = codec(form.charset(), form.unmappable());
    ChannelFormats.Form format =
        new ChannelFormats.Form(
            with(keys, "format"), form.formatName(), form.schema(), form.records());
    Translation.Syntax syntax = new Translation.Syntax(codec, formats.of(format, codec, ANSWERS));
    if (form.idempotency() == ConnectorManifest.Idempotency.ASK && form.ask() == null) {
      throw new DefinitionException(
          "%s: channel '%s' has idempotency ask but no 'ask'".formatted(manifestFile(), name));
    }
    Optional<OutboundChannel.Question> question =
        Optional.ofNullable(form.ask())
            .map(
                ask ->
                    new OutboundChannel.Question(
                        translation.outbound(syntax, file(ask.mapping()), Map.of()),
                        answer(with(keys, "ask", "answer"), ask.answer(), form)));
    return new OutboundChannel(
        name,
        form,
        translation.outbound(syntax, file(form.mapping()), form.headers()),
        proofs.signature(form.signature(), settings),
        proofs.apiKey(form.apiKey(), settings),
        Optional.ofNullable(form.answer())
            .map(answer -> answer(with(keys, "answer"), answer, form)),
        question);
  }

  private AnswerTranslation answer(
      List<String> keys, ConnectorManifest.Answer answer, Outbound channel) {
    TextCodec codec =
        codec(answer.charset() == null ? channel.charset() : answer.charset(), Unmappable.REPLACE);
    boolean own = answer.formatName() != null;
    ChannelFormats.Form form =
        new ChannelFormats.Form(
            Stream.concat(keys.stream(), Stream.of("format")).toList(),
            own ? answer.formatName() : channel.formatName(),
            answer.schema(),
            null);
    return translation.answer(
        new Translation.Syntax(codec, formats.of(form, codec, ANSWERS)), file(answer.mapping()));
  }

  private TextCodec codec(String charset, Unmappable unmappable) {
    try {
      return TextCodec.of(charset, unmappable);
    } catch (DefinitionException e) {
      throw new DefinitionException("%s: %s".formatted(manifestFile(), e.getMessage()), e);
    }
  }

  /** Secrets are given by reference only: as the setting, never as text. */
  private void checkPassword(String key, String text) {
    if (text != null) {
      boolean reference = text.startsWith("{{") && text.endsWith("}}");
      proofs.checkSecret(key, reference ? text.substring(2, text.length() - 2) : "...");
    }
  }

  private void checkTrust() {
    if (manifest.tls() != null) {
      checkPassword("tls.certificate-password", manifest.tls().certificatePassword());
      checkPassword("tls.trust-password", manifest.tls().trustPassword());
    }
    if (manifest.jmsBroker() != null) {
      checkPassword("jms-broker.password", manifest.jmsBroker().password());
    }
  }

  /**
   * What a rule can have a system told, and what the hub's operators are told; see {@link
   * io.tickethub.routing.Told#code()}.
   */
  private static Set<String> codes() {
    Set<String> codes =
        new TreeSet<>(Set.of(Told.REGISTERED, Told.INTRODUCED, Told.WITHDRAWN, Told.ENRICH, ALERT));
    Arrays.stream(TicketState.values()).map(TicketState::code).forEach(codes::add);
    Arrays.stream(EventType.values())
        .filter(type -> type != EventType.STATE_CHANGED)
        .map(EventType::code)
        .forEach(codes::add);
    return codes;
  }

  private void checkTells(Map<String, OutboundChannel> outbound) {
    Map<String, String> carriers = new TreeMap<>();
    outbound.forEach(
        (name, channel) ->
            channel
                .form()
                .tells()
                .forEach(
                    code -> {
                      if (!CODES.contains(code)) {
                        throw new DefinitionException(
                            "%s: channel '%s' tells '%s', which is no event; known are %s"
                                .formatted(manifestFile(), name, code, CODES));
                      }
                      String other = carriers.put(code, name);
                      if (other != null) {
                        throw new DefinitionException(
                            "%s: channels '%s' and '%s' both tell '%s'"
                                .formatted(manifestFile(), other, name, code));
                      }
                    }));
  }

  private List<Path> routes() {
    Path routes = folder.resolve("routes");
    if (!Files.isDirectory(routes)) {
      if (isWhollyTemplated()) {
        return List.of();
      }
      throw new DefinitionException(folder + ": has no folder 'routes'");
    }
    try (Stream<Path> files = Files.list(routes)) {
      return files.filter(file -> file.toString().endsWith(".camel.yaml")).sorted().toList();
    } catch (IOException e) {
      throw new DefinitionException(routes + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private boolean isWhollyTemplated() {
    Reconcile.Inquiry ask = manifest.reconcile() == null ? null : manifest.reconcile().ask();
    return (ask == null || ask.route() != null)
        && manifest.exports().values().stream().allMatch(form -> form.route() != null)
        && manifest.inbound().values().stream().allMatch(form -> form.route() != null)
        && manifest.outbound().values().stream().allMatch(form -> form.route() != null);
  }

  /** A file of this folder; a name that leads out of it is refused. */
  private Path file(String name) {
    return file(folder, name);
  }

  private static Path file(Path folder, String name) {
    try {
      Path file = folder.resolve(name).normalize();
      if (!file.startsWith(folder.normalize())) {
        throw leadsOut(folder, name);
      }
      if (!Files.isRegularFile(file)) {
        throw new DefinitionException(
            "%s: there is no file '%s'".formatted(manifestFile(folder), name));
      }
      if (!file.toRealPath().startsWith(folder.toRealPath())) {
        throw leadsOut(folder, name);
      }
      return file;
    } catch (InvalidPathException | IOException e) {
      throw new DefinitionException(
          "%s: '%s' cannot be read: %s".formatted(manifestFile(folder), name, e.getMessage()), e);
    }
  }

  private static DefinitionException leadsOut(Path folder, String name) {
    return new DefinitionException(
        "%s: '%s' leads out of the folder".formatted(manifestFile(folder), name));
  }

  private Path manifestFile() {
    return manifestFile(folder);
  }

  private static Path manifestFile(Path folder) {
    return folder.resolve("connector.yaml");
  }

  private ZoneId zone() {
    try {
      return ZoneId.of(manifest.zone());
    } catch (DateTimeException e) {
      throw new DefinitionException(
          "%s: unknown zone '%s'".formatted(manifestFile(), manifest.zone()), e);
    }
  }
}
