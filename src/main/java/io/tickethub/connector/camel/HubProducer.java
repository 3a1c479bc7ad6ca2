package io.tickethub.connector.camel;

import io.tickethub.connector.channel.FileReport;
import io.tickethub.connector.channel.Receipt;
import io.tickethub.connector.channel.ReceivedMessage;
import io.tickethub.connector.channel.RefusedException;
import io.tickethub.connector.folder.InboundChannel;
import io.tickethub.intake.IntakeUnavailableException;
import io.tickethub.ticket.Problem;
import io.tickethub.ticket.ProblemCode;
import java.nio.charset.Charset;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultProducer;

/**
 * Hands a message to the hub and puts what its sender is to be answered into the exchange.
 * Variables for the route: {@code hubOutcome} (received or refused), {@code hubReplyTo} and {@code
 * hubCorrelationId} (checked), {@code hubRejects} (how many records of a file).
 */
final class HubProducer extends DefaultProducer {

  private final Inlet inlet;
  private final Charset charset;
  private final Answers answers;

  HubProducer(HubEndpoint endpoint, Inlet inlet) {
    super(endpoint);
    this.inlet = inlet;
    InboundChannel channel = inlet.admission().channel();
    this.charset = Charset.forName(channel.form().charset());
    this.answers = new Answers(channel);
  }

  @Override
  public void process(Exchange exchange) throws Exception {
    boolean http =
        exchange.getFromEndpoint() != null
            && exchange.getFromEndpoint().getEndpointUri().startsWith("servlet:");
    if (!mayEnter(http)) {
      answers.refused(
          exchange,
          Problem.of(ProblemCode.TOO_MANY, "more messages a second than this channel takes"),
          http,
          Map.of());
      return;
    }
    ReceivedMessage message = received(exchange);
    exchange.getMessage().removeHeaders("*");
    try {
      if (inlet.files() != null) {
        FileReport report = inlet.files().admit(message);
        answers.file(exchange, report);
      } else {
        Receipt receipt = inlet.admission().admit(message);
        answers.received(exchange, receipt, http);
      }
    } catch (RefusedException e) {
      answers.refused(exchange, e.problem(), http, message.headers());
    } catch (IntakeUnavailableException e) {
      if (!http) {
        throw e;
      }
      answers.unavailable(exchange);
    }
  }

  /** A web client is told to come later; where the hub fetches itself, it fetches more slowly. */
  private boolean mayEnter(boolean http) throws InterruptedException {
    if (http) {
      return inlet.rate().tryConsume(1);
    }
    inlet.rate().asBlocking().consume(1);
    return true;
  }

  private ReceivedMessage received(Exchange exchange) throws Exception {
    Message message = exchange.getMessage();
    long most = inlet.admission().channel().form().limits().size().toBytes();
    byte[] body =
        ReceivedBody.bytes(exchange, (int) Math.min(most, Integer.MAX_VALUE - 8), charset);
    return new ReceivedMessage(
        body,
        new TreeMap<>(ReceivedBody.headers(message, inlet.headers())),
        message.getHeader(Exchange.FILE_NAME_ONLY, String.class));
  }
}
