package io.tickethub;

import io.opentelemetry.api.trace.Span;
import io.prometheus.metrics.tracer.common.SpanContext;
import io.tickethub.journal.NodeName;
import io.tickethub.trace.Tracing;
import io.tickethub.trace.TracingProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TracingProperties.class)
class TracingConfiguration {

  private static final String ENVIRONMENT = "env:";
  private static final String FILE = "file:";

  @Bean(destroyMethod = "close")
  Tracing tracing(TracingProperties properties, NodeName node) {
    return properties.otlpEndpoint().isEmpty()
        ? Tracing.OFF
        : Tracing.to(
            properties.otlpEndpoint(),
            secret(properties.authorization()),
            properties.share(),
            node.value());
  }

  private static String secret(String reference) {
    String secret = null;
    if (reference.isEmpty()) {
      return "";
    } else if (reference.startsWith(ENVIRONMENT)) {
      secret = System.getenv(reference.substring(ENVIRONMENT.length()));
    } else if (reference.startsWith(FILE)) {
      secret = read(Path.of(reference.substring(FILE.length())));
    } else {
      throw new IllegalStateException(
          "hub.tracing.authorization is a secret: write env:NAME or file:PATH, never the secret itself");
    }
    if (secret == null || secret.isBlank()) {
      throw new IllegalStateException(
          "hub.tracing.authorization: %s holds nothing".formatted(reference));
    }
    return secret.strip();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new IllegalStateException(
          "hub.tracing.authorization: %s cannot be read".formatted(file), e);
    }
  }

  /** Metrics name the trace of an example of what they count. */
  @Bean
  @ConditionalOnExpression("!'${hub.tracing.otlp-endpoint:}'.isEmpty()")
  SpanContext exemplars() {
    return new SpanContext() {
      @Override
      public String getCurrentTraceId() {
        return Span.current().getSpanContext().isValid()
            ? Span.current().getSpanContext().getTraceId()
            : null;
      }

      @Override
      public String getCurrentSpanId() {
        return Span.current().getSpanContext().isValid()
            ? Span.current().getSpanContext().getSpanId()
            : null;
      }

      @Override
      public boolean isCurrentSpanSampled() {
        return Span.current().getSpanContext().isSampled();
      }

      @Override
      public void markCurrentSpanAsExemplar() {}
    };
  }
}
