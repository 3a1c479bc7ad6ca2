package io.tickethub.service;

import static io.tickethub.ticket.TicketLife.KEY;
import static io.tickethub.ticket.TicketLife.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickethub.product.ProductCatalog;
import io.tickethub.ticket.Change;
import io.tickethub.ticket.Customer;
import io.tickethub.ticket.Ticket;
import io.tickethub.ticket.TicketContent;
import io.tickethub.ticket.TicketKind;
import io.tickethub.ticket.TicketLife;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepairLimitTest {

  private final RepairLimit limit =
      new RepairLimit(ProductCatalog.read(Path.of("connectors", "products")));

  @ParameterizedTest
  @CsvSource({
    "digital-hospital, gold, 4",
    "digital-hospital, silver, 8",
    "digital-hospital, bronze, 24",
    "digital-hospital, , 24",
    "general, gold, 8",
    "general, platinum, 48",
    "government, , 48"
  })
  void aRepairIsDueByProductClassAndServiceLevelFromTheReport(
      String productClass, String serviceLevel, int hours) {
    Ticket ticket = limit.applyTo(ticket(productClass, serviceLevel));

    assertThat(ticket.dueAt()).isEqualTo(START.plus(Duration.ofHours(hours)));
  }

  @Test
  void aProductClassNobodyKnowsSetsNoLimit() {
    assertThat(limit.applyTo(ticket("telepathy", "gold")).dueAt()).isNull();
  }

  @Test
  void aBetterServiceLevelShortensTheTimeThatWasSet() {
    Ticket ticket = limit.applyTo(ticket("general", null));

    assertThat(limit.applyTo(ticket("general", "gold").due(ticket.dueAt())).dueAt())
        .isBefore(ticket.dueAt());
  }

  private static Ticket ticket(String productClass, String serviceLevel) {
    Customer customer = new Customer("C1", null, null, null, null, serviceLevel, null);
    TicketContent content =
        new TicketContent(
            TicketKind.FAULT, productClass, "标题", null, null, null, customer, Map.of(), null, null);
    return TicketLife.opened("call-center", new Change.Open(KEY, null, null, content, null))
        .ticket();
  }
}
