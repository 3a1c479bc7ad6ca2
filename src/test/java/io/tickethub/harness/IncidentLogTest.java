package io.tickethub.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tickethub.harness.IncidentLog.Line;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IncidentLogTest {

  @Test
  void theGeneratedLogHasTheFiguresOfTheDomain() {
    List<Line> log = IncidentLog.generate(20260105);
    Map<Integer, String> last = new HashMap<>();
    int strangers = 0;
    int wrong = 0;
    for (Line line : log) {
      String before = last.put(line.ticket(), line.status());
      strangers += before == null && !line.status().equals("acknowledged") ? 1 : 0;
      wrong += before != null && !IncidentLog.isLegal(before, line.status()) ? 1 : 0;
    }
    assertThat(log).hasSize(2_526).isEqualTo(IncidentLog.generate(20260105));
    assertThat(last).hasSize(890);
    assertThat(strangers / 890.0).isCloseTo(0.29, within(0.005));
    assertThat(wrong / (2_526.0 - 890)).isCloseTo(0.24, within(0.005));
  }
}
