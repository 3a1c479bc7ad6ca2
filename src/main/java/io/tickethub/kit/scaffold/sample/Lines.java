package io.tickethub.kit.scaffold.sample;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The lines of a file in bytes, without line ends and without empty ones. */
final class Lines {

  private Lines() {}

  static List<byte[]> of(byte[] file) {
    List<byte[]> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= file.length; i++) {
      if (i == file.length || file[i] == '\n') {
        int end = i > start && file[i - 1] == '\r' ? i - 1 : i;
        if (end > start) {
          lines.add(Arrays.copyOfRange(file, start, end));
        }
        start = i + 1;
      }
    }
    return lines;
  }
}
