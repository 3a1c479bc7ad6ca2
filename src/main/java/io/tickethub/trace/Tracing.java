package io.tickethub.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Follows messages: each step is a span of OpenTelemetry that begins from the one before, wherever
 * that took place. Spans are told in the background, at most as many as the collector takes; a
 * collector that is down costs nothing but its spans. Thread-safe.
 */
public final class Tracing implements AutoCloseable {

  /** A hub that traces nothing. */
  public static final Tracing OFF = new Tracing(null);

  private static final int MOST_WAITING = 8_192;
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int LONGEST_HEADER = 256;

  private final SdkTracerProvider provider;
  private final Tracer tracer;

  private Tracing(SdkTracerProvider provider) {
    this.provider = provider;
    this.tracer = provider == null ? null : provider.get("io.tickethub");
  }

  /**
   * A hub that tells a collector.
   *
   * @param authorization the value of the header Authorization; empty for none
   * @param share of the traces that are told: whether one is, each system decides alike by its id
   * @param node this node's name
   */
  public static Tracing to(String endpoint, String authorization, double share, String node) {
    OtlpHttpSpanExporterBuilder exporter =
        OtlpHttpSpanExporter.builder().setEndpoint(endpoint).setTimeout(PATIENCE);
    if (!authorization.isEmpty()) {
      exporter.addHeader("Authorization", authorization);
    }
    Sampler byId = Sampler.traceIdRatioBased(share);
    Resource hub =
        Resource.builder()
            .put("service.name", "ticket-hub")
            .put("service.instance.id", node)
            .build();
    return new Tracing(
        SdkTracerProvider.builder()
            .setResource(Resource.getDefault().merge(hub))
            .setSampler(Sampler.parentBasedBuilder(byId).setRemoteParentSampled(byId).build())
            .addSpanProcessor(
                BatchSpanProcessor.builder(exporter.build())
                    .setMaxQueueSize(MOST_WAITING)
                    .setScheduleDelay(INTERVAL)
                    .build())
            .build());
  }

  public boolean isOn() {
    return tracer != null;
  }

  /**
   * A message arrives.
   *
   * @param foreign the header {@code traceparent} as its sender wrote it; what is none is ignored;
   *     null for none
   */
  public Step receive(String foreign) {
    return tracer == null
        ? Step.NONE
        : begin("receive", SpanKind.SERVER, read(foreign).getSpanContext());
  }

  /** A message takes effect; {@code context} is that of its arrival, null for none. */
  public Step apply(String context) {
    return tracer == null ? Step.NONE : begin("apply", SpanKind.CONSUMER, own(context));
  }

  /** A system is told; {@code context} is that of what it is told of, null for none. */
  public Step deliver(String context) {
    return tracer == null ? Step.NONE : begin("deliver", SpanKind.CLIENT, own(context));
  }

  private Step begin(String name, SpanKind kind, SpanContext parent) {
    SpanBuilder span = tracer.spanBuilder(name).setSpanKind(kind);
    return new Step(
        (parent.isValid()
                ? span.setParent(Context.root().with(Span.wrap(parent)))
                : span.setNoParent())
            .startSpan());
  }

  private static Span read(String header) {
    return header == null || header.length() > LONGEST_HEADER
        ? Span.getInvalid()
        : Span.fromContext(
            W3CTraceContextPropagator.getInstance().extract(Context.root(), header, Header.ONLY));
  }

  /** Whether it is told was decided when it arrived. */
  private static SpanContext own(String context) {
    SpanContext read = read(context).getSpanContext();
    return SpanContext.create(
        read.getTraceId(), read.getSpanId(), read.getTraceFlags(), read.getTraceState());
  }

  /** Tells what waits. */
  @Override
  public void close() {
    if (provider != null) {
      CompletableResultCode done = provider.shutdown();
      done.join(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
  }

  /** Of all that a carrier could bring, {@code traceparent}: the hub passes on nothing else. */
  private enum Header implements TextMapGetter<String> {
    ONLY;

    @Override
    public Iterable<String> keys(String carrier) {
      return List.of("traceparent");
    }

    @Override
    public String get(String carrier, String key) {
      return key.equals("traceparent") ? carrier : null;
    }
  }
}
