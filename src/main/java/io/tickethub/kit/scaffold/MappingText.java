package io.tickethub.kit.scaffold;

import io.tickethub.kit.scaffold.Proposal.Purpose;
import io.tickethub.kit.scaffold.sample.CodeValues;
import io.tickethub.kit.scaffold.sample.FieldPath;
import io.tickethub.kit.scaffold.sample.Placement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the mapping of an inbound channel, every guess with its confidence. */
final class MappingText {

  private static final Set<String> NO_STATE = Set.of("feedback", "urge");
  private static final int LONGEST_TITLE = 80;

  private final Proposal proposal;
  private final CodeValues codes;
  private final String titleOtherwise;

  MappingText(Proposal proposal, CodeValues codes, String titleOtherwise) {
    this.proposal = proposal;
    this.codes = codes;
    this.titleOtherwise = titleOtherwise;
  }

  String text() {
    StringBuilder text = new StringBuilder();
    if (proposal.guessed()) {
      text.append(
          """
          /* Proposed from %d records of the samples; it %s (%.2f: %s).
             The figure behind a line is how sure that guess is, from 0 to 1. Remove it once you have checked the line. */
          """
              .formatted(
                  proposal.samples().records(),
                  proposal.purpose().value().title(),
                  proposal.purpose().confidence(),
                  proposal.purpose().reason()));
    }
    leftOut(text);
    String place = place();
    text.append(place).append("(\n");
    if (!otherNothing().isEmpty()) {
      text.append("  /* What this system writes for nothing, beside what $none knows. */\n");
      text.append(
          "  $given := function($value) { $value in %s ? () : $none($value) };\n"
              .formatted(
                  otherNothing().stream()
                      .map(Texts::json)
                      .collect(Collectors.joining(", ", "[", "]"))));
    }
    headerGuard(text);
    text.append("  $ticket := ").append(ticket().text(2)).append(";\n");
    if (proposal.opens()) {
      open(text);
    } else {
      progress(text);
    }
    return text.append(")\n").toString();
  }

  private void leftOut(StringBuilder text) {
    if (!proposal.leftOut().isEmpty()) {
      String fields =
          proposal.leftOut().keySet().stream()
              .map(field -> field.path().label())
              .collect(Collectors.joining(", "));
      text.append(JsonataObject.comment("Not placed; see README.md: " + fields)).append('\n');
    }
  }

  private String place() {
    FieldPath place = proposal.samples().place();
    if (!place.steps().isEmpty()) {
      return place.expression() + ".";
    }
    return proposal.samples().list() ? "$." : "";
  }

  /** Where the hub cannot compare the header, its line must not become a ticket. */
  private void headerGuard(StringBuilder text) {
    proposal
        .samples()
        .table()
        .filter(table -> table.header().value() && !table.usableHeader())
        .ifPresent(
            table -> {
              String first = table.columns().get(0);
              text.append(
                  "  %s = %s ? $reject(%s, \"the header line\");\n"
                      .formatted(
                          FieldPath.of(first).expression(), Texts.json(first), Texts.json(first)));
            });
  }

  private JsonataObject ticket() {
    JsonataObject ticket = new JsonataObject();
    placed("ticket.id").ifPresent(id -> ticket.add("id", value(id), sure(id)));
    placed("ticket.hub").ifPresent(hub -> ticket.add("hub", value(hub), sure(hub)));
    if (ticket.isEmpty()) {
      placed("message-id")
          .ifPresentOrElse(
              id ->
                  ticket.add(
                      "id",
                      value(id),
                      doubt("0.40 no ticket's number was found: the message's id")),
              () ->
                  ticket.add(
                      "id", "()", doubt("0.00 no ticket's number was found: name its field")));
    }
    return ticket;
  }

  private void open(StringBuilder text) {
    placed("product")
        .ifPresent(
            product ->
                text.append(
                    "  $product := $code(\"product\", %s); %s\n"
                        .formatted(value(product), JsonataObject.comment(sure(product)))));
    boolean repaired = proposal.uses("repaired-at");
    JsonataObject change = new JsonataObject();
    change.add("type", "\"open\"", "");
    change.add("ticket", "$ticket", "");
    Stream.of("reported-at", "occurred-at")
        .filter(proposal::uses)
        .findFirst()
        .flatMap(this::placed)
        .ifPresent(at -> change.add("occurredAt", ValueText.date(at), sure(at)));
    if (proposal.uses("state")) {
      placed("state")
          .ifPresent(
              state -> {
                change.add("state", ValueText.code("state", state), sure(state));
                suspension(change, ValueText.code("state", state));
              });
    } else if (proposal.uses("dispatched-at")) {
      placed("dispatched-at")
          .ifPresent(at -> change.add("state", ValueText.date(at) + " ? \"dispatched\"", sure(at)));
    }
    change.add("content", content(!repaired));
    plain(change, "note", "note");
    if (!repaired) {
      text.append("  ").append(change.text(2)).append('\n');
      return;
    }
    Placement at = placed("repaired-at").orElseThrow();
    JsonataObject end = new JsonataObject();
    end.add("type", "\"state\"", "");
    end.add("ticket", "$ticket", "");
    end.add("occurredAt", "$repaired", "");
    end.add("state", "\"replied\"", "");
    end.add("content", new JsonataObject().add("resolution", resolution()));
    text.append(
        "  $repaired := %s; %s\n".formatted(ValueText.date(at), JsonataObject.comment(sure(at))));
    text.append("  [\n    ").append(change.text(4)).append(",\n    $repaired ? ");
    text.append(end.text(4)).append("\n  ]\n");
  }

  private JsonataObject content(boolean withResolution) {
    JsonataObject content = new JsonataObject();
    Optional<Placement> kind = placed("kind");
    kind.ifPresentOrElse(
        field ->
            content.add(
                "kind",
                field.field().isAlwaysThere()
                    ? ValueText.code("kind", field)
                    : "%s ? %s : \"fault\"".formatted(value(field), ValueText.code("kind", field)),
                sure(field)),
        () -> content.add("kind", "\"fault\"", doubt("0.60 no field says the kind")));
    Optional<String> byAttributes = proposal.productByAttributes();
    if (proposal.uses("product")) {
      content.add("productClass", "$product", "");
    } else {
      content.add(
          "productClass",
          Texts.json(byAttributes.orElse("general")),
          doubt(
              byAttributes.isPresent()
                  ? "0.70 its identifiers are there"
                  : "0.30 no field says the product"));
    }
    content.add(
        "title",
        title(),
        placed("title").map(this::sure).orElse(doubt("0.40 no field is a title")));
    plain(content, "description", "description");
    plain(content, "region", "region");
    plain(content, "faultDomain", "faultDomain");
    content.add("customer", customer());
    AttributesText.of(proposal, this, titleOtherwise)
        .ifPresent(text -> content.add("attributes", text, ""));
    if (withResolution) {
      content.add("resolution", resolution());
    }
    placed("satisfaction")
        .ifPresent(
            field ->
                content.add("satisfaction", ValueText.code("satisfaction", field), sure(field)));
    return content;
  }

  private String title() {
    List<String> titles = new ArrayList<>();
    placed("title").ifPresent(title -> titles.add(value(title)));
    if (placed("title").map(title -> title.field().isAlwaysThere()).orElse(false)) {
      return titles.get(0);
    }
    placed("description")
        .ifPresent(
            text -> titles.add("$substring(%s, 0, %d)".formatted(value(text), LONGEST_TITLE)));
    placed("product").ifPresent(product -> titles.add(value(product)));
    titles.add(Texts.json(titleOtherwise));
    StringBuilder chain = new StringBuilder();
    for (int i = 0; i + 1 < titles.size(); i++) {
      chain.append("%s ? %s : ".formatted(titles.get(i), titles.get(i)));
    }
    return chain.append(titles.get(titles.size() - 1)).toString();
  }

  private JsonataObject customer() {
    JsonataObject customer = new JsonataObject();
    plain(customer, "number", "customer.number");
    plain(customer, "name", "customer.name");
    placed("customer.phone")
        .ifPresent(field -> customer.add("phone", ValueText.phone(field.field()), sure(field)));
    placed("customer.identityCard")
        .ifPresent(
            field ->
                customer.add(
                    "identityCard",
                    "$identityCard(%s)".formatted(ValueText.raw(field.field())),
                    sure(field)));
    plain(customer, "address", "customer.address");
    placed("customer.serviceLevel")
        .ifPresent(
            field -> customer.add("serviceLevel", ValueText.code("level", field), sure(field)));
    plain(customer, "account", "customer.account");
    return customer;
  }

  private JsonataObject resolution() {
    JsonataObject resolution = new JsonataObject();
    plain(resolution, "cause", "resolution.cause");
    plain(resolution, "action", "resolution.action");
    plain(resolution, "code", "resolution.code");
    return resolution;
  }

  private void progress(StringBuilder text) {
    Stream.of("occurred-at", "repaired-at", "reported-at")
        .filter(proposal::uses)
        .findFirst()
        .flatMap(this::placed)
        .ifPresent(
            at ->
                text.append(
                    "  $at := %s; %s\n"
                        .formatted(ValueText.date(at), JsonataObject.comment(sure(at)))));
    Optional<Placement> note =
        proposal.note().or(() -> Optional.of("resolution.action")).flatMap(this::placed);
    note.ifPresent(
        field ->
            text.append(
                "  $note := %s; %s\n".formatted(value(field), JsonataObject.comment(sure(field)))));
    Placement state = placed("state").orElse(null);
    if (proposal.purpose().value() == Purpose.FEEDBACK || state == null) {
      text.append("  ").append(change("feedback", "$note").text(2)).append('\n');
      return;
    }
    text.append("  $state := %s; %s\n".formatted(value(state), JsonataObject.comment(sure(state))));
    List<String> urges = valuesOf(state, "urge");
    List<String> news = valuesOf(state, "feedback");
    if (!urges.isEmpty()) {
      text.append("  $state in %s ? ".formatted(urges.stream().map(Texts::json).toList()));
      text.append(change("urge", "$note").text(2)).append(" :\n");
    }
    boolean maybeNone = !state.field().isAlwaysThere() && note.isPresent();
    if (!news.isEmpty() || maybeNone) {
      text.append("  ").append(maybeNone ? "$not($exists($state))" : "");
      text.append(maybeNone && !news.isEmpty() ? " or " : "");
      text.append(news.isEmpty() ? "" : "$state in " + news.stream().map(Texts::json).toList());
      text.append(" ? ");
      String words = note.isPresent() ? "$note ? $note : $state" : "$state";
      text.append(change("feedback", words).text(2)).append(" :\n");
    }
    JsonataObject change = new JsonataObject();
    change.add("type", "\"state\"", "");
    change.add("ticket", "$ticket", "");
    at(change);
    change.add("state", "$code(\"state\", $state)", "");
    suspension(change, "$code(\"state\", $state)");
    if (note.isPresent()) {
      change.add("note", "$note", "");
    }
    if (!resolution().isEmpty()) {
      change.add(
          "content",
          "$code(\"state\", $state) = \"replied\" ? {\"resolution\": %s}"
              .formatted(resolution().text(4)),
          "");
    }
    text.append("  ").append(change.text(2)).append('\n');
  }

  private void suspension(JsonataObject change, String state) {
    placed("suspension-cause")
        .ifPresent(
            cause ->
                change.add(
                    "suspensionCause",
                    "%s = \"suspended\" ? %s".formatted(state, ValueText.code("hold", cause)),
                    sure(cause)));
  }

  private JsonataObject change(String type, String note) {
    JsonataObject change = new JsonataObject();
    change.add("type", Texts.json(type), "");
    change.add("ticket", "$ticket", "");
    at(change);
    return change.add("note", note, "");
  }

  private void at(JsonataObject change) {
    if (Stream.of("occurred-at", "repaired-at", "reported-at").anyMatch(proposal::uses)) {
      change.add("occurredAt", "$at", "");
    }
  }

  private List<String> valuesOf(Placement field, String code) {
    return field.field().values().keySet().stream()
        .filter(v -> codes.code("state", v).map(g -> g.value().equals(code)).orElse(false))
        .toList();
  }

  /** A value of a state field that is no state. */
  static boolean isNoState(String code) {
    return NO_STATE.contains(code);
  }

  private Optional<Placement> placed(String meaning) {
    return proposal.uses(meaning) || meaning.equals("message-id")
        ? proposal.placements().of(meaning)
        : Optional.empty();
  }

  private void plain(JsonataObject object, String name, String meaning) {
    placed(meaning).ifPresent(field -> object.add(name, value(field), sure(field)));
  }

  /** The value of a field, or nothing where it stands for nothing. */
  String value(Placement placement) {
    return ValueText.value(placement);
  }

  String sure(Placement placement) {
    return doubt("%.2f %s".formatted(placement.confidence(), placement.reason()));
  }

  /** Nobody doubts what a skeleton says. */
  String doubt(String text) {
    return proposal.guessed() ? text : "";
  }

  private Set<String> otherNothing() {
    Set<String> nothing = new TreeSet<>();
    proposal
        .placements()
        .placed()
        .values()
        .forEach(placement -> nothing.addAll(placement.field().sentinels()));
    nothing.removeAll(ValueText.KNOWN_NOTHING);
    return nothing;
  }
}
