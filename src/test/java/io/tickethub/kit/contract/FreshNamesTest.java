package io.tickethub.kit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreshNamesTest {

  @TempDir private Path connectors;

  @Test
  void aNameKeepsItsLengthAndLook() {
    FreshNames names = new FreshNames(connectors);

    assertThat(names.another("10000-20260105-000001")).isEqualTo("10000-20260105-000101");
    assertThat(names.another("F2")).isEqualTo("102");
  }

  @Test
  void noConnectorsExampleHasIt() throws IOException {
    example("call-center", "10000-20260105-000101 and F20260105103", StandardCharsets.UTF_8);
    example("noc", "工单0102号", Charset.forName("GBK"));

    FreshNames names = new FreshNames(connectors);

    assertThat(IntStream.range(0, 3).mapToObj(any -> names.another("F2026000")))
        .containsExactly("F2026104", "F2026106", "F2026107");
  }

  private void example(String connector, String text, Charset charset) throws IOException {
    Path example = connectors.resolve(connector).resolve("examples/report/first");
    Files.createDirectories(example);
    Files.writeString(example.resolve("received.txt"), text, charset);
  }
}
