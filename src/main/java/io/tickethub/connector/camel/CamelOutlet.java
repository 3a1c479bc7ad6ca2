package io.tickethub.connector.camel;

import io.tickethub.connector.channel.ContentTrees;
import io.tickethub.connector.channel.DeliveryInput;
import io.tickethub.connector.folder.ConnectorDefinition;
import io.tickethub.connector.folder.ConnectorManifest;
import io.tickethub.connector.folder.OutboundChannel;
import io.tickethub.delivery.Delivered;
import io.tickethub.delivery.DeliveryFailedException;
import io.tickethub.delivery.DeliveryPolicy;
import io.tickethub.delivery.OutboundDelivery;
import io.tickethub.delivery.Outlet;
import io.tickethub.mapping.Answer;
import io.tickethub.mapping.AnswerTranslation;
import io.tickethub.mapping.MappingException;
import io.tickethub.mapping.OutboundTranslation;
import io.tickethub.ticket.FailureKind;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;

/** Tells a system something through the routes of its connector. */
public final class CamelOutlet implements Outlet {

  private static final String NO_CHANNEL = "-";
  private static final Duration SOONEST = Duration.ofSeconds(1);

  /** Not longer than {@link io.tickethub.delivery.Dispatchers#hurry} looks ahead. */
  private static final Duration LATEST = Duration.ofMinutes(1);

  private final ConnectorDefinition definition;
  private final HubComponent component;
  private final DeliveryInput input;
  private final AnswerNews news;
  private final Clock clock;

  CamelOutlet(
      ConnectorDefinition definition,
      HubComponent component,
      ContentTrees contents,
      AnswerNews news,
      Clock clock) {
    this.definition = definition;
    this.component = component;
    this.input = new DeliveryInput(definition.name(), contents);
    this.news = news;
    this.clock = clock;
  }

  @Override
  public String connector() {
    return definition.name();
  }

  @Override
  public DeliveryPolicy policy() {
    ConnectorManifest.Delivery given = definition.manifest().delivery();
    DeliveryPolicy usual = DeliveryPolicy.DEFAULT;
    return new DeliveryPolicy(
        or(given.concurrency(), usual.concurrency()),
        or(given.perSecond(), usual.perSecond()),
        or(given.firstRetry(), usual.firstRetry()),
        or(given.longestRetry(), usual.longestRetry()),
        or(given.attempts(), usual.attempts()),
        or(given.giveUpAfter(), usual.giveUpAfter()),
        or(given.breakerOpen(), usual.breakerOpen()));
  }

  private static <T> T or(T given, T usual) {
    return given == null ? usual : given;
  }

  /** Every route on which something would leave is stopped. */
  @Override
  public boolean isShut() {
    return !definition.outbound().isEmpty()
        && definition.outbound().values().stream()
            .allMatch(channel -> heldFor(channel).isPresent());
  }

  private Optional<Duration> heldFor(OutboundChannel channel) {
    return component
        .heldFor("out", channel.name())
        .or(
            () ->
                channel.question().isPresent()
                    ? component.heldFor("ask", channel.name())
                    : Optional.empty());
  }

  /** The longer a route has been stopped, the longer until what it would carry is looked at. */
  private Optional<Instant> released(OutboundDelivery delivery, Instant now) {
    return definition
        .channelFor(delivery.code())
        .flatMap(this::heldFor)
        .map(since -> since.dividedBy(4))
        .map(wait -> wait.compareTo(SOONEST) < 0 ? SOONEST : wait)
        .map(wait -> now.plus(wait.compareTo(LATEST) < 0 ? wait : LATEST));
  }

  @Override
  public Optional<Instant> notBefore(OutboundDelivery delivery, Instant now) {
    return released(delivery, now).or(() -> quietUntil(delivery, now));
  }

  private Optional<Instant> quietUntil(OutboundDelivery delivery, Instant now) {
    return definition
        .quietTime()
        .filter(quiet -> definition.channelFor(delivery.code()).isPresent())
        .flatMap(quiet -> quiet.notBefore(now, () -> input.of(delivery)));
  }

  @Override
  public Delivered deliver(OutboundDelivery delivery) throws DeliveryFailedException {
    Optional<OutboundChannel> carrier = definition.channelFor(delivery.code());
    if (carrier.isEmpty()) {
      return new Delivered(NO_CHANNEL, null, null, Map.of());
    }
    OutboundChannel channel = carrier.get();
    Map<String, Object> values = input.of(delivery);
    if (delivery.attempt() > 1 && channel.question().isPresent()) {
      Optional<Delivered> had = ask(channel, delivery, values);
      if (had.isPresent()) {
        return had.get();
      }
    }
    return send(channel, delivery, values);
  }

  private Optional<Delivered> ask(
      OutboundChannel channel, OutboundDelivery delivery, Map<String, Object> values)
      throws DeliveryFailedException {
    OutboundChannel.Question question = channel.question().orElseThrow();
    Call call = new Call(channel, "ask", delivery, question.translation(), values);
    Answer answer = call.understand(question.answer());
    if (answer.known() == null) {
      throw call.failure(
          FailureKind.PERMANENT, "ask", "the mapping of the answer to 'ask' gives no 'known'");
    }
    return answer.known() ? Optional.of(finish(call, answer, delivery)) : Optional.empty();
  }

  private Delivered send(
      OutboundChannel channel, OutboundDelivery delivery, Map<String, Object> values)
      throws DeliveryFailedException {
    Call call = new Call(channel, "out", delivery, channel.translation(), values);
    Answer answer =
        channel.answer().isPresent() && !call.isAnswerEmpty()
            ? call.understand(channel.answer().get())
            : Answer.TAKEN;
    return finish(call, answer, delivery);
  }

  private Delivered finish(Call call, Answer answer, OutboundDelivery delivery)
      throws DeliveryFailedException {
    if (answer.failure() != null) {
      Answer.Failure failure = answer.failure();
      throw call.failure(
          failure.kind(), "answer-" + failure.code(), "the system answered: " + failure.text());
    }
    news.put(call.channel.name(), delivery, answer.changes(), call.answer);
    return new Delivered(call.channel.name(), call.sent, call.answer, answer.references());
  }

  /** One exchange with the system. */
  private final class Call {
    private final OutboundChannel channel;
    private final Map<String, Object> values;
    private byte[] sent;
    private byte[] answer;

    private Call(
        OutboundChannel channel,
        String direction,
        OutboundDelivery delivery,
        OutboundTranslation translation,
        Map<String, Object> values)
        throws DeliveryFailedException {
      this.channel = channel;
      this.values = values;
      OutboundTranslation.Sent message = write(translation);
      sent = message.body();
      HubConsumer route = component.consumer(direction, channel.name());
      if (route == null) {
        throw failure(
            FailureKind.TEMPORARY,
            "no-route",
            "no running route begins at hub:%s/%s".formatted(direction, channel.name()));
      }
      answer = exchange(route, delivery, message);
    }

    private OutboundTranslation.Sent write(OutboundTranslation translation)
        throws DeliveryFailedException {
      try {
        return translation.write(values);
      } catch (MappingException e) {
        throw failure(
            FailureKind.PERMANENT,
            "mapping-" + e.problem().code().code(),
            "the message cannot be written: " + e.problem().sentence());
      }
    }

    private byte[] exchange(
        HubConsumer route, OutboundDelivery delivery, OutboundTranslation.Sent message)
        throws DeliveryFailedException {
      Exchange exchange = route.exchange();
      exchange.getMessage().setBody(message.body());
      headers(delivery, message).forEach(exchange.getMessage()::setHeader);
      exchange.setVariable("hubKey", delivery.key());
      exchange.setVariable("hubTicket", delivery.ticket().number());
      exchange.setVariable("hubReferenceSegment", segment(delivery.references().get(connector())));
      exchange.setVariable("hubReplyTo", delivery.cause().replyTo());
      exchange.setVariable("hubCorrelationId", delivery.cause().correlationId());
      try {
        route.getProcessor().process(exchange);
      } catch (Exception e) {
        exchange.setException(e);
      }
      if (exchange.getException() != null) {
        FailureClassifier.Failure failure = FailureClassifier.classify(exchange.getException());
        answer = failure.answer();
        throw failure(failure.kind(), failure.code(), failure.text());
      }
      return exchange.getMessage().getBody(byte[].class);
    }

    /** What the system calls the ticket, as one segment of a URL's path and nothing more. */
    private static String segment(String reference) {
      return reference == null
          ? null
          : URLEncoder.encode(reference, StandardCharsets.UTF_8)
              .replace("+", "%20")
              .replace(".", "%2E");
    }

    private Map<String, Object> headers(
        OutboundDelivery delivery, OutboundTranslation.Sent message) {
      Map<String, Object> headers = new LinkedHashMap<>(message.headers());
      headers.put(Exchange.CONTENT_TYPE, contentType());
      if (channel.form().idempotency() == ConnectorManifest.Idempotency.KEY) {
        headers.put("Idempotency-Key", delivery.key());
      }
      if (delivery.trace() != null) {
        headers.put(TraceHeader.NAME, delivery.trace());
      }
      channel
          .signature()
          .ifPresent(signature -> headers.putAll(signature.sign(delivery.key(), sent, clock)));
      channel.apiKey().ifPresent(key -> headers.putAll(key.shown()));
      return headers;
    }

    private String contentType() {
      return channel.form().format().mediaType() + "; charset=" + channel.form().charset();
    }

    /** The system took the message and has nothing to say of it. */
    private boolean isAnswerEmpty() {
      return answer == null || answer.length == 0;
    }

    private Answer understand(AnswerTranslation translation) throws DeliveryFailedException {
      try {
        return translation.read(answer == null ? new byte[0] : answer, values);
      } catch (MappingException e) {
        throw failure(
            FailureKind.TEMPORARY,
            "answer-" + e.problem().code().code(),
            "the system's answer cannot be understood: " + e.problem().sentence());
      }
    }

    private DeliveryFailedException failure(FailureKind kind, String code, String text) {
      return new DeliveryFailedException(kind, code, text, channel.name(), sent, answer);
    }
  }
}
