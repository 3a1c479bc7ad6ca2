package io.tickethub.connector.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickethub.connector.version.ContentDiff.FileDiff;
import io.tickethub.definition.DefinitionException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderContentTest {

  @TempDir Path directory;

  private void write(String name, String text) throws IOException {
    Path file = directory.resolve("folder").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private FolderContent read() {
    return FolderContent.read(directory.resolve("folder"));
  }

  @Test
  void filesOfEditorsAndLinksThatLeadOutAreNoContent() throws IOException {
    write("connector.yaml", "name: a");
    write("mapping/in.jsonata", "change");
    for (String name : new String[] {"a~", ".a.swp", "#a#", "a.tmp", ".git/config", "4913"}) {
      write(name, "x");
    }
    Path secret = Files.writeString(directory.resolve("secret"), "x");
    Files.createSymbolicLink(directory.resolve("folder/link"), secret);

    assertThat(read().files()).containsOnlyKeys("connector.yaml", "mapping/in.jsonata");
  }

  @Test
  void theSameContentHasTheSameDigestAndComesBackFromItsZip() throws IOException {
    write("a", "1");
    write("b/c", "2");
    FolderContent content = read();
    write("a", "1");

    assertThat(read().digest()).isEqualTo(content.digest());
    assertThat(FolderContent.unzip(content.zip()).digest()).isEqualTo(content.digest());
    write("a", "2");
    assertThat(read().digest()).isNotEqualTo(content.digest());
  }

  @Test
  void aFolderThatHoldsTooMuchIsRefusedWithTheFile() throws IOException {
    write("connector.yaml", "name: a");
    try (RandomAccessFile file =
        new RandomAccessFile(directory.resolve("folder/dump").toFile(), "rw")) {
      file.setLength(FolderContent.MOST_BYTES + 1);
    }

    assertThatThrownBy(this::read)
        .isInstanceOf(DefinitionException.class)
        .hasMessageContaining("dump")
        .hasMessageContaining("64 MB");
  }

  @Test
  void textsDifferByLinesAndOtherFilesByDigest() throws IOException {
    write("connector.yaml", "one\ntwo\nthree\n");
    write("lib/vendor.jar", "1");
    write("gone", "x\n");
    Files.write(directory.resolve("folder/gbk"), "故障".getBytes(Charset.forName("GBK")));
    FolderContent before = read();
    write("connector.yaml", "one\n2\nthree\n");
    write("lib/vendor.jar", "2");
    Files.delete(directory.resolve("folder/gone"));
    Files.write(directory.resolve("folder/gbk"), "障碍".getBytes(Charset.forName("GBK")));

    assertThat(ContentDiff.between(before, read()))
        .satisfiesExactly(
            manifest ->
                assertThat(manifest.text())
                    .isEqualTo(
                        "--- a/connector.yaml\n+++ b/connector.yaml\n@@ -1,3 +1,3 @@\n one\n-two\n+2\n three"),
            text -> assertThat(text.text()).contains("-故障").contains("+障碍"),
            gone -> assertThat(gone).extracting(FileDiff::change).isEqualTo("removed"),
            jar -> assertThat(jar.text()).contains("binary file lib/vendor.jar", "sha256:"));
    assertThat(ContentDiff.between(before, before)).isEmpty();
  }
}
