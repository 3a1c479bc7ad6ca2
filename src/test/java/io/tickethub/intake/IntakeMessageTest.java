package io.tickethub.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tickethub.journal.Provenance;
import io.tickethub.journal.Sealer;
import io.tickethub.privacy.BodyCipher;
import io.tickethub.ticket.Change;
import io.tickethub.ticket.Problem;
import io.tickethub.ticket.ProblemCode;
import io.tickethub.ticket.TicketKey;
import io.tickethub.ticket.TicketLife;
import io.tickethub.ticket.TicketReference;
import io.tickethub.ticket.TicketState;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IntakeMessageTest {

  private static final Instant NOW = Instant.parse("2026-01-05T01:03:00.123456789Z");

  private final Sealer sealer = new Sealer(new BodyCipher(new byte[32]));

  @Test
  void theHeadOfAMessageSurvivesBeingSealed() {
    IntakeMessage message = message(List.of(TicketLife.report(null), TicketLife.urged()), null);

    IntakeMessage opened = sealer.open(sealer.seal(message), IntakeMessage.class);

    assertThat(opened.withBody(message.encryptedBody()))
        .usingRecursiveComparison()
        .isEqualTo(message);
    assertThat(opened.encryptedBody()).isNull();
  }

  @Test
  void aRejectedMessageKeepsItsProblem() {
    Problem problem = new Problem(ProblemCode.INVALID_VALUE, 3, "plate", "桂P1234567", "no plate");

    assertThat(sealer.open(sealer.seal(message(List.of(), problem)), IntakeMessage.class).problem())
        .isEqualTo(problem);
  }

  @Test
  void nothingPersonalCanBeReadInWhatIsSealed() {
    byte[] sealed =
        sealer.seal(message(List.of(TicketLife.reached(TicketState.REPLIED, "13800001234")), null));

    assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("13800001234");
  }

  @Test
  void whatWasNotSealedHereIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sealer.open("{}".getBytes(StandardCharsets.UTF_8), IntakeMessage.class));
  }

  @Test
  void messagesOfOneTicketHaveOneOrderAndRejectedOnesTheirOwn() {
    Change urge = TicketLife.urged();

    assertThat(message(List.of(urge), null).orderingText())
        .isEqualTo(message(List.of(TicketLife.repeated(), urge), null).orderingText())
        .isEqualTo("call-center/KF-1");
    assertThat(message(List.of(), null).orderingText()).isEqualTo("call-center/M-1");
  }

  @Test
  void theHubsNumberIsTrustedBeforeTheSystemsOwnAndBothBeforeAliases() {
    TicketKey key = new TicketKey("KF-1", "TH1", Map.of("fault-112", "F9"), null);

    assertThat(Naming.references("call-center", key))
        .containsExactly(
            new TicketReference("hub", "TH1"),
            new TicketReference("call-center", "KF-1"),
            new TicketReference("fault-112", "F9"));
  }

  @Test
  void anUnknownTicketIsWaitedForByTheSystemsOwnNumberIfItGaveOne() {
    assertThat(Naming.toWaitFor("112", new TicketKey("F9", "TH1", Map.of(), null)))
        .isEqualTo(new TicketReference("112", "F9"));
    assertThat(Naming.toWaitFor("112", new TicketKey(null, null, Map.of("112:serial", "7"), null)))
        .isEqualTo(new TicketReference("112:serial", "7"));
  }

  private IntakeMessage message(List<Change> changes, Problem problem) {
    return new IntakeMessage(
        5,
        "call-center",
        "request",
        "M-1",
        IntakeMessage.SameIdOtherBytes.CONFLICT,
        new byte[] {1, 2},
        new Provenance(Map.of("JMSType", "报障"), "fault_infor_20260105.txt", 7, "reply", "C-1"),
        NOW,
        changes,
        problem,
        false,
        sealer.sealBytes("<x/>".getBytes(StandardCharsets.UTF_8)),
        4);
  }
}
