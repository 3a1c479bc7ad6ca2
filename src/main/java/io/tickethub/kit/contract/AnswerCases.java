package io.tickethub.kit.contract;

import io.tickethub.connector.folder.ConnectorManifest.Reply;
import io.tickethub.connector.folder.OutboundChannel;
import io.tickethub.delivery.DeliveryLog;
import io.tickethub.journal.MessageStatus;
import io.tickethub.journal.TicketReferences;
import io.tickethub.kit.contract.Variants.Variant;
import io.tickethub.kit.contract.server.Received;
import io.tickethub.ticket.Change;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** A channel that answers whoever reports a ticket, at the place the report asks for. */
final class AnswerCases {

  private static final String REGISTERED = "registered";

  private final Stage stage;
  private final OutboundChannel channel;
  private final InboundScene reports;
  private final Reply reply;

  private AnswerCases(Stage stage, OutboundChannel channel, InboundScene reports) {
    this.stage = stage;
    this.channel = channel;
    this.reports = reports;
    this.reply = reports.channel().form().reply();
  }

  /** For a channel that tells nothing else and goes to no fixed place; empty for any other. */
  static Optional<AnswerCases> of(Stage stage, String name, List<InboundScene> inbound) {
    OutboundChannel channel = stage.definition().outbound().get(name);
    boolean isFixed =
        stage.survey().targets().getOrDefault(name, List.of()).stream()
            .anyMatch(place -> !place.isDynamic());
    if (isFixed || !channel.form().tells().equals(Set.of(REGISTERED))) {
      return Optional.empty();
    }
    return inbound.stream()
        .filter(scene -> scene.channel().form().reply() != null)
        .filter(scene -> scene.sender() instanceof QueueSender)
        .findFirst()
        .map(scene -> new AnswerCases(stage, channel, scene));
  }

  List<Case> cases() {
    return List.of(
        named("told", this::told),
        named("asked-again", this::askedAgain),
        named("asked-without-place", this::askedWithoutPlace),
        named("place-not-allowed", this::placeNotAllowed));
  }

  Case toldAfter(String event) {
    return named("told-after-" + event, this::told);
  }

  private Case named(String name, Case.Trial trial) {
    return new Case("out %s: %s".formatted(channel.name(), name), trial);
  }

  /** A report of a ticket that nobody knows. */
  private Variant report() {
    for (ReceivedExample example : reports.examples()) {
      try {
        Variants variants = reports.variants(example);
        if (variants.changes().get(0) instanceof Change.Open) {
          return variants.ofAnotherTicket();
        }
      } catch (NotApplicableException e) {
        continue;
      }
    }
    throw new NotApplicableException("no example of %s opens a ticket".formatted(reports.name()));
  }

  private String allowedPlace() {
    return reply.allowed().get(0).replace("*", "contract");
  }

  private QueueTarget queue(String name) {
    return new QueueTarget(stage.queues(reports.hub()), name, channel.form().charset());
  }

  private Map<String, String> asking(Variant report, String place, String correlation) {
    Map<String, String> properties = new TreeMap<>(report.sent().properties());
    properties.put(reply.to(), place);
    properties.put(reply.correlation(), correlation);
    return properties;
  }

  /** The delivery of the answer, once it is made. */
  private DeliveryLog.Entry delivered(Variant report) {
    String ticket = report.changes().get(0).ticket().id();
    TicketReferences references = reports.hub().part(TicketReferences.class);
    DeliveryLog log = reports.hub().part(DeliveryLog.class);
    Await.until("the reported ticket is known", () -> !references.ticketsCalled(ticket).isEmpty());
    long id = references.ticketsCalled(ticket).get(0);
    Await.until("the answer is delivered", () -> answer(log, id).isPresent());
    return answer(log, id).orElseThrow();
  }

  private Optional<DeliveryLog.Entry> answer(DeliveryLog log, long ticket) {
    return log.ofTicket(ticket).stream()
        .filter(delivery -> delivery.connector().equals(stage.name()))
        .filter(delivery -> delivery.code().equals(REGISTERED))
        .filter(delivery -> delivery.state().equals("delivered"))
        .findFirst();
  }

  private byte[] sent(DeliveryLog.Entry delivery) {
    return reports.hub().part(DeliveryLog.class).attempts(delivery.id()).stream()
        .map(DeliveryLog.Attempt::sent)
        .filter(body -> body != null)
        .reduce((before, last) -> last)
        .orElse(new byte[0]);
  }

  /** Waits for so many answers of this correlation, and checks that they say what was mapped. */
  private void awaitAnswers(
      QueueTarget queue, String correlation, int count, DeliveryLog.Entry delivery) {
    Await.until(
        "%d answers are where the report asked for them".formatted(count),
        () -> answers(queue, correlation).size() >= count);
    List<Received> answers = answers(queue, correlation);
    BrokenContractException.unless(
        answers.size() == count, "%d answers came instead of %d", answers.size(), count);
    byte[] sent = sent(delivery);
    BrokenContractException.unless(
        answers.stream().allMatch(answer -> Arrays.equals(answer.body(), sent)),
        "an answer is not what the mapping gave");
  }

  private static List<Received> answers(QueueTarget queue, String correlation) {
    return queue.received().stream()
        .filter(answer -> correlation.equals(answer.headers().get("JMSCorrelationID")))
        .toList();
  }

  private void told() {
    Variant report = report();
    String correlation = UUID.randomUUID().toString();
    QueueTarget queue = queue(allowedPlace());
    reports.sender().send(report.sent().body(), asking(report, allowedPlace(), correlation));
    awaitAnswers(queue, correlation, 1, delivered(report));
  }

  private void askedAgain() {
    Variant report = report();
    String correlation = UUID.randomUUID().toString();
    QueueTarget queue = queue(allowedPlace());
    Map<String, String> properties = asking(report, allowedPlace(), correlation);
    reports.sender().send(report.sent().body(), properties);
    awaitAnswers(queue, correlation, 1, delivered(report));
    reports.sender().send(report.sent().body(), properties);
    awaitAnswers(queue, correlation, 2, delivered(report));
  }

  private void askedWithoutPlace() {
    Variant report = report();
    reports.sender().send(report.sent().body(), report.sent().properties());
    delivered(report);
  }

  private void placeNotAllowed() {
    Variant report = report();
    String elsewhere = "contract.elsewhere." + stage.name();
    String correlation = UUID.randomUUID().toString();
    reports.journal().mark();
    reports.sender().send(report.sent().body(), asking(report, elsewhere, correlation));
    Await.until(
        () -> "the report is kept as rejected; " + reports.journal().describe(),
        () -> reports.journal().hasFresh(MessageStatus.REJECTED));
    BrokenContractException.unless(
        queue(elsewhere).received().isEmpty(),
        "a report had its answer sent to a place that the manifest does not allow");
  }
}
