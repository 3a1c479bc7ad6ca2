package io.tickethub.connector.camel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickethub.connector.channel.FileReport;
import io.tickethub.connector.channel.Receipt;
import io.tickethub.connector.channel.ReplyAddress;
import io.tickethub.connector.folder.ConnectorManifest.Syntax;
import io.tickethub.connector.folder.InboundChannel;
import io.tickethub.mapping.OutboundTranslation;
import io.tickethub.mapping.RecordFormat;
import io.tickethub.mapping.SoapFormat;
import io.tickethub.ticket.Problem;
import io.tickethub.ticket.ProblemCode;
import io.tickethub.ticket.TicketJson;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * What senders are answered, each in its own protocol: receipts, problem+json, SOAP faults, reject
 * files, or what a mapping says.
 */
final class Answers {

  private static final int ACCEPTED = 202;
  private static final int INCOMPLETE = 408;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int FAILED = 500;
  private static final int UNAVAILABLE = 503;
  private static final String RETRY_AFTER_SECONDS = "5";

  private final String connector;
  private final InboundChannel channel;
  private final Charset charset;
  private final JsonMapper json = TicketJson.mapper();

  Answers(String connector, InboundChannel channel) {
    this.connector = connector;
    this.channel = channel;
    this.charset = Charset.forName(channel.form().charset());
  }

  void received(Exchange exchange, Receipt receipt, boolean http) {
    exchange.setVariable("hubOutcome", "received");
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("message", receipt.message());
    body.put("externalId", receipt.externalId());
    body.put("receivedAt", receipt.receivedAt().toString());
    if (channel.receipt().isPresent()) {
      mapped(exchange, channel.receipt().get(), Map.of("receipt", body));
    } else {
      exchange.getMessage().setBody(bytes(body));
    }
    if (http) {
      status(exchange, isSoap() ? 200 : ACCEPTED, contentType("application/json"));
    }
  }

  void refused(Exchange exchange, Problem problem, boolean http, Map<String, String> headers) {
    exchange.setVariable("hubOutcome", "refused");
    replyAddress(exchange, headers);
    int status = statusOf(problem.code());
    Map<String, Object> body = problemBody(problem, status);
    if (channel.rejection().isPresent()) {
      mapped(exchange, channel.rejection().get(), Map.of("problem", body));
    } else if (isSoap()) {
      fault(exchange, status != FAILED, told(problem).sentence(), body);
    } else {
      exchange.getMessage().setBody(bytes(body));
    }
    if (http) {
      status(
          exchange,
          isSoap() ? faultStatus(status) : status,
          contentType("application/problem+json"));
    }
  }

  /** The hub cannot keep messages now. */
  void unavailable(Exchange exchange) {
    later(
        exchange,
        UNAVAILABLE,
        "unavailable",
        "the hub cannot keep messages now; keep it and send it again");
  }

  /** It cannot be told now who sent it. */
  void unverifiable(Exchange exchange) {
    later(
        exchange,
        UNAVAILABLE,
        "unavailable",
        "the hub cannot check now who sent the message; keep it and send it again");
  }

  /** How the sender is to prove who it is. */
  static void challenge(Exchange exchange, String challenge) {
    exchange.getMessage().setHeader("WWW-Authenticate", challenge);
  }

  /** More came than the channel takes. */
  void tooMany(Exchange exchange) {
    later(
        exchange,
        TOO_MANY_REQUESTS,
        ProblemCode.TOO_MANY.code(),
        "more messages a second than this channel takes; keep it and send it again");
  }

  /** The message did not come to its end in time. */
  void incomplete(Exchange exchange) {
    later(
        exchange,
        INCOMPLETE,
        "incomplete",
        "the message did not come to its end in time; send it again");
  }

  private void later(Exchange exchange, int status, String title, String detail) {
    exchange.setVariable("hubOutcome", "unavailable");
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", "about:blank");
    body.put("title", title);
    body.put("status", status);
    body.put("detail", detail);
    place(body);
    if (channel.rejection().isPresent()) {
      mapped(exchange, channel.rejection().get(), Map.of("problem", body));
    } else if (isSoap()) {
      fault(exchange, false, detail, body);
    } else {
      exchange.getMessage().setBody(bytes(body));
    }
    exchange.getMessage().setHeader("Retry-After", RETRY_AFTER_SECONDS);
    status(exchange, status, contentType("application/problem+json"));
  }

  private boolean isSoap() {
    return channel.translation().format() instanceof SoapFormat;
  }

  /** The exchange's body becomes the file of rejects; it is empty if there are none. */
  void file(Exchange exchange, FileReport report) {
    exchange.setVariable("hubOutcome", report.rejects().isEmpty() ? "received" : "refused");
    exchange.setVariable("hubRejects", report.rejects().size());
    exchange.setVariable("hubRejectsFile", rejectsFile(report.fileName()));
    String delimiter = ((RecordFormat) channel.translation().format()).delimiter();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    if (!report.rejects().isEmpty()) {
      file.writeBytes(
          String.join(delimiter, "line", "code", "field", "reason", "record\n").getBytes(charset));
    }
    for (FileReport.Reject reject : report.rejects()) {
      Problem problem = reject.problem();
      String reason =
          String.join(
              delimiter,
              String.valueOf(problem.line()),
              problem.code().code(),
              cell(problem.field(), delimiter),
              cell(problem.detail(), delimiter),
              "");
      file.writeBytes(reason.getBytes(charset));
      file.writeBytes(reject.record());
      file.write('\n');
    }
    exchange.getMessage().setBody(file.toByteArray());
  }

  private static String cell(String text, String delimiter) {
    return text == null ? "" : text.replace(delimiter, " ").replaceAll("\\R", " ");
  }

  /** A name for the file of what was not taken of a file. */
  static String rejectsFile(String name) {
    if (name == null) {
      return null;
    }
    int end = name.lastIndexOf('.');
    return end < 1 ? name + "_rejects" : name.substring(0, end) + "_rejects" + name.substring(end);
  }

  private void replyAddress(Exchange exchange, Map<String, String> headers) {
    ReplyAddress.of(channel.form().reply(), headers)
        .ifPresent(
            address -> {
              exchange.setVariable("hubReplyTo", address.to());
              exchange.setVariable("hubCorrelationId", address.correlationId());
            });
  }

  private Map<String, Object> problemBody(Problem problem, int status) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", "about:blank");
    body.put("title", problem.code().code());
    body.put("status", status);
    body.put("detail", told(problem).detail());
    body.put("field", problem.field());
    body.put("line", problem.line());
    place(body);
    body.values().removeIf(Objects::isNull);
    return body;
  }

  private void place(Map<String, Object> body) {
    body.put("connector", connector);
    body.put("channel", channel.name());
  }

  /** What is wrong inside the hub is no business of the sender's: its operators see it. */
  private static Problem told(Problem problem) {
    return statusOf(problem.code()) == FAILED
        ? Problem.of(problem.code(), "the hub cannot translate it; ask its operators")
        : problem;
  }

  private static int statusOf(ProblemCode code) {
    return switch (code) {
      case UNAUTHENTICATED -> 401;
      case FORBIDDEN -> 403;
      case TOO_LARGE -> 413;
      case TOO_MANY -> TOO_MANY_REQUESTS;
      case REPEATED_ID -> 409;
      case UNDECODABLE, MALFORMED, TOO_DEEP, REPEATED_KEY -> 400;
      case MAPPING, INTERNAL -> FAILED;
      default -> 422;
    };
  }

  /**
   * SOAP 1.1 knows one status for faults; 1.2 tells whose they are. Who may not speak at all is
   * told so by HTTP.
   */
  private int faultStatus(int status) {
    if (status == 401 || status == 403) {
      return status;
    }
    boolean senders = channel.form().format() == Syntax.SOAP12 && status != FAILED;
    return senders ? 400 : FAILED;
  }

  private void fault(Exchange exchange, boolean senders, String text, Map<String, Object> detail) {
    Map<String, Object> element = new LinkedHashMap<>();
    detail.forEach((name, value) -> element.put(name, String.valueOf(value)));
    String fault =
        ((SoapFormat) channel.translation().format())
            .fault(senders, text, Map.of("problem", element));
    exchange.getMessage().setBody(fault.getBytes(charset));
  }

  private void mapped(Exchange exchange, OutboundTranslation mapping, Map<String, Object> input) {
    exchange.getMessage().setBody(mapping.write(input).body());
  }

  private String contentType(String json) {
    return switch (channel.form().format()) {
      case JSON, DELIMITED, FIXED_WIDTH, JSON_LINES, JSON_RECORDS -> json;
      case XML, XML_RECORDS, LIBRARY -> channel.rejection().isPresent() ? ofChannel() : json;
      case SOAP, SOAP12 -> ofChannel();
    };
  }

  private String ofChannel() {
    return channel.form().format().mediaType() + "; charset=" + charset.name();
  }

  private static void status(Exchange exchange, int status, String contentType) {
    Message message = exchange.getMessage();
    message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
    message.setHeader(Exchange.CONTENT_TYPE, contentType);
  }

  private byte[] bytes(Map<String, Object> body) {
    try {
      return json.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
