package io.tickethub.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickethub.connector.ConnectorProperties;
import io.tickethub.connector.Connectors;
import io.tickethub.definition.DefinitionException;
import io.tickethub.kit.capture.NewExample;
import io.tickethub.kit.trial.Assumption;
import io.tickethub.kit.trial.ConnectorTrial;
import io.tickethub.kit.trial.Effect;
import io.tickethub.kit.trial.Received;
import io.tickethub.kit.trial.RecordTrial;
import io.tickethub.kit.trial.TicketTrial;
import io.tickethub.kit.trial.Trial;
import io.tickethub.kit.trial.TrialTree;
import io.tickethub.product.ProductCatalog;
import io.tickethub.ticket.Change;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.security.Principal;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Tries a message on a connector's folder, and makes an example of it. Nothing is sent. */
@RestController
@RequestMapping("/api/connectors/{name}")
public class ConnectorTrialController {

  private static final int MOST_PROBLEMS = 50;

  private final Connectors connectors;
  private final ConnectorProperties properties;
  private final ProductCatalog products;
  private final Audit audit;
  private final Clock clock;

  ConnectorTrialController(
      Connectors connectors,
      ConnectorProperties properties,
      ProductCatalog products,
      Audit audit,
      Clock clock) {
    this.connectors = connectors;
    this.properties = properties;
    this.products = products;
    this.audit = audit;
    this.clock = clock;
  }

  /** The files of a new example. */
  public record Written(List<String> files) {}

  /** What each step makes of a message, personal data masked; the body is the message. */
  @PostMapping("/try")
  public ObjectNode attempt(
      @PathVariable String name,
      @RequestParam String channel,
      @RequestBody byte[] body,
      Principal who) {
    Right.CONFIGURE.require(who, name);
    Trial trial = trial(name, channel, body);
    TrialTree tree = new TrialTree(trial, products, false);
    ObjectNode shown = tree.summary();
    Optional<RecordTrial> detail = trial.firstGood().or(() -> trial.records().stream().findFirst());
    detail.ifPresent(message -> shown.set("record", tree.record(message, effects(trial, message))));
    ArrayNode problems = shown.putArray("problems");
    trial.stopped().stream()
        .limit(MOST_PROBLEMS)
        .forEach(stopped -> problems.add(tree.stopped(stopped)));
    return shown;
  }

  private List<Effect> effects(Trial trial, RecordTrial message) {
    return message.isGood()
        ? new TicketTrial(properties.directory(), properties.routes(), products)
            .effects(trial, message, Assumption.NONE)
        : List.of();
  }

  /**
   * Writes a message into the folder as an example, together with what it means today; personal
   * data is masked as far as it is recognised.
   */
  @PostMapping("/examples")
  public Written example(
      @PathVariable String name,
      @RequestParam String channel,
      @RequestParam("case") String example,
      @RequestParam(defaultValue = "") String reason,
      @RequestBody byte[] body,
      Principal who)
      throws IOException {
    Right.CONFIGURE.require(who, name);
    String why = Reason.required(reason);
    Trial trial = trial(name, channel, body);
    List<Change> changes =
        trial.records().stream().flatMap(tried -> tried.changes().stream()).toList();
    byte[] masked =
        MessageCaptureController.masked(body, Charset.forName(trial.form().charset()), changes);
    List<String> files;
    try {
      Path folder = folder(name);
      files =
          new NewExample(folder, channel, example)
              .write(masked, Map.of()).stream()
                  .map(file -> folder.relativize(file).toString())
                  .toList();
    } catch (DefinitionException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
    audit.record(
        who.getName(),
        "example",
        name,
        "before: none; after: %s; reason: %s".formatted(String.join(", ", files), why));
    return new Written(files);
  }

  private Trial trial(String name, String channel, byte[] body) {
    try {
      return new ConnectorTrial(folder(name), channel, products)
          .run(new Received("pasted", body, Map.of(), clock.instant()));
    } catch (DefinitionException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  private Path folder(String name) {
    try {
      return connectors.folder(name);
    } catch (NoSuchElementException e) {
      throw new NotFoundException(e.getMessage());
    }
  }
}
