package io.tickethub.kit.contract;

import io.tickethub.connector.camel.RouteSurvey.Place;
import io.tickethub.connector.folder.Exporting;
import io.tickethub.export.Exports;
import io.tickethub.export.Exports.Standing;
import io.tickethub.journal.TicketStore;
import io.tickethub.kit.contract.Probe.ProbeTicket;
import io.tickethub.kit.contract.server.FileServer;
import io.tickethub.kit.contract.server.Mood;
import io.tickethub.kit.contract.server.Received;
import java.nio.charset.Charset;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** What the numbered files of ticket events that a system gets by the clock have to stand. */
final class ExportCases {

  /** Three looks of the hub at what it has to do. */
  private static final Duration NOTHING_COMES = Duration.ofSeconds(3);

  private final Stage stage;
  private final HubHolder hub;
  private final Probe probe;
  private final String name;
  private final Exporting export;

  private ExportCases(Stage stage, HubHolder hub, Probe probe, String name) {
    this.stage = stage;
    this.hub = hub;
    this.probe = probe;
    this.name = name;
    this.export = stage.definition().exports().get(name);
  }

  /** Of every export of a connector. */
  static Stream<ExportCases> all(Stage stage, HubHolder hub, Probe probe) {
    return stage.definition().exports().keySet().stream()
        .map(name -> new ExportCases(stage, hub, probe, name));
  }

  /** Each makes files of its own. */
  List<Case> cases() {
    return List.of(
        named("given", this::given),
        named("given-once", this::givenOnce),
        named("outage", this::outage),
        named("lost-reply", this::lostReply));
  }

  private Case named(String what, Case.Trial trial) {
    return new Case("export %s: %s".formatted(name, what), trial);
  }

  private void given() {
    FileServer server = server();
    ProbeTicket ticket = probe.open(List.of());
    holds(server, awaitTaken(end()), ticket);
  }

  /** The next file begins where the first ended, and nothing of the first is in it. */
  private void givenOnce() {
    FileServer server = server();
    ProbeTicket early = probe.open(List.of());
    Standing first = awaitTaken(end());
    holds(server, first, early);
    Await.comesTrue(NOTHING_COMES, () -> arrivals(server, first) > 1);
    BrokenContractException.unless(
        arrivals(server, first) == 1,
        "the file %s was given %d times",
        fileName(first),
        arrivals(server, first));
    ProbeTicket late = probe.open(List.of());
    Standing second = awaitTaken(end());
    holds(server, second, late);
    BrokenContractException.unless(
        second.number() == first.number() + 1 && second.from().equals(first.to()),
        "file %d begins at %s, but file %d ends at %s",
        second.number(),
        second.from(),
        first.number(),
        first.to());
    BrokenContractException.unless(
        !fileName(second).equals(fileName(first)), "two files are called %s", fileName(first));
    Set<String> repeated = new HashSet<>(lines(server, first, early));
    repeated.retainAll(lines(server, second, early));
    BrokenContractException.unless(
        repeated.isEmpty(), "%s repeats events of %s", fileName(second), fileName(first));
  }

  private List<String> lines(FileServer server, Standing file, ProbeTicket ticket) {
    String number = number(ticket);
    return text(server, file).lines().filter(line -> line.contains(number)).toList();
  }

  private void outage() {
    FileServer server = server();
    ProbeTicket ticket = probe.open(List.of());
    long file;
    server.down();
    try {
      file = end();
      awaitAttempt(file);
    } finally {
      server.up();
    }
    holds(server, awaitTaken(file), ticket);
    BrokenContractException.unless(
        arrivals(server, standing(file)) == 1, "after the outage the file was given twice");
  }

  /** The system has the file, and the hub does not know: it gives the same one again. */
  private void lostReply() {
    FileServer server = server();
    ProbeTicket ticket = probe.open(List.of());
    long file;
    server.mood(Mood.LOSING_REPLIES);
    try {
      file = end();
      awaitAttempt(file);
    } finally {
      server.mood(Mood.OK);
    }
    Standing taken = awaitTaken(file);
    holds(server, taken, ticket);
    BrokenContractException.unless(
        received(server, taken).map(one -> text(one).lines().count()).distinct().count() == 1,
        "%s has other events when it is given again",
        fileName(taken));
  }

  private FileServer server() {
    List<Place> places = stage.survey().targets().getOrDefault(name, List.of());
    return places.stream()
        .flatMap(place -> stage.fileServer(place).stream())
        .findFirst()
        .orElseThrow(
            () -> new NotApplicableException("the suite reads exports of file servers only"));
  }

  private Exports exports() {
    return hub.part(Exports.class);
  }

  /** The file that is gathered ends now; its number. */
  private long end() {
    AtomicLong number = new AtomicLong();
    Await.until(
        "a file is gathered",
        () -> {
          exports().endNow(stage.name(), name).ifPresent(number::set);
          return number.get() > 0;
        });
    return number.get();
  }

  private Standing standing(long number) {
    return exports().find(stage.name(), name, number).orElseThrow();
  }

  private void awaitAttempt(long file) {
    Await.until(
        () -> "file %d is tried in vain; %s".formatted(file, standing(file)),
        () -> standing(file).attempts() > 0);
  }

  private Standing awaitTaken(long file) {
    Await.until(
        () -> "file %d is taken; %s".formatted(file, standing(file)),
        () -> standing(file).isTaken());
    return standing(file);
  }

  private String fileName(Standing file) {
    return Exports.headers(stage.name(), export, file)
        .getOrDefault("fileName", "%s-%s-%d".formatted(name, name, file.number()));
  }

  private Stream<Received> received(FileServer server, Standing file) {
    return server.received().stream().filter(one -> isNamed(one.place(), fileName(file)));
  }

  private long arrivals(FileServer server, Standing file) {
    return received(server, file).count();
  }

  private static boolean isNamed(String place, String fileName) {
    return place.substring(place.lastIndexOf('/') + 1).equals(fileName);
  }

  /** It arrived whole under its name, with everything that happened to the ticket. */
  private void holds(FileServer server, Standing file, ProbeTicket ticket) {
    BrokenContractException.unless(
        arrivals(server, file) > 0,
        "no file %s arrived, but %s",
        fileName(file),
        server.received().stream().map(Received::place).toList());
    BrokenContractException.unless(
        server.writtenUnder().stream().noneMatch(place -> isNamed(place, fileName(file))),
        "%s is written under its last name: the system may read half of it",
        fileName(file));
    BrokenContractException.unless(
        digest(last(server, file).body()).equals(file.digest()),
        "%s is not what the hub wrote",
        fileName(file));
    int events = hub.part(TicketStore.class).events(ticket.id()).size();
    BrokenContractException.unless(
        file.records() >= events && text(server, file).contains(number(ticket)),
        "%s has %d records, and not the %d of ticket %s",
        fileName(file),
        file.records(),
        events,
        number(ticket));
  }

  private String number(ProbeTicket ticket) {
    return hub.part(TicketStore.class).load(List.of(ticket.id())).get(ticket.id()).number();
  }

  /** A file that is given again takes the place of the one before. */
  private Received last(FileServer server, Standing file) {
    return received(server, file).reduce((before, after) -> after).orElseThrow();
  }

  private String text(FileServer server, Standing file) {
    return text(last(server, file));
  }

  private String text(Received file) {
    String charset = export.channel().form().charset();
    return new String(file.body(), Charset.forName(charset == null ? "UTF-8" : charset));
  }

  private static String digest(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
