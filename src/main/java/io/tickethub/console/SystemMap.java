package io.tickethub.console;

import io.tickethub.console.LiveStatus.LiveLine;
import java.util.ArrayList;
import java.util.List;

/**
 * Where systems stand around the hub: in the outer cells of a square of cells, 1600 wide and 900
 * high.
 */
public final class SystemMap {

  static final int WIDTH = 1600;
  static final int HEIGHT = 900;
  private static final int GAP = 14;

  /** Of a card, beside its name. */
  private static final int MARGIN = 44;

  /** A Latin letter of the name takes about so much, a Chinese character twice that. */
  private static final double LETTER = 12.5;

  private static final double WIDE_LETTER = 13.8;
  private static final int NARROW = 300;

  private SystemMap() {}

  /**
   * A system's card and the middle of its line to the hub.
   *
   * @param x left
   * @param y top
   */
  public record Node(
      LiveLine live,
      int x,
      int y,
      int width,
      int height,
      int fromX,
      int fromY,
      int signX,
      int signY) {

    public boolean narrow() {
      return width < NARROW;
    }

    /** As much of a name as the card has room for. */
    public String fitting(String name) {
      double letter = narrow() ? LETTER : WIDE_LETTER;
      double room = width - MARGIN;
      if (length(name) * letter <= room) {
        return name;
      }
      int end = name.length();
      while (end > 1 && (length(name.substring(0, end)) + 1) * letter > room) {
        end--;
      }
      return name.substring(0, end).strip() + "…";
    }

    private static int length(String text) {
      return text.codePoints().map(point -> isWide(point) ? 2 : 1).sum();
    }
  }

  /** As wide as a Chinese character: full-width marks such as （ and 、 are, too. */
  private static boolean isWide(int point) {
    Character.UnicodeBlock block = Character.UnicodeBlock.of(point);
    return Character.isIdeographic(point)
        || block == Character.UnicodeBlock.CJK_SYMBOLS_AND_PUNCTUATION
        || block == Character.UnicodeBlock.HALFWIDTH_AND_FULLWIDTH_FORMS
            && !(point >= 0xFF61 && point <= 0xFFDC)
        || block == Character.UnicodeBlock.HIRAGANA
        || block == Character.UnicodeBlock.KATAKANA
        || block == Character.UnicodeBlock.HANGUL_SYLLABLES;
  }

  static List<Node> around(List<LiveLine> lines) {
    int side = 3;
    while (4 * (side - 1) < lines.size()) {
      side++;
    }
    List<int[]> cells = rim(side);
    List<Node> nodes = new ArrayList<>();
    for (int at = 0; at < lines.size(); at++) {
      int[] cell = cells.get(at * cells.size() / lines.size());
      nodes.add(node(lines.get(at), cell, side));
    }
    return nodes;
  }

  /** Clockwise, from the upper left. */
  private static List<int[]> rim(int side) {
    List<int[]> cells = new ArrayList<>();
    for (int at = 0; at < side - 1; at++) {
      cells.add(new int[] {at, 0});
    }
    for (int at = 0; at < side - 1; at++) {
      cells.add(new int[] {side - 1, at});
    }
    for (int at = side - 1; at > 0; at--) {
      cells.add(new int[] {at, side - 1});
    }
    for (int at = side - 1; at > 0; at--) {
      cells.add(new int[] {0, at});
    }
    return cells;
  }

  private static Node node(LiveLine live, int[] cell, int side) {
    int cellWidth = WIDTH / side;
    int cellHeight = HEIGHT / side;
    int width = Math.min(400, cellWidth - 2 * GAP);
    int height = Math.min(170, cellHeight - GAP);
    int middleX = cell[0] * cellWidth + cellWidth / 2;
    int middleY = cell[1] * cellHeight + cellHeight / 2;
    // Cards stand at the rim, so that the lines are long.
    int x = snap(cell[0], side, 6, middleX - width / 2, WIDTH - width - 6);
    int y = snap(cell[1], side, 6, middleY - height / 2, HEIGHT - height - 6);
    int fromX = x + width / 2;
    int fromY = y + height / 2;
    return new Node(
        live,
        x,
        y,
        width,
        height,
        fromX,
        fromY,
        (int) (fromX + (WIDTH / 2 - fromX) * 0.5),
        (int) (fromY + (HEIGHT / 2 - fromY) * 0.5));
  }

  private static int snap(int cell, int side, int first, int middle, int last) {
    return cell == 0 ? first : cell == side - 1 ? last : middle;
  }
}
