package io.tickethub.kit.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickethub.harness.ShippedConnectors;
import io.tickethub.kit.coverage.Coverage.Code;
import io.tickethub.kit.coverage.Coverage.Field;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectorCoverageTest {

  private static final Path CONNECTORS = Path.of("connectors");
  private static final Path EXAMPLES = CONNECTORS.resolve("partner-transport/examples/progress");

  @Test
  void columnsThatTheMappingNeverReadsAreListed() {
    Coverage coverage = coverage("fault-112").ofExamples("faults");

    assertThat(coverage.messages()).isEqualTo(9);
    assertThat(coverage.unparsed()).isEqualTo(3);
    assertThat(coverage.fields()).hasSize(34);
    assertThat(paths(coverage.unread()))
        .contains("是否光网", "分局", "申告大类", "三级工号")
        .doesNotContain("流水", "故障号", "区局", "申告时间", "申告联系信息", "三级修复时间", "三级故障修复代码");
    assertThat(coverage.percentOfFieldsRead()).isBetween(35, 45);
  }

  @Test
  void attributesAndWhatOnlyTheMessageIdReadsCountAsRead() {
    Coverage coverage = coverage("partner-transport").ofExamples("progress");

    assertThat(coverage.unread()).isEmpty();
    assertThat(paths(coverage.fields())).contains("Progress.@id", "Progress.Waiting");
  }

  @Test
  void codesAreComparedWithTheTablesInBothDirections() {
    Coverage.Table state =
        coverage("partner-transport")
            .of(
                "progress",
                Stream.of(
                        "accepted",
                        "names-no-ticket",
                        "repaired",
                        "unknown-status",
                        "waiting-for-the-customer")
                    .map(name -> EXAMPLES.resolve(name).resolve("received.xml"))
                    .toList())
            .tables()
            .stream()
            .filter(table -> table.name().equals("state"))
            .findFirst()
            .orElseThrow();

    assertThat(state.entries()).isEqualTo(6);
    assertThat(state.otherwise()).isEqualTo("reject");
    assertThat(state.unknown()).containsExactly(new Code("8", 1));
    assertThat(state.unused()).containsExactly("2", "4", "6");
    assertThat(state.percentUsed()).isEqualTo(50);
  }

  @Test
  void tablesOfTheOtherDirectionAreLeftOut() {
    assertThat(coverage("fault-112").ofExamples("progress").tables())
        .extracting(Coverage.Table::name)
        .containsExactly("business", "domain", "party", "state", "suspension");
  }

  @Test
  void aFieldThatIsNoLongerMappedAndANewOneAreNoticed(@TempDir Path directory) throws IOException {
    Path folder = directory.resolve("call-center");
    ShippedConnectors.copy(directory, "call-center");
    Path mapping = folder.resolve("mapping/request.jsonata");
    Files.writeString(
        mapping, Files.readString(mapping).replace("\"region\": $none(Report.District),", ""));

    assertThat(paths(coverage("call-center").ofExamples("request").unread())).isEmpty();
    assertThat(new ConnectorCoverage(folder).ofExamples("request").unread())
        .extracting(Field::path)
        .containsExactly("ServiceRequest.Report.District");
  }

  @Test
  void filesOfOnesOwnAreSamplesToo() {
    Path sample =
        CONNECTORS.resolve("partner-transport/examples/progress/unknown-status/received.xml");

    Coverage coverage = coverage("partner-transport").of("progress", List.of(sample));

    assertThat(coverage.samples()).isEqualTo(1);
    assertThat(coverage.refused()).isEqualTo(1);
    assertThat(coverage.tables().get(0).unused()).hasSize(6);
  }

  private static ConnectorCoverage coverage(String connector) {
    return new ConnectorCoverage(CONNECTORS.resolve(connector));
  }

  private static List<String> paths(List<Field> fields) {
    return fields.stream().map(Field::path).toList();
  }
}
