package io.tickethub.connector.camel;

import io.tickethub.connector.channel.ListAdmission;
import io.tickethub.connector.channel.RefusedException;
import io.tickethub.connector.folder.OutboundChannel;
import io.tickethub.connector.folder.Reconcile;
import io.tickethub.connector.folder.Reconciling;
import io.tickethub.mapping.OutboundTranslation;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;

/** Asks a system for the list of its tickets. */
final class ListInquiry {

  private final Reconciling reconciling;
  private final OutboundChannel channel;
  private final ListAdmission admission;
  private final HubComponent component;
  private final Clock clock;

  ListInquiry(
      Reconciling reconciling,
      OutboundChannel channel,
      ListAdmission admission,
      HubComponent component,
      Clock clock) {
    this.reconciling = reconciling;
    this.channel = channel;
    this.admission = admission;
    this.component = component;
    this.clock = clock;
  }

  /**
   * Asks; where the answer is the list, it is kept when this returns.
   *
   * @throws IllegalStateException if there was no answer, or none that is a list
   */
  void ask(long run, String key, Map<String, Object> input) {
    OutboundTranslation.Sent sent = channel.translation().write(input);
    HubConsumer route = component.consumer("out", Reconcile.ASK);
    if (route == null) {
      throw new IllegalStateException("no running route begins at hub:out/" + Reconcile.ASK);
    }
    Exchange exchange = route.exchange();
    exchange.getMessage().setBody(sent.body());
    headers(key, sent).forEach(exchange.getMessage()::setHeader);
    exchange.setVariable("hubKey", key);
    try {
      route.getProcessor().process(exchange);
    } catch (Exception e) {
      exchange.setException(e);
    }
    if (exchange.getException() != null) {
      throw new IllegalStateException(
          FailureClassifier.classify(exchange.getException()).text(), exchange.getException());
    }
    if (reconciling.isAnswered()) {
      take(run, exchange.getMessage().getBody(byte[].class));
    }
  }

  private void take(long run, byte[] answer) {
    try {
      admission.admitAnswer(answer == null ? new byte[0] : answer, run);
    } catch (RefusedException e) {
      throw new IllegalStateException("the answer is no list: " + e.getMessage(), e);
    }
  }

  private Map<String, Object> headers(String key, OutboundTranslation.Sent sent) {
    Map<String, Object> headers = new LinkedHashMap<>(sent.headers());
    headers.put(
        Exchange.CONTENT_TYPE,
        channel.form().format().mediaType() + "; charset=" + channel.form().charset());
    channel
        .signature()
        .ifPresent(signature -> headers.putAll(signature.sign(key, sent.body(), clock)));
    channel.apiKey().ifPresent(secret -> headers.putAll(secret.shown()));
    return headers;
  }
}
