package io.tickethub.kit.scaffold;

import io.tickethub.kit.scaffold.sample.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes the channel that tells the system of tickets, in the format its samples have. */
final class OutboundText {

  /**
   * A value that is told.
   *
   * @param width in bytes, where it has to have one
   * @param text it may hold line breaks
   */
  private record Told(String english, String chinese, String expression, int width, boolean text) {}

  private static final List<Told> TOLD =
      List.of(
          new Told("key", "消息编号", "key", 48, false),
          new Told("sequence", "序号", "sequence", 8, false),
          new Told("event", "事件", "code", 16, false),
          new Told("ticketNo", "平台单号", "ticket.number", 16, false),
          new Told("yourTicketNo", "合作方单号", "reference", 40, false),
          new Told("state", "状态", "ticket.state", 16, false),
          new Told(
              "time", "时间", "$formatDate(event.occurredAt, \"yyyy-MM-dd HH:mm:ss\")", 20, false),
          new Told(
              "dueTime", "要求时间", "$formatDate(ticket.dueAt, \"yyyy-MM-dd HH:mm:ss\")", 20, false),
          new Told("title", "标题", "ticket.content.title", 80, true),
          new Told("description", "描述", "ticket.content.description", 200, true),
          new Told("product", "产品", "ticket.content.productClass", 20, false),
          new Told("contactName", "联系人", "ticket.content.customer.name", 40, false),
          new Told("contactPhone", "联系电话", "ticket.content.customer.phone", 20, false),
          new Told("serviceLevel", "客户等级", "ticket.content.customer.serviceLevel", 12, false),
          new Told("note", "备注", "event.note", 200, true));

  static final String TELLS =
      "introduced, reopened, updated, urged, repeated, cancelled, withdrawn, archived, transferred,"
          + " requested, replied, calling-back";

  private static final Set<String> NEVER_CUT =
      Set.of("key", "sequence", "ticketNo", "yourTicketNo", "contactPhone");

  private static final Set<String> XML = Set.of("xml", "soap", "soap12");

  private final String format;
  private final Table table;
  private final boolean chinese;

  /**
   * In a format, as manifests write it.
   *
   * @param table null unless the samples are of columns
   */
  OutboundText(String format, Table table) {
    this.format = format;
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
    return !XML.contains(format)
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
    return "/* What the system is told of a ticket. A first shape: replace it by the one its interface document asks for. */\n"
        + (XML.contains(format) ? "{\"TicketEvent\": " + object + "}\n" : object + "\n");
  }

  /** The column layout of what is sent. */
  String columns() {
    StringBuilder text = new StringBuilder("# What the system is told: one record a file.\n");
    if (table.division() instanceof Table.Delimited delimited) {
      String delimiter = delimited.delimiter().value();
      text.append("delimiter: %s\n".formatted(Texts.json(delimiter)));
      text.append(delimited.quote() != null || delimiter.equals(",") ? "quote: '\"'\n" : "");
    }
    text.append("header: %s\n".formatted(table.header().value()));
    text.append(table.lineEnd().equals("\r\n") ? "line-end: \"\\r\\n\"\n" : "");
    text.append("columns:\n");
    TOLD.forEach(told -> text.append("  - {name: %s%s}\n".formatted(name(told), width(told))));
    return text.toString();
  }

  /** What stands at the right is never cut off. */
  private String width(Told told) {
    return table.division() instanceof Table.FixedWidth
        ? ", width: %d%s"
            .formatted(told.width(), NEVER_CUT.contains(told.english()) ? ", align: right" : "")
        : "";
  }

  /** The header that names the file of a delivery, by name, as an expression. */
  Map<String, String> fileName() {
    return Map.of(
        "fileName",
        "\"ticket_\" & ticket.number & \"-\" & $pad($string(sequence), -4, \"0\") & \"-\" & code & \".%s\""
            .formatted(extension()));
  }

  /** The ending of files in this format. */
  String extension() {
    return switch (format) {
      case "json" -> "json";
      case "json-lines" -> "jsonl";
      case "xml", "soap", "soap12" -> "xml";
      default ->
          table.division() instanceof Table.Delimited delimited
                  && delimited.delimiter().value().equals(",")
              ? "csv"
              : "txt";
    };
  }
}
