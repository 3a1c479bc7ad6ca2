package io.tickethub.harness;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.atomic.AtomicLong;

/** Messages as the systems around the hub write them, each with an id of its own. */
public final class Letters {

  private static final AtomicLong NUMBERS =
      new AtomicLong(System.currentTimeMillis() % 100_000_000);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneId.of("Asia/Shanghai"));

  private Letters() {}

  /** An id nobody used. */
  public static String id(String prefix) {
    return prefix + "-" + NUMBERS.incrementAndGet();
  }

  /** The call centre opens a ticket of the digital hospital that was not solved on the phone. */
  public static String hospitalReport(String messageId, String ticket) {
    return report(
        messageId,
        ticket,
        "张三",
        "13800001234",
        "<Product>YY</Product><Title>PACS影像系统无法登录</Title>",
        "<Attribute name=\"hospitalCode\">H-0770-03</Attribute><Attribute name=\"subsystem\">pacs</Attribute>");
  }

  /** The call centre opens a ticket of transport that was not solved on the phone. */
  public static String transportReport(String messageId, String ticket, String plate) {
    return report(
        messageId,
        ticket,
        "李四光",
        "13911112222",
        "<Product>JT</Product><Title>车载终端不上线</Title>",
        "<Attribute name=\"plate\">%s</Attribute><Attribute name=\"terminalId\">GPS-88001</Attribute>"
            .formatted(plate));
  }

  private static String report(
      String messageId, String ticket, String name, String phone, String about, String attributes) {
    return """
        <?xml version="1.0" encoding="UTF-8"?>
        <ServiceRequest xmlns="urn:tickethub:call-center" messageId="%s"><Action>OPEN</Action><TicketNo>%s</TicketNo>\
        <Time>%s</Time><Report><Kind>01</Kind>%s<PreDiagnosis>UNSOLVED</PreDiagnosis>\
        <Customer><No>%s</No><Name>%s</Name><Phone>%s</Phone></Customer>%s</Report></ServiceRequest>"""
        .formatted(messageId, ticket, now(), about, customer(ticket), name, phone, attributes);
  }

  /** Each ticket is another customer's: none is a repeat of another. */
  private static String customer(String ticket) {
    return "C%05d3".formatted(Math.floorMod(ticket.hashCode(), 100_000));
  }

  /** The call centre asks for haste. */
  public static String urging(String messageId, String ticket) {
    return """
        <ServiceRequest xmlns="urn:tickethub:call-center" messageId="%s"><Action>URGE</Action><TicketNo>%s</TicketNo>\
        <Time>%s</Time></ServiceRequest>"""
        .formatted(messageId, ticket, now());
  }

  /** The hospital hotline's comment on a ticket of the hub. */
  public static String hospitalComment(String eventId, String hubTicket, String comment) {
    return """
        {"eventId": "%s", "type": "comment", "ticket": "%s", "occurredAt": "%s", "comment": "%s"}"""
        .formatted(eventId, hubTicket, Instant.now(), comment);
  }

  /** The transport hotline's feedback on a ticket of the hub. */
  public static String transportFeedback(String id, String hubTicket, String text) {
    return """
        <Progress xmlns="urn:transport-hotline" id="%s"><TicketNo>%s</TicketNo><Status>0</Status>\
        <Time>%s</Time><Text>%s</Text></Progress>"""
        .formatted(id, hubTicket, transportTime(), text);
  }

  private static String transportTime() {
    return DateTimeFormatter.ofPattern("dd-MM-uuuu HH:mm:ss")
        .withZone(ZoneId.of("Asia/Shanghai"))
        .format(Instant.now());
  }

  /** 112's feedback on a ticket of the hub. */
  public static String faultFeedback(String id, String hubTicket, String text) {
    return """
        <ProgressNotification xmlns="urn:fault-112"><notificationId>%s</notificationId><faultNo>F1</faultNo>\
        <hubTicketNo>%s</hubTicketNo><action>FEEDBACK</action><time>%s</time><remark>%s</remark></ProgressNotification>"""
        .formatted(id, hubTicket, now(), text);
  }

  /** A SOAP 1.1 envelope around anything. */
  public static String envelope(String payload) {
    return """
        <soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>%s</soap:Body></soap:Envelope>"""
        .formatted(payload);
  }

  /** This moment as Chinese systems write it. */
  public static String now() {
    return TIME.format(Instant.now());
  }
}
