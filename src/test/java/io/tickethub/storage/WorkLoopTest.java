package io.tickethub.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

class WorkLoopTest {

  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration SHORT = Duration.ofMillis(1);

  @Test
  void aSignalEndsTheRestEvenOfALoopThatFails() {
    AtomicInteger turns = new AtomicInteger();
    try (WorkLoop loop = new WorkLoop("failing", LONG, LONG, () -> fail(turns.incrementAndGet()))) {
      loop.start();
      for (int turn = 1; turn <= 4; turn++) {
        int expected = turn;
        await().until(() -> turns.get() == expected);
        loop.signal();
      }
    }
  }

  private static boolean fail(int turn) {
    return switch (turn) {
      case 1 -> throw new DataAccessResourceFailureException("no database");
      case 2 -> throw new IllegalStateException("a mistake");
      case 3 -> throw new StackOverflowError("an error");
      default -> false;
    };
  }

  @Test
  void itRestsLittleWhileThereIsSomethingToDo() {
    AtomicInteger turns = new AtomicInteger();
    try (WorkLoop loop = new WorkLoop("busy", SHORT, LONG, () -> turns.incrementAndGet() < 20)) {
      loop.start();
      await().until(() -> turns.get() == 20);
    }
    assertThat(turns).hasValue(20);
  }

  @Test
  void closeLetsTheTurnUnderWayEnd() {
    AtomicInteger ended = new AtomicInteger();
    WorkLoop loop =
        new WorkLoop(
            "slow",
            SHORT,
            SHORT,
            () -> {
              await().pollDelay(Duration.ofMillis(200)).until(() -> true);
              ended.incrementAndGet();
              return true;
            });
    loop.start();
    await().until(() -> ended.get() == 1);
    loop.close();
    int atClose = ended.get();
    await().during(Duration.ofMillis(400)).until(() -> ended.get() == atClose);
  }
}
