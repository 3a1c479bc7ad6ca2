package io.tickethub.trace;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code hub.tracing}.
 *
 * @param otlpEndpoint the URL that takes traces by OTLP over HTTP; empty: no message is traced
 * @param authorization where the value of its header Authorization is: {@code env:NAME} or {@code
 *     file:PATH}; empty for none
 * @param share of the traces that are told, 0 to 1
 */
@ConfigurationProperties("hub.tracing")
public record TracingProperties(
    @DefaultValue("") String otlpEndpoint,
    @DefaultValue("") String authorization,
    @DefaultValue("1.0") double share) {

  /** Throws {@link IllegalStateException} if a value makes no sense. */
  public TracingProperties {
    if (!otlpEndpoint.isEmpty() && !otlpEndpoint.matches("https?://[^\\s/]+(/\\S*)?")) {
      throw new IllegalStateException(
          "hub.tracing.otlp-endpoint: '%s' is no URL such as http://collector:4318/v1/traces"
              .formatted(otlpEndpoint));
    }
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalStateException("hub.tracing.share: a number from 0 to 1 is needed");
    }
  }
}
