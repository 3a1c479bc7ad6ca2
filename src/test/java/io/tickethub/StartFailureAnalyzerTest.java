package io.tickethub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tickethub.notice.NoticeProperties;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.FileSystemResource;

class StartFailureAnalyzerTest {

  @TempDir Path directory;

  @Test
  void aKindOfAlertThatIsNoneIsToldByFileLineKeyAndWhatThereIs() throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("hub.yaml"),
            """
            hub:
              alerts:
                notify:
                  noc:
                    connector: {name: north}
                    kinds: [system-down, credentials-refussed]
            """);
    StandardEnvironment environment = new StandardEnvironment();
    new YamlPropertySourceLoader()
        .load("hub.yaml", new FileSystemResource(file))
        .forEach(environment.getPropertySources()::addFirst);

    Throwable failure =
        catchThrowable(() -> Binder.get(environment).bind("hub.alerts", NoticeProperties.class));

    assertThat(new StartFailureAnalyzer().analyze(failure).getDescription())
        .contains("hub.yaml] - 6:30: ", "hub.alerts.notify.noc.kinds[1]", "'credentials-refussed'")
        .contains("there are [system-down, credentials-refused, database-down,");
  }
}
