package io.tickethub.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tickethub.harness.Ports;
import io.tickethub.harness.TraceCollector;
import io.tickethub.harness.TraceCollector.Span;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

class TracingTest {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String SENDER = "00-" + TRACE + "-00f067aa0ba902b7-";

  @Test
  void aHubThatTracesNothingHasOneStepForAll() {
    Step receive = Tracing.OFF.receive(SENDER + "01");

    assertThat(List.of(receive, Tracing.OFF.apply(null), Tracing.OFF.deliver(SENDER + "01")))
        .allMatch(step -> step == Step.NONE);
    assertThat(receive.with("hub.connector", "north").context()).isNull();
    try (Step.Current current = receive.makeCurrent()) {
      assertThat(MDC.get("trace.id")).isNull();
    }
    receive.end();
    receive.fail("down");
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .noneMatch(name -> name.contains("BatchSpanProcessor"));
  }

  @Test
  void stepsGoOnFromWhatIsWrittenOfTheStepBefore() throws Exception {
    try (TraceCollector collector = new TraceCollector()) {
      try (Tracing tracing = Tracing.to(collector.url(), "Bearer token", 1, "a")) {
        Step receive = tracing.receive(SENDER + "01");
        Step apply = tracing.apply(receive.context());
        Step deliver = tracing.deliver(apply.context());
        try (Step.Current current = deliver.makeCurrent()) {
          assertThat(MDC.get("trace.id")).isEqualTo(TRACE).isEqualTo(Step.traceId(SENDER));
        }
        assertThat(MDC.get("trace.id")).isNull();
        deliver.with("hub.attempt", 2).with("hub.ticket", null).fail("http-503");
        apply.end();
        receive.end();
      }
      Map<String, Span> spans =
          collector.spans(TRACE).stream().collect(Collectors.toMap(Span::name, span -> span));
      assertThat(spans.get("receive").parent()).isEqualTo("00f067aa0ba902b7");
      assertThat(spans.get("apply").parent()).isEqualTo(spans.get("receive").id());
      assertThat(spans.get("deliver").parent()).isEqualTo(spans.get("apply").id());
      assertThat(spans.get("deliver").failed()).isTrue();
      assertThat(spans.get("deliver").attributes())
          .isEqualTo(Map.of("hub.attempt", "2", "error.type", "http-503"));
      assertThat(collector.authorizations()).containsOnly("Bearer token");
    }
  }

  @Test
  void whatItsSenderOrTheShareLeavesOutIsNotToldButGoesOn() throws Exception {
    try (TraceCollector collector = new TraceCollector()) {
      try (Tracing all = Tracing.to(collector.url(), "", 1, "a");
          Tracing nothing = Tracing.to(collector.url(), "", 0, "a")) {
        for (Step receive : List.of(all.receive(SENDER + "00"), nothing.receive(SENDER + "01"))) {
          Step apply = all.apply(receive.context());
          assertThat(apply.context()).startsWith("00-" + TRACE).endsWith("-00");
          apply.end();
          receive.end();
        }
      }
      assertThat(collector.spans()).isEmpty();
    }
  }

  @Test
  void aCollectorThatIsDownHoldsNobodyUp() throws IOException {
    String nowhere = "http://127.0.0.1:%d/v1/traces".formatted(Ports.free(1).get(0));
    try (Tracing tracing = Tracing.to(nowhere, "", 1, "a")) {
      await()
          .atMost(Duration.ofSeconds(5))
          .until(
              () -> {
                for (int number = 0; number < 20_000; number++) {
                  tracing.receive(null).end();
                }
                return true;
              });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"collector:4318", "ftp://collector", "http:// collector", "http:///v1"})
  void anEndpointThatIsNoUrlIsRefused(String endpoint) {
    assertThatThrownBy(() -> new TracingProperties(endpoint, "", 1))
        .hasMessageContaining("hub.tracing.otlp-endpoint")
        .hasMessageContaining(endpoint);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
  void aShareThatIsNoneIsRefused(double share) {
    assertThatThrownBy(() -> new TracingProperties("", "", share))
        .hasMessageContaining("hub.tracing.share");
  }
}
