package io.tickethub.connector.camel;

import io.tickethub.connector.channel.FileReport;
import io.tickethub.connector.channel.ReceivedMessage;
import io.tickethub.connector.channel.RefusedException;
import io.tickethub.connector.folder.InboundChannel;
import io.tickethub.connector.folder.Polling;
import io.tickethub.connector.proof.ProofUnavailableException;
import io.tickethub.intake.IntakeUnavailableException;
import io.tickethub.mapping.MappingException;
import io.tickethub.ticket.Problem;
import java.io.IOException;
import java.nio.charset.Charset;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultProducer;

/**
 * Hands a message to the hub and puts what its sender is to be answered into the exchange.
 * Variables for the route: {@code hubOutcome} (received or refused), {@code hubReplyTo} and {@code
 * hubCorrelationId} (checked), {@code hubRejects} (how many records of a file) and {@code
 * hubRejectsFile} (a name for the file of them).
 */
final class HubProducer extends DefaultProducer {

  private static final String OUTCOME = "hubOutcome";

  private final Inlet inlet;
  private final Charset charset;
  private final Answers answers;
  private final ReceiptMeters receipts;

  HubProducer(HubEndpoint endpoint, Inlet inlet) {
    super(endpoint);
    this.inlet = inlet;
    InboundChannel channel = inlet.admission().channel();
    this.charset = Charset.forName(channel.form().charset());
    this.answers = new Answers(endpoint.getComponent().connector(), channel);
    this.receipts = endpoint.getComponent().receipts(channel.name());
  }

  @Override
  public void process(Exchange exchange) throws Exception {
    long start = System.nanoTime();
    exchange.removeVariable(OUTCOME);
    try {
      take(exchange);
    } finally {
      receipts.record(exchange.getVariable(OUTCOME, String.class), System.nanoTime() - start);
    }
  }

  private void take(Exchange exchange) throws Exception {
    boolean http =
        exchange.getFromEndpoint() != null
            && exchange.getFromEndpoint().getEndpointUri().startsWith("servlet:");
    if (!mayEnter(http)) {
      answers.tooMany(exchange);
      return;
    }
    Message in = exchange.getMessage();
    Map<String, String> headers = ReceivedBody.headers(in, inlet.headers());
    try {
      byte[] body = ReceivedBody.bytes(exchange, limit(), charset);
      String fileName = in.getHeader(Exchange.FILE_NAME_ONLY, String.class);
      String trace = inlet.traced() ? TraceHeader.of(in) : null;
      in.removeHeaders("*");
      X509Certificate certificate =
          exchange.getProperty(BytesBinding.CERTIFICATE, X509Certificate.class);
      take(exchange, new ReceivedMessage(body, headers, fileName, certificate, trace), http);
    } catch (NoBytesException e) {
      in.removeHeaders("*");
      Problem problem = inlet.admission().refuse(headers, e.getMessage());
      answers.refused(exchange, problem, http, headers);
    } catch (IOException e) {
      if (!http) {
        throw e;
      }
      in.removeHeaders("*");
      answers.incomplete(exchange);
    } catch (IntakeUnavailableException e) {
      if (!http) {
        throw e;
      }
      answers.unavailable(exchange);
    } catch (ProofUnavailableException e) {
      if (!http) {
        throw e;
      }
      answers.unverifiable(exchange);
    }
  }

  private void take(Exchange exchange, ReceivedMessage message, boolean http) {
    try {
      if (inlet.lists() != null && inlet.lists().isOfRecords()) {
        answers.file(exchange, inlet.lists().admitFile(message));
      } else if (inlet.lists() != null) {
        answers.received(exchange, inlet.lists().admit(message), http);
      } else if (inlet.files() != null) {
        FileReport report = inlet.files().admit(message);
        answers.file(exchange, report);
        rememberCursor(exchange, message.body(), report);
      } else {
        answers.received(exchange, inlet.admission().admit(message), http);
      }
    } catch (RefusedException e) {
      exchange.setVariable("hubRejectsFile", Answers.rejectsFile(message.fileName()));
      answers.refused(exchange, e.problem(), http, message.headers());
      if (http) {
        e.challenge().ifPresent(challenge -> Answers.challenge(exchange, challenge));
      }
    }
  }

  /** What was fetched says where to go on; what cannot be read is fetched again. */
  private void rememberCursor(Exchange exchange, byte[] page, FileReport report) {
    Optional<Polling> polling = inlet.admission().channel().polling();
    if (polling.isEmpty() || page.length == 0) {
      return;
    }
    if (!report.divided()) {
      throw new MappingException(report.rejects().get(0).problem());
    }
    if (polling.get().cursor().isPresent()) {
      String current = exchange.getVariable(HubPollConsumer.CURSOR, String.class);
      exchange.setVariable(HubPollConsumer.NEXT, polling.get().cursor().get().after(page, current));
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

  private int limit() {
    long most = inlet.admission().channel().form().limits().size().toBytes();
    return (int) Math.min(most, Integer.MAX_VALUE - 8);
  }
}
