package io.tickethub.kit.contract;

import io.tickethub.connector.ConnectorCheck;
import io.tickethub.connector.ConnectorStatus;
import io.tickethub.connector.Connectors;
import io.tickethub.connector.example.ExampleOutcome;
import io.tickethub.definition.DefinitionException;
import io.tickethub.kit.contract.server.Mood;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Tries connectors and product adapters: their examples, and of connectors the contract, in a hub
 * of its own among servers that play their systems.
 */
public final class ContractSuite {

  private static final int AT_ONCE = 4;
  private static final Set<String> NEEDED = Set.of("check", "survey", "starts");

  private final HubUnderContract.Starter starter;
  private final Options options;
  private final BiConsumer<String, CaseResult> listener;

  /**
   * How it is done.
   *
   * @param directory holds the connectors' folders, and {@code products}
   * @param only a text that the names of the cases contain; empty for all
   * @param fast leaves out what needs a restart of the hub
   * @param hubValues further values of the hub's configuration, {@code --KEY=VALUE}
   */
  public record Options(Path directory, String only, boolean fast, List<String> hubValues) {}

  /** {@code listener} hears folder and result of each case, from several threads. */
  public ContractSuite(
      HubUnderContract.Starter starter, Options options, BiConsumer<String, CaseResult> listener) {
    this.starter = starter;
    this.options = options;
    this.listener = listener;
  }

  /** Tries these connectors and product adapters, by their folders' names. */
  public List<FolderResult> run(List<String> connectors, List<String> products) throws IOException {
    Map<String, CaseRunner> runners = new LinkedHashMap<>();
    connectors.forEach(name -> runners.put(name, runner(name)));
    Path scratch = Files.createTempDirectory("hub-contract");
    Premises premises = new Premises(scratch);
    try {
      List<String> sound =
          connectors.stream().filter(name -> check(name, runners.get(name))).toList();
      drive(premises, sound, runners);
    } finally {
      premises.remove();
    }
    List<FolderResult> results = new ArrayList<>();
    runners.values().forEach(runner -> results.add(runner.result("connector")));
    products.forEach(name -> results.add(product(name)));
    return results;
  }

  private CaseRunner runner(String folder) {
    Predicate<String> wanted =
        name ->
            options.only().isEmpty()
                || NEEDED.contains(name)
                || name.endsWith(": accepted")
                || name.contains(options.only());
    return new CaseRunner(folder, wanted, listener);
  }

  /** Whether the folder can be run at all. */
  private boolean check(String name, CaseRunner runner) {
    ConnectorCheck.Report report = ConnectorCheck.check(options.directory().resolve(name));
    runner.run(
        new Case(
            "check",
            () ->
                BrokenContractException.unless(
                    report.problems().isEmpty(), "%s", String.join("; ", report.problems()))));
    for (ExampleOutcome example : report.examples()) {
      runner.run(
          new Case(
              "example " + example.name(),
              () ->
                  example
                      .difference()
                      .ifPresent(
                          difference -> {
                            throw new BrokenContractException(difference);
                          })));
    }
    return report.problems().isEmpty();
  }

  private void drive(Premises premises, List<String> names, Map<String, CaseRunner> runners)
      throws IOException {
    if (names.isEmpty()) {
      return;
    }
    premises.copyShared(options.directory());
    FreshNames fresh = new FreshNames(options.directory());
    List<Stage> stages = new ArrayList<>();
    try {
      for (String name : names) {
        runners.get(name).run(new Case("survey", () -> stages.add(stage(premises, name, fresh))));
      }
      if (stages.isEmpty()) {
        return;
      }
      premises.writeRules(stages);
      List<String> values = new ArrayList<>(premises.configuration(stages));
      values.addAll(options.hubValues());
      HubTls tls =
          stages.stream().anyMatch(Stage::asksForCertificates)
              ? new HubTls(premises.secrets())
              : null;
      if (tls != null) {
        values.addAll(tls.configuration());
      }
      try (HubHolder hub = new HubHolder(starter, values, tls)) {
        hub.start();
        drive(hub, stages, runners);
      }
    } finally {
      stages.forEach(Stage::close);
    }
  }

  private Stage stage(Premises premises, String name, FreshNames names) {
    try {
      Path folder = options.directory().resolve(name);
      return new Stage(folder, premises.copyConnector(folder), premises.secrets(), names);
    } catch (DefinitionException | IOException e) {
      throw new BrokenContractException(e.getMessage());
    }
  }

  private void drive(HubHolder hub, List<Stage> stages, Map<String, CaseRunner> runners) {
    List<Tour> tours =
        stages.stream().map(stage -> new Tour(stage, hub, runners.get(stage.name()))).toList();
    List<Tour> running = tours.stream().filter(Tour::starts).toList();
    atOnce(running, Tour::run);
    if (options.fast()) {
      return;
    }
    atOnce(running, Tour::beforeRestart);
    hub.restart();
    atOnce(running, Tour::afterRestart);
  }

  private static void atOnce(List<Tour> tours, Consumer<Tour> action) {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      CompletableFuture.allOf(
              tours.stream()
                  .map(tour -> CompletableFuture.runAsync(() -> action.accept(tour), threads))
                  .toArray(CompletableFuture[]::new))
          .join();
    } finally {
      threads.shutdown();
    }
  }

  /** All cases of one connector. */
  private static final class Tour {
    private final Stage stage;
    private final HubHolder hub;
    private final CaseRunner runner;
    private final List<InboundScene> inbound = new ArrayList<>();
    private final List<SequenceCases> sequences = new ArrayList<>();
    private final List<OutboundCases> outbound = new ArrayList<>();
    private final List<OutboundScene> told = new ArrayList<>();
    private final List<AnswerCases> answers = new ArrayList<>();
    private final BrokenMappings mappings;
    private final Probe probe;

    private Tour(Stage stage, HubHolder hub, CaseRunner runner) {
      this.stage = stage;
      this.hub = hub;
      this.runner = runner;
      this.mappings = new BrokenMappings(stage, hub);
      this.probe = new Probe(hub, stage);
      for (String name : stage.definition().inbound().keySet()) {
        InboundScene scene = new InboundScene(stage, name, hub, probe);
        inbound.add(scene);
        sequences.add(new SequenceCases(scene, mappings));
      }
      for (String name : stage.definition().outbound().keySet()) {
        Optional<AnswerCases> answering = AnswerCases.of(stage, name, inbound);
        answering.ifPresent(answers::add);
        if (answering.isEmpty()) {
          OutboundScene scene = new OutboundScene(stage, name, hub, probe);
          told.add(scene);
          outbound.add(new OutboundCases(scene));
        }
      }
    }

    private boolean starts() {
      ConnectorStatus status = hub.part(Connectors.class).status(stage.name()).orElseThrow();
      boolean isRunning = status.state() == ConnectorStatus.State.RUNNING;
      runner.run(
          new Case(
              "starts",
              () ->
                  BrokenContractException.unless(
                      isRunning, "it does not run: %s", status.cause())));
      return isRunning;
    }

    private void run() {
      for (int i = 0; i < inbound.size(); i++) {
        new InboundCases(inbound.get(i)).cases().forEach(runner::run);
        runner.run(sequences.get(i).order());
        FileNameCase names = new FileNameCase(inbound.get(i));
        runner.run(names.charsetOfNames());
        runner.run(names.hostileNames());
        runner.run(new OutageCase(inbound.get(i)).outage());
      }
      outbound.forEach(
          channel -> channel.cases().forEach(trial -> runner.run(trial, channel::tidy)));
      answers.forEach(channel -> channel.cases().forEach(runner::run));
      ListCases.of(stage, hub).ifPresent(lists -> lists.cases().forEach(runner::run));
      ExportCases.all(stage, hub, probe).forEach(exports -> exports.cases().forEach(runner::run));
      silence();
      sequences.forEach(sequence -> runner.run(sequence.refused()));
      runner.run(new Case("reload", mappings::change));
      sequences.forEach(sequence -> runner.run(sequence.replayed()));
      inbound.forEach(scene -> new InboundCases(scene).casesAfter("reload").forEach(runner::run));
      outbound.forEach(channel -> runner.run(channel.toldAfter("reload"), channel::tidy));
      answers.forEach(channel -> runner.run(channel.toldAfter("reload")));
    }

    /** All channels wait for the same time-out at once. */
    private void silence() {
      List<SilenceCase> silent =
          told.stream()
              .map(SilenceCase::new)
              .filter(channel -> runner.runs(channel.toldAtLast()))
              .toList();
      silent.forEach(SilenceCase::prepare);
      stage.webSystem().hasDelivery(true);
      stage.web().mood(Mood.SILENT);
      silent.forEach(SilenceCase::begin);
      silent.forEach(SilenceCase::awaitTimeOut);
      stage.web().mood(Mood.OK);
      silent.forEach(channel -> runner.run(channel.toldAtLast()));
      told.forEach(OutboundScene::tidy);
    }

    private void beforeRestart() {
      outbound.forEach(OutboundCases::prepareRestart);
      outbound.forEach(channel -> runner.run(channel.beforeRestart()));
    }

    private void afterRestart() {
      outbound.forEach(channel -> runner.run(channel.afterRestart(), channel::tidy));
      inbound.forEach(scene -> new InboundCases(scene).casesAfter("restart").forEach(runner::run));
      answers.forEach(channel -> runner.run(channel.toldAfter("restart")));
    }
  }

  private FolderResult product(String name) {
    CaseRunner runner = runner("products/" + name);
    ProductExamples.cases(options.directory().resolve("products").resolve(name))
        .forEach(runner::run);
    return runner.result("product");
  }
}
