package io.tickethub.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tickethub.harness.SettableClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifiersTest {

  private static final Instant NOW = Instant.parse("2026-01-05T01:03:00Z");
  private static final int MORE_THAN_A_MILLISECOND_HOLDS = 20_000;

  private final SettableClock clock = new SettableClock(NOW);

  @Test
  void identifiersAreUniqueOverThreads() {
    Identifiers identifiers = new Identifiers(Clock.systemUTC(), 1, Instant.EPOCH);
    Set<Long> seen = ConcurrentHashMap.newKeySet();

    IntStream.range(0, 100_000).parallel().forEach(number -> seen.add(identifiers.next()));

    assertThat(seen).hasSize(100_000);
  }

  @Test
  void identifiersIncreaseEvenWhenAMillisecondIsFull() {
    Identifiers identifiers = new Identifiers(clock, 1, Instant.EPOCH);

    assertThat(Stream.generate(identifiers::next).limit(MORE_THAN_A_MILLISECOND_HOLDS))
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  void aClockThatIsSetBackLeadsToNoSecondUse() {
    Identifiers identifiers = new Identifiers(clock, 1, Instant.EPOCH);
    long before = identifiers.next();

    clock.advance(Duration.ofDays(-1));
    long during = identifiers.next();
    clock.set(NOW);
    long after = identifiers.next();

    assertThat(before).isLessThan(during);
    assertThat(during).isLessThan(after);
  }

  @Test
  void aLaterMillisecondGivesALargerIdentifierOnAnyNode() {
    long earlier = new Identifiers(clock, 1023, Instant.EPOCH).next();
    clock.advance(Duration.ofMillis(1));

    assertThat(new Identifiers(clock, 0, Instant.EPOCH).next()).isGreaterThan(earlier);
  }

  @Test
  void nodesDoNotUseEachOthersIdentifiers() {
    Identifiers one = new Identifiers(clock, new NodeName("hub-1").number(), Instant.EPOCH);
    Identifiers two = new Identifiers(clock, new NodeName("hub-2").number(), Instant.EPOCH);

    assertThat(Stream.generate(one::next).limit(5_000))
        .doesNotContainAnyElementsOf(Stream.generate(two::next).limit(5_000).toList());
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, Integer.MAX_VALUE})
  void anyNumberMayDistinguishANode(int node) {
    assertThat(new Identifiers(clock, node, Instant.EPOCH).next()).isPositive();
  }

  @Test
  void aClockThatWasNeverSetStillGivesIdentifiers() {
    clock.set(Instant.EPOCH);
    Identifiers identifiers = new Identifiers(clock, 1, Instant.EPOCH);

    assertThat(identifiers.next()).isPositive().isLessThan(identifiers.next());
  }

  @Property
  void theTextOfAnIdentifierSortsAndReadsLikeItsNumber(
      @ForAll @LongRange(min = 0) long one, @ForAll @LongRange(min = 0) long other) {
    assertThat(Identifiers.text(one)).hasSize(13);
    assertThat(Identifiers.parse(Identifiers.text(one))).isEqualTo(one);
    assertThat(Integer.signum(Identifiers.text(one).compareTo(Identifiers.text(other))))
        .isEqualTo(Long.compare(one, other));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "0-1", "ZZZZZZZZZZZZZZ", "1 2", "编号"})
  void whatIsNoIdentifierIsNamed(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Identifiers.parse(text))
        .withMessageContaining("'%s' is no identifier".formatted(text));
  }
}
