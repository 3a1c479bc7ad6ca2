package io.tickethub.tmf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/** The properties of a trouble ticket, named as in v5, by where the hub keeps them. */
final class TicketFields {

  /**
   * Before the names of the attributes in which a ticket keeps what its content has no place for.
   */
  static final String PREFIX = "tmf621.";

  /** Kept as they are. */
  static final List<String> TEXTS =
      List.of(
          "severity",
          "priority",
          "ticketType",
          "requestedResolutionDate",
          "expectedResolutionDate",
          "resolutionDate",
          "@type",
          "@baseType",
          "@schemaLocation");

  /** Kept as JSON. */
  static final List<String> STRUCTURES =
      List.of(
          "attachment",
          "channel",
          "externalIdentifier",
          "note",
          "relatedEntity",
          "relatedParty",
          "troubleTicketRelationship",
          "troubleTicketSpecification",
          "troubleTicketCharacteristic");

  /** In the content or progress of every ticket. */
  static final List<String> CANONICAL =
      List.of("name", "description", "status", "statusChangeReason");

  /** What the hub alone says. */
  static final Set<String> SERVED =
      Set.of("id", "href", "creationDate", "lastUpdate", "statusChangeDate", "statusChangeHistory");

  /** Where the properties are kept that the specification does not name. */
  static final String OTHERS = PREFIX + "others";

  private TicketFields() {}

  static boolean isKnown(String field) {
    return TEXTS.contains(field)
        || STRUCTURES.contains(field)
        || CANONICAL.contains(field)
        || SERVED.contains(field);
  }

  /** The properties of a resource that the specification does not name. */
  static ObjectNode others(ObjectNode resource) {
    ObjectNode others = resource.objectNode();
    resource
        .properties()
        .forEach(
            entry -> {
              if (!isKnown(entry.getKey())) {
                others.set(entry.getKey(), entry.getValue());
              }
            });
    return others;
  }
}
