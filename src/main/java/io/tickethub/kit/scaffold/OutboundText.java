package io.tickethub.kit.scaffold;

import io.tickethub.kit.scaffold.sample.Shape;
import io.tickethub.kit.scaffold.sample.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the channel that tells the system of tickets, in the format its samples have. */
final class OutboundText {

  /** A value that is told. */
  private record Told(String english, String chinese, String expression, boolean text) {}

  private static final List<Told> TOLD =
      List.of(
          new Told("key", "消息编号", "key", false),
          new Told("sequence", "序号", "sequence", false),
          new Told("event", "事件", "code", false),
          new Told("ticketNo", "平台单号", "ticket.number", false),
          new Told("yourTicketNo", "合作方单号", "reference", false),
          new Told("state", "状态", "ticket.state", false),
          new Told("time", "时间", "$formatDate(event.occurredAt, \"yyyy-MM-dd HH:mm:ss\")", false),
          new Told("dueTime", "要求时间", "$formatDate(ticket.dueAt, \"yyyy-MM-dd HH:mm:ss\")", false),
          new Told("title", "标题", "ticket.content.title", true),
          new Told("description", "描述", "ticket.content.description", true),
          new Told("product", "产品", "ticket.content.productClass", false),
          new Told("contactName", "联系人", "ticket.content.customer.name", false),
          new Told("contactPhone", "联系电话", "ticket.content.customer.phone", false),
          new Told("serviceLevel", "客户等级", "ticket.content.customer.serviceLevel", false),
          new Told("note", "备注", "event.note", true));

  static final String TELLS =
      "introduced, reopened, updated, urged, repeated, cancelled, withdrawn, archived, transferred,"
          + " requested, replied, calling-back";

  private final Shape shape;
  private final Table table;
  private final boolean chinese;

  /** {@code table} is null unless the samples are delimited. */
  OutboundText(Shape shape, Table table) {
    this.shape = shape;
    this.table = table;
    this.chinese =
        table != null
            && table.columns().stream()
                        .filter(column -> column.codePoints().anyMatch(Character::isIdeographic))
                        .count()
                    * 2
                > table.columns().size();
  }

  private String name(Told told) {
    if (table != null) {
      return chinese ? told.chinese() : told.english();
    }
    return shape == Shape.JSON || shape == Shape.JSON_LINES
        ? told.english()
        : Character.toUpperCase(told.english().charAt(0)) + told.english().substring(1);
  }

  String mapping() {
    List<String> lines = new ArrayList<>();
    for (Told told : TOLD) {
      String expression =
          table != null && told.text()
              ? "$replace(%s, /[\\r\\n]+/, \" \")".formatted(told.expression())
              : told.expression();
      lines.add("  \"%s\": %s".formatted(name(told), expression));
    }
    String object = "{\n" + String.join(",\n", lines) + "\n}";
    boolean xml = shape == Shape.XML || shape == Shape.SOAP;
    return "/* What the system is told of a ticket. A first shape: replace it by the one its interface document asks for. */\n"
        + (xml ? "{\"TicketEvent\": " + object + "}\n" : object + "\n");
  }

  /** The column layout of what is sent. */
  String columns() {
    StringBuilder text = new StringBuilder("# What the system is told: one record a file.\n");
    text.append("delimiter: %s\n".formatted(Texts.json(table.delimiter().value())));
    if (table.quote() != null || table.delimiter().value().equals(",")) {
      text.append("quote: '\"'\n");
    }
    text.append("header: %s\n".formatted(table.header().value()));
    text.append(table.lineEnd().equals("\r\n") ? "line-end: \"\\r\\n\"\n" : "");
    text.append("columns:\n");
    TOLD.forEach(told -> text.append("  - {name: %s}\n".formatted(name(told))));
    return text.toString();
  }

  /** The headers of the channel, by name, as expressions. */
  Map<String, String> headers(String transport) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (transport.equals("ftp") || transport.equals("sftp")) {
      headers.put(
          "fileName",
          "\"ticket_\" & ticket.number & \"-\" & $pad($string(sequence), -4, \"0\") & \"-\" & code & \".%s\""
              .formatted(extension()));
    }

    return headers;
  }

  /** The ending of files in this format. */
  String extension() {
    return switch (shape) {
      case JSON, JSON_LINES -> "json";
      case XML, SOAP -> "xml";
      case DELIMITED -> table.delimiter().value().equals(",") ? "csv" : "txt";
    };
  }
}
