package io.tickethub.harness;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** Takes traces by OTLP over HTTP, as any collector does. */
public final class TraceCollector implements AutoCloseable {

  private static final String PATH = "/v1/traces";

  private final RecordingServer server;

  /**
   * One step as it was told.
   *
   * @param parent empty if it is the first of its trace
   */
  public record Span(
      String trace,
      String id,
      String parent,
      String name,
      boolean failed,
      Map<String, String> attributes) {}

  public TraceCollector() throws IOException {
    server = new RecordingServer();
    // An ExportTraceServiceResponse that says nothing is no bytes.
    server.answers(any -> new RecordingServer.Reply(200, "application/x-protobuf", ""));
  }

  /** Where traces go. */
  public String url() {
    return server.url() + PATH;
  }

  /** What its callers showed it. */
  public List<String> authorizations() {
    return server.requests(PATH).stream()
        .map(request -> request.headers().get("Authorization"))
        .toList();
  }

  /** All that was told. */
  public List<Span> spans() {
    List<Span> spans = new ArrayList<>();
    for (RecordingServer.Request request : server.requests(PATH)) {
      for (ResourceSpans resource : told(request).getResourceSpansList()) {
        for (ScopeSpans scope : resource.getScopeSpansList()) {
          scope.getSpansList().forEach(span -> spans.add(span(span)));
        }
      }
    }
    return spans;
  }

  /** What was told of a trace. */
  public List<Span> spans(String trace) {
    return spans().stream().filter(span -> span.trace().equals(trace)).toList();
  }

  private static ExportTraceServiceRequest told(RecordingServer.Request request) {
    try {
      return ExportTraceServiceRequest.parseFrom(
          "gzip".equals(request.headers().get("Content-Encoding"))
              ? new GZIPInputStream(new ByteArrayInputStream(request.body())).readAllBytes()
              : request.body());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("what was told is no OTLP", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Span span(io.opentelemetry.proto.trace.v1.Span told) {
    Map<String, String> attributes = new TreeMap<>();
    for (KeyValue attribute : told.getAttributesList()) {
      attributes.put(
          attribute.getKey(),
          attribute.getValue().hasIntValue()
              ? Long.toString(attribute.getValue().getIntValue())
              : attribute.getValue().getStringValue());
    }
    HexFormat hex = HexFormat.of();
    return new Span(
        hex.formatHex(told.getTraceId().toByteArray()),
        hex.formatHex(told.getSpanId().toByteArray()),
        hex.formatHex(told.getParentSpanId().toByteArray()),
        told.getName(),
        told.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR,
        attributes);
  }

  @Override
  public void close() {
    server.close();
  }
}
