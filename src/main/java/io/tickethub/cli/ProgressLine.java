package io.tickethub.cli;

import java.io.PrintWriter;
import java.util.Locale;

/** How far something is: a bar that grows on a terminal, a line now and then elsewhere. */
final class ProgressLine implements AutoCloseable {

  private static final int WIDTH = 30;
  private static final int STEP = 10;

  private final PrintWriter err;
  private final boolean terminal;
  private String lastStage = "";
  private long lastTenth = -1;
  private boolean drawn;

  ProgressLine(PrintWriter err, boolean terminal) {
    this.err = err;
    this.terminal = terminal;
  }

  void show(String stage, long done, long total) {
    long percent = total == 0 ? 0 : Math.min(100, done * 100 / total);
    if (terminal) {
      int filled = (int) (percent * WIDTH / 100);
      err.print(
          "\r%-12s [%s%s] %3d %%  %s of %s\033[K"
              .formatted(
                  stage,
                  "#".repeat(filled),
                  " ".repeat(WIDTH - filled),
                  percent,
                  number(done),
                  number(total)));
      drawn = true;
    } else if (!stage.equals(lastStage) || percent / STEP != lastTenth) {
      err.println("%s: %s of %s".formatted(stage, number(done), number(total)));
    }
    lastStage = stage;
    lastTenth = percent / STEP;
    err.flush();
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  @Override
  public void close() {
    if (drawn) {
      err.print("\r\033[K");
      err.flush();
    }
  }
}
