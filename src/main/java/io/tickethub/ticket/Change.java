package io.tickethub.ticket;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;

/**
 * The canonical meaning of a message: what a system asks of one ticket. As JSON, the property
 * {@code type} says which.
 *
 * <p>{@code occurredAt} is when it happened by the sender's clock; null where the message does not
 * say, then the time of receipt stands for it. {@code note} is free text of the sender.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Change.Open.class, name = "open"),
  @JsonSubTypes.Type(value = Change.Update.class, name = "update"),
  @JsonSubTypes.Type(value = Change.StateChange.class, name = "state"),
  @JsonSubTypes.Type(value = Change.Transfer.class, name = "transfer"),
  @JsonSubTypes.Type(value = Change.Urge.class, name = "urge"),
  @JsonSubTypes.Type(value = Change.Feedback.class, name = "feedback"),
  @JsonSubTypes.Type(value = Change.RepeatReport.class, name = "repeat-report"),
  @JsonSubTypes.Type(value = Change.Note.class, name = "note"),
  @JsonSubTypes.Type(value = Change.Retell.class, name = "retell")
})
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public sealed interface Change {

  TicketKey ticket();

  Instant occurredAt();

  String note();

  /** The word that rules and messages use for this kind of change. */
  String type();

  /**
   * A customer's report (受理). Said of a ticket that exists, it is {@link #asUpdates updates}.
   *
   * @param state where the sender already stands with it; null means received
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Open(
      TicketKey ticket, Instant occurredAt, TicketState state, TicketContent content, String note)
      implements Change {
    public Open {
      Checks.present(ticket, "ticket", "open");
      Checks.present(content, "content", "open");
      Checks.present(content.kind(), "content.kind", "open");
      Checks.present(content.productClass(), "content.productClass", "open");
      Checks.present(content.title(), "content.title", "open");
      note = Merge.given(note);
    }

    /**
     * What this report means for a ticket that is already there: the system that opened it may
     * correct it, any other fills what is missing; and the state, if it gives one.
     */
    public List<Change> asUpdates(Ticket known, String system) {
      TicketContent news =
          system.equals(known.openedBy()) ? content : content.missingIn(known.content());
      Change update = new Update(ticket, occurredAt, news, note);
      return state == null || state == TicketState.RECEIVED
          ? List.of(update)
          : List.of(update, new StateChange(ticket, occurredAt, state, null, null, null));
    }

    @Override
    public String type() {
      return "open";
    }
  }

  /** New or better content; the state stays. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Update(TicketKey ticket, Instant occurredAt, TicketContent content, String note)
      implements Change {
    public Update {
      Checks.present(ticket, "ticket", "update");
      Checks.present(content, "content", "update");
      note = Merge.given(note);
    }

    @Override
    public String type() {
      return "update";
    }
  }

  /**
   * The ticket has reached a state.
   *
   * @param state the state reached; {@code processing} said of a suspended ticket resumes it (解挂)
   * @param suspensionCause who made it wait, for {@code suspended}; null means other
   * @param content what came with it, a resolution for instance; null if nothing
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record StateChange(
      TicketKey ticket,
      Instant occurredAt,
      TicketState state,
      SuspensionCause suspensionCause,
      TicketContent content,
      String note)
      implements Change {
    public StateChange {
      Checks.present(ticket, "ticket", "state");
      Checks.present(state, "state", "state");
      note = Merge.given(note);
    }

    @Override
    public String type() {
      return "state";
    }
  }

  /** Somebody else is to work on it (转派, 改派). {@code to} is a connector's name. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Transfer(TicketKey ticket, Instant occurredAt, String to, String note) implements Change {
    public Transfer {
      Checks.present(ticket, "ticket", "transfer");
      Checks.present(to, "to", "transfer");
      note = Merge.given(note);
    }

    @Override
    public String type() {
      return "transfer";
    }
  }

  /** The customer asks for haste (催单). */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Urge(TicketKey ticket, Instant occurredAt, String note) implements Change {
    public Urge {
      Checks.present(ticket, "ticket", "urge");
      note = Merge.given(note);
    }

    @Override
    public String type() {
      return "urge";
    }
  }

  /** News of the work that changes no state (反馈). */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Feedback(TicketKey ticket, Instant occurredAt, String note) implements Change {
    public Feedback {
      Checks.present(ticket, "ticket", "feedback");
      Checks.present(note, "note", "feedback");
      note = Merge.given(note);
    }

    @Override
    public String type() {
      return "feedback";
    }
  }

  /** The same fault was reported again before archiving (重复申告). */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record RepeatReport(TicketKey ticket, Instant occurredAt, String note) implements Change {
    public RepeatReport {
      Checks.present(ticket, "ticket", "repeat-report");
      note = Merge.given(note);
    }

    @Override
    public String type() {
      return "repeat-report";
    }
  }

  /**
   * The hub's own: something is due by a time limit. No system can say it: its {@code type} is not
   * among those that mappings may use.
   *
   * @param occurredAt when it was due
   * @param limit the name of the limit's rule
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record TimeDue(TicketKey ticket, Instant occurredAt, String limit) implements Change {
    public static final String TYPE = "time-due";

    public TimeDue {
      Checks.present(ticket, "ticket", TYPE);
      Checks.present(occurredAt, "occurredAt", TYPE);
      Checks.present(limit, "limit", TYPE);
    }

    @Override
    public String note() {
      return null;
    }

    @Override
    public String type() {
      return TYPE;
    }
  }

  /** A remark for the history. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Note(TicketKey ticket, Instant occurredAt, String note) implements Change {
    public Note {
      Checks.present(ticket, "ticket", "note");
      Checks.present(note, "note", "note");
      note = Merge.given(note);
    }

    @Override
    public String type() {
      return "note";
    }
  }

  /**
   * A system is to be told again where the ticket stands. Only the hub itself says so, never a
   * message.
   *
   * @param system a connector's name
   * @param code what it is told; see {@link TicketEvent#code()}
   * @param version of the ticket when this was decided; if it has gone on since, nothing happens
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Retell(
      TicketKey ticket, Instant occurredAt, String system, String code, int version, String note)
      implements Change {
    public Retell {
      Checks.present(ticket, "ticket", "retell");
      Checks.present(system, "system", "retell");
      Checks.present(code, "code", "retell");
    }

    @Override
    public String type() {
      return "retell";
    }
  }
}
