package io.tickethub.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.format.EventFormat;
import io.cloudevents.core.provider.EventFormatProvider;
import io.cloudevents.jackson.JsonFormat;
import io.tickethub.ticket.Ticket;
import io.tickethub.ticket.TicketEvent;
import io.tickethub.ticket.TicketJson;
import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.net.URI;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells anyone who listens what happened to tickets, as CloudEvents on a topic. The id of an event
 * is its ticket's number and its sequence, so a listener that sees one twice knows it. No personal
 * data goes here.
 */
final class EventTopic {

  static final String NAME = "hub.events";
  private static final String CONTENT_TYPE = "application/cloudevents+json";

  private final EventFormat format =
      EventFormatProvider.getInstance().resolveFormat(JsonFormat.CONTENT_TYPE);
  private final JsonMapper json = TicketJson.mapper();

  void send(TicketEvent event, Ticket ticket, Session session, MessageProducer producer)
      throws JMSException {
    BytesMessage message = session.createBytesMessage();
    message.writeBytes(format.serialize(cloudEvent(event, ticket)));
    message.setStringProperty("contentType", CONTENT_TYPE);
    message.setStringProperty("ticket", ticket.number());
    message.setStringProperty("code", event.code());
    producer.send(message);
  }

  private CloudEvent cloudEvent(TicketEvent event, Ticket ticket) {
    return CloudEventBuilder.v1()
        .withId(ticket.number() + "-" + event.sequence())
        .withSource(URI.create("/ticket-hub"))
        .withType("io.tickethub.ticket." + event.code())
        .withSubject(ticket.number())
        .withTime(event.recordedAt().atOffset(ZoneOffset.UTC))
        .withData("application/json", data(event, ticket))
        .build();
  }

  private byte[] data(TicketEvent event, Ticket ticket) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("ticket", ticket.number());
    data.put("sequence", event.sequence());
    data.put("from", event.from());
    data.put("to", event.to());
    data.put("inferred", event.inferred());
    data.put("source", event.source());
    data.put("occurredAt", event.occurredAt());
    data.put("kind", ticket.content().kind());
    data.put("productClass", ticket.content().productClass());
    data.put("owner", ticket.progress().owner());
    try {
      return json.writeValueAsBytes(data);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
