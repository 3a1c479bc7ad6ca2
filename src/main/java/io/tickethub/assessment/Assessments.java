package io.tickethub.assessment;

import io.tickethub.assessment.AssessmentStore.Closed;
import io.tickethub.assessment.AssessmentStore.Kept;
import io.tickethub.journal.TicketStore;
import io.tickethub.service.TimeLimits;
import io.tickethub.ticket.TicketEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/** Months are assessed, published and explained here. Thread-safe. */
public final class Assessments {

  private static final Logger LOG = LoggerFactory.getLogger(Assessments.class);
  private static final int PAGE = 500;
  private static final String FIRST = "monthly publication";

  private final AssessmentStore store;
  private final TicketStore tickets;
  private final TimeLimits limits;
  private final AssessmentRules rules;
  private final Announcement announcement;
  private final TransactionTemplate transactions;
  private final Path files;
  private final Clock clock;

  Assessments(
      AssessmentStore store,
      TicketStore tickets,
      TimeLimits limits,
      AssessmentRules rules,
      Announcement announcement,
      TransactionTemplate transactions,
      Path files,
      Clock clock) {
    this.store = store;
    this.tickets = tickets;
    this.limits = limits;
    this.rules = rules;
    this.announcement = announcement;
    this.transactions = transactions;
    this.files = files;
    this.clock = clock;
  }

  /**
   * What a run came to.
   *
   * @param published it made a new version; false if the newest says the same already, or nothing
   *     was to be kept
   */
  public record Made(Assessment assessment, boolean published) {}

  /**
   * A ticket's part in a figure.
   *
   * @param samples what it gave to the figure, as it was published
   * @param reproduced the ticket's events, read again as far as they went then, give the same
   */
  public record Part(String ticket, int ticketVersion, List<Double> samples, boolean reproduced) {}

  /** What a figure is made of; {@code next} null if there is no more. */
  public record Explained(String figure, List<Part> parts, Long next) {}

  /**
   * Computes a month without keeping anything.
   *
   * @throws IllegalArgumentException if the month has not begun
   */
  public Figures preview(YearMonth month) {
    notInFuture(month);
    Figures.Gathering gathering = new Figures.Gathering(rules);
    walk(month, page -> page.forEach(kept -> gathering.add(kept.facts())));
    return gathering.figures();
  }

  /**
   * Publishes a month, if its figures are not those of the newest version already.
   *
   * @param reason why it is corrected; may be null for the first version
   * @throws IllegalArgumentException if the month is not over, or a correction has no reason
   */
  public Made run(YearMonth month, String reason, String by) {
    if (!month.isBefore(thisMonth())) {
      throw new IllegalArgumentException(
          "%s is not over: try it with --dry-run, publish it next month".formatted(month));
    }
    Made made = transactions.execute(status -> make(month, reason, by, status::setRollbackOnly));
    announce();
    return made;
  }

  private Made make(YearMonth month, String reason, String by, Runnable undo) {
    store.lock(month);
    Optional<Assessment> newest = store.find(month, null);
    int version = newest.map(Assessment::version).orElse(0) + 1;
    Figures.Gathering gathering = new Figures.Gathering(rules);
    walk(
        month,
        page -> {
          page.forEach(kept -> gathering.add(kept.facts()));
          store.keep(month, version, page);
        });
    Figures figures = gathering.figures();
    if (newest.isPresent() && newest.get().figures().equals(figures)) {
      undo.run();
      return new Made(newest.get(), false);
    }
    if (newest.isPresent() && (reason == null || reason.isBlank())) {
      throw new IllegalArgumentException(
          "the figures of %s differ from those of version %d: say why in --reason, it is published with the correction"
              .formatted(month, version - 1));
    }
    String why = reason == null || reason.isBlank() ? FIRST : reason.strip();
    Assessment assessment = new Assessment(month, version, why, by, clock.instant(), null, figures);
    store.insert(assessment);
    return new Made(store.find(month, version).orElseThrow(), true);
  }

  private void walk(YearMonth month, Consumer<List<Kept>> taker) {
    Instant after = month.atDay(1).atStartOfDay(rules.zone()).toInstant();
    Instant end = month.plusMonths(1).atDay(1).atStartOfDay(rules.zone()).toInstant();
    long ticket = -1;
    while (true) {
      List<Closed> page = store.closed(after, ticket, end, PAGE);
      if (page.isEmpty()) {
        return;
      }
      Map<Long, List<TicketEvent>> histories =
          tickets.histories(page.stream().map(Closed::ticketId).toList());
      List<Kept> read = new ArrayList<>(page.size());
      for (Closed closed : page) {
        TicketFacts facts =
            TicketReading.read(
                closed.number(), closed.owner(), histories.get(closed.ticketId()), limits);
        read.add(
            new Kept(closed.ticketId(), closed.number(), facts.version(), closed.owner(), facts));
      }
      taker.accept(read);
      after = page.get(page.size() - 1).at();
      ticket = page.get(page.size() - 1).ticketId();
    }
  }

  /** Whether the month before this one waits to be published: it had tickets and has no version. */
  boolean isDue(YearMonth month) {
    Instant begin = month.atDay(1).atStartOfDay(rules.zone()).toInstant();
    Instant end = month.plusMonths(1).atDay(1).atStartOfDay(rules.zone()).toInstant();
    return store.find(month, null).isEmpty() && !store.closed(begin, -1, end, 1).isEmpty();
  }

  /** Writes the files of what is published and not announced, and tells the support centre. */
  void announce() {
    for (Assessment assessment : store.unannounced()) {
      try {
        write(assessment.name() + ".html", html(assessment));
        write(assessment.name() + ".csv", csv(assessment));
      } catch (IOException e) {
        LOG.warn("the files of {} cannot be written: {}", assessment.name(), e.toString());
      }
      announcement.send(assessment, clock.instant());
      store.announced(assessment, clock.instant());
    }
  }

  private void write(String name, byte[] content) throws IOException {
    Files.createDirectories(files);
    Path part = Files.createTempFile(files, name, ".part");
    Files.write(part, content);
    Files.move(part, files.resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }

  /** As one page in UTF-8. */
  public byte[] html(Assessment assessment) {
    return HtmlReport.of(assessment).getBytes(StandardCharsets.UTF_8);
  }

  /** In the charset that {@code assessment.yaml} says. */
  public byte[] csv(Assessment assessment) {
    return rules.csv().encode(CsvReport.of(assessment));
  }

  public String csvCharset() {
    return rules.csv().charset();
  }

  /** The newest month and version first. */
  public List<Assessment> list(int most) {
    return store.list(most);
  }

  /** {@code version} null for the newest. */
  public Optional<Assessment> find(YearMonth month, Integer version) {
    return store.find(month, version);
  }

  /**
   * The tickets a figure was made from, in order of their ids.
   *
   * @param figure the code of a partner's figure or of an indicator
   * @param partner only its work; null for all; says nothing to an indicator
   * @param productClass only of it; null for all
   * @param after the {@code next} of the page before; -1 for the first
   */
  public Explained explain(
      Assessment assessment, String figure, String partner, String productClass, long after) {
    Sampling sampling = Sampling.of(figure, partner, productClass, assessment.figures(), rules);
    List<Kept> page = store.tickets(assessment.month(), assessment.version(), after, PAGE);
    Map<Long, List<TicketEvent>> histories =
        tickets.histories(page.stream().map(Kept::ticketId).toList());
    List<Part> parts = new ArrayList<>();
    for (Kept kept : page) {
      List<Double> samples = sampling.of(kept.facts());
      if (!samples.isEmpty()) {
        List<TicketEvent> history =
            histories.getOrDefault(kept.ticketId(), List.of()).stream()
                .filter(event -> event.sequence() <= kept.version())
                .toList();
        boolean same =
            !history.isEmpty()
                && sampling
                    .of(TicketReading.read(kept.number(), kept.lastOwner(), history, limits))
                    .equals(samples);
        parts.add(new Part(kept.number(), kept.version(), samples, same));
      }
    }
    Long next = page.size() == PAGE ? page.get(page.size() - 1).ticketId() : null;
    return new Explained(figure, parts, next);
  }

  private YearMonth thisMonth() {
    return YearMonth.from(clock.instant().atZone(rules.zone()));
  }

  private void notInFuture(YearMonth month) {
    if (month.isAfter(thisMonth())) {
      throw new IllegalArgumentException("%s has not begun".formatted(month));
    }
  }
}
