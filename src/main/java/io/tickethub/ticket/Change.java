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
  @JsonSubTypes.Type(value = Change.Assign.class, name = "assign"),
  @JsonSubTypes.Type(value = Change.FirstResponse.class, name = "first-response"),
  @JsonSubTypes.Type(value = Change.NotReached.class, name = "not-reached"),
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

  /** Somebody is to work on it beside its owner (加派). {@code to} is a connector's name. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Assign(TicketKey ticket, Instant occurredAt, String to, String note) implements Change {
    public Assign {
      Checks.present(ticket, "ticket", "assign");
      Checks.present(to, "to", "assign");
      note = Merge.given(note);
    }

    @Override
    public String type() {
      return "assign";
    }
  }

  /** The first word about the work (首次回应); what comes after the first is feedback. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record FirstResponse(TicketKey ticket, Instant occurredAt, String note) implements Change {
    public FirstResponse {
      Checks.present(ticket, "ticket", "first-response");
      note = Merge.given(note);
    }

    @Override
    public String type() {
      return "first-response";
    }
  }

  /** The customer was called back and could not be reached (未接通). */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record NotReached(TicketKey ticket, Instant occurredAt, String note) implements Change {
    public NotReached {
      Checks.present(ticket, "ticket", "not-reached");
      note = Merge.given(note);
    }

    @Override
    public String type() {
      return "not-reached";
    }
  }

  /**
   * The hub's own: from now on the ticket is a child of {@code parent}, a mass fault. No system can
   * say it.
   *
   * @param gathered by the rules, not by a person: then it has no effect on a ticket that is past
   *     it or has a parent already
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Join(
      TicketKey ticket,
      Instant occurredAt,
      TicketLinks.Related parent,
      boolean gathered,
      String note)
      implements Change {
    public static final String TYPE = "join";

    public Join {
      Checks.present(ticket, "ticket", TYPE);
      Checks.present(parent, "parent", TYPE);
    }

    @Override
    public String type() {
      return TYPE;
    }
  }

  /** The hub's own: a person makes the ticket one that others can join. No system can say it. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Gather(TicketKey ticket, Instant occurredAt, String note) implements Change {
    public static final String TYPE = "gather";

    public Gather {
      Checks.present(ticket, "ticket", TYPE);
    }

    @Override
    public String type() {
      return TYPE;
    }
  }

  /** The hub's own: a person takes the ticket out of its mass fault. No system can say it. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Leave(TicketKey ticket, Instant occurredAt, String note) implements Change {
    public static final String TYPE = "leave";

    public Leave {
      Checks.present(ticket, "ticket", TYPE);
    }

    @Override
    public String type() {
      return TYPE;
    }
  }

  /**
   * The hub's own: what happened to a ticket's parent. No system can say it.
   *
   * @param sequence of the parent's event
   * @param code of the parent's event; see {@link TicketEvent#code()}
   * @param resolution how the parent was solved; null if it is not
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record FromParent(
      TicketKey ticket,
      Instant occurredAt,
      TicketLinks.Related parent,
      int sequence,
      String code,
      Resolution resolution,
      String note)
      implements Change {
    public static final String TYPE = "from-parent";

    public FromParent {
      Checks.present(ticket, "ticket", TYPE);
      Checks.present(parent, "parent", TYPE);
      Checks.present(code, "code", TYPE);
    }

    @Override
    public String type() {
      return TYPE;
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
