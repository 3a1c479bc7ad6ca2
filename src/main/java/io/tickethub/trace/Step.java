package io.tickethub.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import org.slf4j.MDC;

/** One step of a message's way, of which a collector is told when it ends. */
public final class Step {

  /** The step of a hub that traces nothing; whatever is said of it costs nothing. */
  public static final Step NONE = new Step(null);

  private static final String TRACE_FIELD = "trace.id";
  private static final Current NOWHERE = () -> {};

  private final Span span;

  Step(Span span) {
    this.span = span;
  }

  /** Ends with the stretch of code in which a step is the current one of its thread. */
  public interface Current extends AutoCloseable {
    @Override
    void close();
  }

  /** What the next step begins from, in the form of W3C's {@code traceparent}; null for nothing. */
  public String context() {
    if (span == null) {
      return null;
    }
    SpanContext context = span.getSpanContext();
    return "00-%s-%s-%s"
        .formatted(context.getTraceId(), context.getSpanId(), context.getTraceFlags().asHex());
  }

  /** The trace of a context; null for none. */
  public static String traceId(String context) {
    return context == null ? null : context.split("-", 3)[1];
  }

  /** Says something of the step that is no personal data. */
  public Step with(String attribute, String value) {
    if (span != null && value != null) {
      span.setAttribute(attribute, value);
    }
    return this;
  }

  public Step with(String attribute, long value) {
    if (span != null) {
      span.setAttribute(attribute, value);
    }
    return this;
  }

  /** Lines of the log and exemplars of metrics name the trace until it is closed. */
  @SuppressWarnings("MustBeClosedChecker") // Whoever closes what is given closes it.
  public Current makeCurrent() {
    if (span == null) {
      return NOWHERE;
    }
    var scope = span.makeCurrent();
    var field = MDC.putCloseable(TRACE_FIELD, span.getSpanContext().getTraceId());
    return () -> {
      field.close();
      scope.close();
    };
  }

  public void end() {
    if (span != null) {
      span.end();
    }
  }

  /** Ends without success; {@code code} says why in a word, without any content. */
  public void fail(String code) {
    if (span != null) {
      span.setAttribute("error.type", code);
      span.setStatus(StatusCode.ERROR);
      span.end();
    }
  }
}
