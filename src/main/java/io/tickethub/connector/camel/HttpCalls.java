package io.tickethub.connector.camel;

import io.tickethub.connector.folder.ConnectorDefinition;
import java.time.Duration;
import org.apache.camel.component.http.HttpComponent;
import org.springframework.util.unit.DataSize;

/** How a connector calls its system by HTTP. */
final class HttpCalls {

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(30);

  /** Far more than anything that says a message was taken. */
  private static final DataSize ANSWER_SIZE = DataSize.ofMegabytes(4);

  private HttpCalls() {}

  /**
   * One call is one attempt: on its own the client would repeat it after a 503, unseen. Nothing of
   * an answer is kept for the next call, and answers come unpacked. However a system answers, a
   * call ends and needs little memory.
   */
  static HttpComponent component(ConnectorDefinition definition, InboundHeaders headers) {
    Duration given = definition.manifest().delivery().answerWithin();
    HttpComponent component = component(given == null ? ANSWER : given, longestAnswer(definition));
    component.setHeaderFilterStrategy(headers);
    return component;
  }

  /** What comes as an answer and is a message or a list has its own limit, which is looked at. */
  private static DataSize longestAnswer(ConnectorDefinition definition) {
    return definition.entrances().values().stream()
        .map(channel -> channel.form().limits().size())
        .filter(size -> size.compareTo(ANSWER_SIZE) > 0)
        .max(DataSize::compareTo)
        .map(size -> DataSize.ofBytes(size.toBytes() + ANSWER_SIZE.toBytes()))
        .orElse(ANSWER_SIZE);
  }

  static HttpComponent component(Duration answerWithin, DataSize longestAnswer) {
    HttpComponent component = new HttpComponent();
    component.setHttpClientConfigurer(
        client ->
            client
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableContentCompression()
                .addExecInterceptorFirst(
                    "bounded-answer", new BoundedAnswer(answerWithin, longestAnswer)));
    component.setConnectTimeout(CONNECT.toMillis());
    component.setConnectionRequestTimeout(CONNECT.toMillis());
    component.setResponseTimeout(answerWithin.toMillis());
    component.setSoTimeout(answerWithin.toMillis());
    component.setFollowRedirects(false);
    component.setUseGlobalSslContextParameters(true);
    component.setCopyHeaders(false);
    return component;
  }
}
