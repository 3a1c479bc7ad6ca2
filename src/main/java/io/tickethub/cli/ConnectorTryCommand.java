package io.tickethub.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickethub.definition.DefinitionException;
import io.tickethub.kit.trial.Assumption;
import io.tickethub.kit.trial.ConnectorTrial;
import io.tickethub.kit.trial.Effect;
import io.tickethub.kit.trial.Received;
import io.tickethub.kit.trial.RecordTrial;
import io.tickethub.kit.trial.TicketTrial;
import io.tickethub.kit.trial.Trial;
import io.tickethub.kit.trial.TrialText;
import io.tickethub.kit.trial.TrialTree;
import io.tickethub.product.ProductCatalog;
import io.tickethub.ticket.TicketState;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "try",
    mixinStandardHelpOptions = true,
    description = {
      "Tries a message on a connector's folder, without a running hub, and shows each step:"
          + " decoded, parsed, validated, mapped, what the ticket would become, and what would be"
          + " sent to whom and why.",
      "Nothing is kept or sent. A change of a ticket is tried on a made-up one. Of a file of"
          + " records, the first good one and every problem are shown."
    })
final class ConnectorTryCommand implements Callable<Integer> {

  private static final int MOST_PROBLEMS = 50;

  @Mixin private NamedConnector connector;

  @Parameters(index = "1", paramLabel = "CHANNEL", description = "one of its inbound channels")
  private String channel;

  @Parameters(index = "2", paramLabel = "FILE", description = "the message, or a file of records")
  private Path file;

  @Option(
      names = "--routes",
      paramLabel = "DIRECTORY",
      defaultValue = "routes",
      description = "where the hub's rules are (default: ${DEFAULT-VALUE})")
  private Path routes;

  @Option(
      names = "--header",
      paramLabel = "NAME=VALUE",
      description = "a header that came with the message; may be repeated")
  private Map<String, String> headers = Map.of();

  @Option(
      names = "--record",
      paramLabel = "NUMBER",
      description = "the record of a file to show in detail; 1 is the first")
  private Integer record;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      converter = States.class,
      description =
          "the state of the made-up ticket (default: accepted); with it, a report too is tried on a"
              + " ticket that is there")
  private TicketState state;

  @Option(
      names = "--opened-by",
      paramLabel = "CONNECTOR",
      description = "who reported the made-up ticket (default: one that reports tickets)")
  private String openedBy;

  @Option(
      names = "--product",
      paramLabel = "CLASS",
      description = "product class of the made-up ticket (default: one of this connector's)")
  private String product;

  @Option(
      names = "--received-at",
      paramLabel = "INSTANT",
      description = "when it counts as received (default: when the file was last changed)")
  private Instant receivedAt;

  @Option(names = "--unmask", description = "shows personal data")
  private boolean unmask;

  @Mixin private Output output;

  @Spec private CommandSpec spec;

  /** States as they are written everywhere else. */
  static final class States implements picocli.CommandLine.ITypeConverter<TicketState> {
    @Override
    public TicketState convert(String code) {
      return TicketState.of(code);
    }
  }

  @Override
  public Integer call() throws IOException {
    Path folder = connector.folder();
    if (!Files.isRegularFile(file)) {
      throw new DefinitionException("%s: there is no such file".formatted(file));
    }
    ProductCatalog products = ProductCatalog.read(connector.directory().resolve("products"));
    ConnectorTrial tried = new ConnectorTrial(folder, channel, products);
    Instant at = receivedAt == null ? Files.getLastModifiedTime(file).toInstant() : receivedAt;
    Trial trial =
        tried.run(
            new Received(file.getFileName().toString(), Files.readAllBytes(file), headers, at));
    TrialTree tree = new TrialTree(trial, products, unmask);
    ObjectNode shown = tree.summary();
    Optional<RecordTrial> detail = detail(trial);
    if (detail.isPresent()) {
      shown.set("record", tree.record(detail.get(), effects(trial, detail.get(), products)));
    }
    ArrayNode problems = shown.putArray("problems");
    trial.stopped().stream()
        .filter(stopped -> record == null || stopped.number() == record)
        .limit(MOST_PROBLEMS)
        .forEach(stopped -> problems.add(tree.stopped(stopped)));
    print(shown);
    return problems.isEmpty() && !trial.records().isEmpty() ? 0 : HubCommand.FAILED;
  }

  private Optional<RecordTrial> detail(Trial trial) {
    if (record == null) {
      return trial.firstGood().or(() -> trial.records().stream().findFirst());
    }
    return Optional.of(
        trial.records().stream()
            .filter(candidate -> candidate.number() == record)
            .findFirst()
            .orElseThrow(
                () ->
                    new ParameterException(
                        spec.commandLine(),
                        "%s has %d records, no record %d"
                            .formatted(file, trial.records().size(), record))));
  }

  private List<Effect> effects(Trial trial, RecordTrial detail, ProductCatalog products) {
    return detail.isGood()
        ? new TicketTrial(connector.directory(), routes, products)
            .effects(trial, detail, new Assumption(state, openedBy, product))
        : List.of();
  }

  private void print(JsonNode shown) {
    PrintWriter out = spec.commandLine().getOut();
    if (output.isJson()) {
      output.json(out, shown);
    } else {
      new TrialText(out).print(shown);
      out.flush();
    }
  }
}
