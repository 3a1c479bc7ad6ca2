package io.tickethub.kit.scaffold.sample;

import io.tickethub.kit.scaffold.sample.ByteGrid.Kind;
import java.nio.charset.Charset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Finds where the columns of fixed-width lines begin: behind blanks that all lines have, where
 * values of a known form begin and end, and where one kind of sign follows another in all lines.
 * Two texts that touch in every line look like one.
 */
final class ColumnBorders {

  static final String RIGHT_ALIGNED = "behind blanks, its values end at one place";

  private static final double ENOUGH = 0.4;
  private static final double MOSTLY = 0.6;
  private static final double OF_A_SHAPE = 0.95;
  private static final int LONGEST_COUNT = 6;
  private static final double OF_A_TITLE = 0.9;

  private final ByteGrid grid;
  private final int ofWide;
  private final NavigableMap<Integer, Border> borders = new TreeMap<>();
  private final Set<Integer> closed = new HashSet<>();

  private ColumnBorders(ByteGrid grid, Charset charset) {
    this.grid = grid;
    this.ofWide = "中".getBytes(charset).length;
  }

  /**
   * The borders but the first, in their order; none if the lines tell of none.
   *
   * @param titles of a header above the lines, but for the first; none if there is no header
   */
  static List<Border> of(ByteGrid grid, Charset charset, Collection<Title> titles) {
    ColumnBorders found = new ColumnBorders(grid, charset);
    titles.stream().filter(title -> title.blanks() > 1).forEach(found::title);
    found.shapes();
    found.blanks();
    found.changesOfKind();
    titles.forEach(found::title);
    found.zeros();
    found.rightAligned();
    found.joinTimes(titles.stream().map(Title::at).toList());
    return List.copyOf(found.borders.values());
  }

  /**
   * A title of a header.
   *
   * @param at the bytes before it
   * @param blanks how many are before it
   */
  record Title(int at, int blanks) {}

  private void put(int at, double confidence, String reason) {
    put(at, at, confidence, reason);
  }

  private void put(int at, int latest, double confidence, String reason) {
    if (at <= 0 || at >= grid.width() || closed.contains(at) || !grid.isBetweenCharacters(at)) {
      return;
    }
    Border better = borders.get(at);
    double sure = confidence * (grid.size() + 1) / (grid.size() + 2);
    if (sure >= ENOUGH * 0.6 && (better == null || better.confidence() < sure)) {
      borders.put(at, new Border(at, latest, sure, reason));
    }
  }

  private long lines(IntPredicate wanted) {
    return IntStream.range(0, grid.size()).filter(wanted).count();
  }

  private void shapes() {
    for (KnownShape shape : KnownShape.ALL) {
      int length = shape.bytes(ofWide);
      for (int at = 0; at + length <= grid.width(); at++) {
        if (isOpen(at, at + length) && holds(shape, at, at + length)) {
          close(shape, at, at + length);
          at += length - 1;
        }
      }
    }
  }

  private boolean isOpen(int from, int to) {
    return grid.isBetweenCharacters(from)
        && grid.isBetweenCharacters(to)
        && IntStream.rangeClosed(from + 1, to - 1).noneMatch(at -> borders.containsKey(at))
        && IntStream.rangeClosed(from, to).noneMatch(closed::contains);
  }

  private boolean holds(KnownShape shape, int from, int to) {
    int fitting = 0;
    int joinedBefore = 0;
    int joinedAfter = 0;
    for (int line = 0; line < grid.size(); line++) {
      String text = grid.text(line, from, to);
      if (KnownShape.isNothing(text)) {
        continue;
      }
      if (!shape.fits(text)) {
        return false;
      }
      fitting++;
      joinedBefore += from > 0 && isOfIdentifiers(line, from - 1) ? 1 : 0;
      joinedAfter += to < grid.width() && grid.kind(line, to) == Kind.DIGIT ? 1 : 0;
    }
    if (fitting < 2 || fitting * 5 < grid.size()) {
      return false;
    }
    boolean begins = joinedBefore == 0 || borders.containsKey(from);
    boolean ends = joinedAfter == 0 || borders.containsKey(to);
    return begins && ends || shape.free() && (ends || begins && !countsOn(to));
  }

  /** Digits before a date may be a number of their own; letters are the beginning of one. */
  private boolean isOfIdentifiers(int line, int at) {
    return grid.kind(line, at) == Kind.DIGIT || grid.kind(line, at) == Kind.LETTER;
  }

  /** Whether the digits behind a date only make a number of it that is never the same. */
  private boolean countsOn(int from) {
    int end = from;
    while (end < grid.width() && isAll(Kind.DIGIT, end)) {
      end++;
    }
    return end > from
        && end - from <= LONGEST_COUNT
        && distinct(from, end) == grid.size()
        && grid.size() > 2
        && (end == grid.width() || !kinds(end).contains(Kind.SIGN));
  }

  private boolean isAll(Kind kind, int at) {
    return lines(line -> grid.kind(line, at) != kind) == 0;
  }

  private long distinct(int from, int to) {
    return IntStream.range(0, grid.size())
        .mapToObj(line -> grid.text(line, from, to))
        .distinct()
        .count();
  }

  private void close(KnownShape shape, int from, int to) {
    put(from, OF_A_SHAPE, shape.title() + " begins there");
    if (to < grid.width() && !isAll(Kind.BLANK, to)) {
      put(to, OF_A_SHAPE, shape.title() + " ends there");
    }
    IntStream.range(from + 1, to).forEach(closed::add);
    IntStream.range(from + 1, to).forEach(borders::remove);
  }

  private void blanks() {
    for (int at = 1; at < grid.width(); at++) {
      int here = at;
      long filled = lines(line -> !grid.isBlank(line, here));
      long begin = lines(line -> grid.isBlank(line, here - 1) && !grid.isBlank(line, here));
      int gap = gap(at);
      if (begin == 0 || gap == 0) {
        continue;
      }
      if (gap < at) {
        put(at, at - gap > 1 ? 0.95 : 0.85, "all lines have a blank before it");
      } else if (begin > 1 && begin >= filled * MOSTLY && lines(line -> runsOn(line, here)) == 0) {
        put(
            at,
            0.5 + 0.4 * begin / (filled + 1),
            "in %d of %d lines a value begins there".formatted(begin, filled));
      }
    }
  }

  /** A number or a word lies across this place. */
  private boolean runsOn(int line, int at) {
    Kind before = grid.kind(line, at - 1);
    Kind after = grid.kind(line, at);
    return before == after && before != Kind.BLANK && before != Kind.WIDE
        || before == Kind.SIGN && after != Kind.BLANK
        || after == Kind.SIGN && before != Kind.BLANK;
  }

  private void changesOfKind() {
    for (int at = 1; at < grid.width(); at++) {
      int here = at;
      if (closed.contains(at) || borders.containsKey(at)) {
        continue;
      }
      long touching = lines(line -> isTouching(line, here));
      long ending = lines(line -> !grid.isBlank(line, here - 1) && grid.isBlank(line, here));
      if (touching < Math.min(2, grid.size()) || (touching + ending) * 10 < grid.size() * 8L) {
        continue;
      }
      Set<Kind> before = kinds(at - 1);
      double sure = before.size() == 1 ? 1 : 0;
      for (Kind after : kinds(at)) {
        sure = Math.min(sure, change(before.iterator().next(), after));
      }
      Integer begin = borders.lowerKey(at);
      boolean prefix = distinct(begin == null ? 0 : begin, at) == 1 && grid.size() > 1;
      if (sure * (prefix ? MOSTLY : 1) >= ENOUGH) {
        put(at, sure * (prefix ? MOSTLY : 1), "one kind of sign follows another in all lines");
      }
    }
  }

  private Set<Kind> kinds(int at) {
    return IntStream.range(0, grid.size())
        .mapToObj(line -> grid.kind(line, at))
        .filter(kind -> kind != Kind.BLANK)
        .collect(Collectors.toSet());
  }

  /** How surely a column ends where these meet; letters before digits are numbers' prefixes. */
  private static double change(Kind before, Kind after) {
    if (before == after || before == Kind.SIGN || after == Kind.SIGN) {
      return 0;
    }
    return switch (before) {
      case DIGIT -> after == Kind.WIDE ? 0.85 : 0.55;
      case WIDE -> after == Kind.DIGIT ? 0.6 : 0.45;
      case LETTER -> after == Kind.WIDE ? 0.6 : 0;
      default -> 0;
    };
  }

  private void title(Title title) {
    int at = title.at();
    if (at >= grid.width() || closed.contains(at)) {
      return;
    }
    long across = lines(line -> title.blanks() > 1 ? isJoined(line, at) : isTouching(line, at));
    if (across == 0) {
      put(at, OF_A_TITLE, "a title of the header begins there");
    }
  }

  private boolean isTouching(int line, int at) {
    return !grid.isBlank(line, at - 1) && !grid.isBlank(line, at);
  }

  /** A word or a number with signs in it lies across this place. */
  private boolean isJoined(int line, int at) {
    return runsOn(line, at) && grid.kind(line, at - 1) != Kind.DIGIT;
  }

  /** Numbers filled up with zeros that touch. */
  private void zeros() {
    for (int at = 2; at < grid.width(); at++) {
      int here = at;
      if (!closed.contains(at)
          && !borders.containsKey(at)
          && grid.size() > 4
          && isAll(Kind.DIGIT, at - 1)
          && lines(line -> !grid.text(line, here, here + 1).equals("0")) == 0
          && distinct(at - 1, at) > 2) {
        put(at, 0.45, "all lines have a zero there, behind digits that differ");
      }
    }
  }

  /** Where numbers are filled up with blanks, the column begins before the longest of them. */
  private void rightAligned() {
    for (Border border : List.copyOf(borders.values())) {
      int at = border.at();
      int end = Optional.ofNullable(borders.higherKey(at)).orElse(grid.width());
      int gap = gap(at);
      if (gap < at && isRightAligned(at, end)) {
        borders.remove(at);
        put(gap, at, border.confidence() * 0.8, RIGHT_ALIGNED);
      }
    }
  }

  /** Where the blanks begin that all lines have before this place. */
  private int gap(int at) {
    int begin = at;
    while (begin > 0 && isAll(Kind.BLANK, begin - 1)) {
      begin--;
    }
    return begin;
  }

  private boolean isRightAligned(int from, int to) {
    int filled = 0;
    int atBegin = 0;
    Set<Integer> ends = new HashSet<>();
    for (int line = 0; line < grid.size(); line++) {
      String text = grid.text(line, from, to);
      if (text.isBlank()) {
        continue;
      }
      filled++;
      atBegin += Character.isWhitespace(text.charAt(0)) ? 0 : 1;
      ends.add(text.length() - text.stripTrailing().length());
    }
    return filled > 1 && atBegin < filled * MOSTLY && ends.size() == 1;
  }

  /** A time of day belongs to the date before it, unless it has a title of its own. */
  private void joinTimes(List<Integer> titles) {
    for (int at : List.copyOf(borders.keySet())) {
      int begin = Optional.ofNullable(borders.lowerKey(at)).orElse(0);
      int end = Optional.ofNullable(borders.higherKey(at)).orElse(grid.width());
      if (!titles.contains(at) && isTime(at, end) && isDate(begin, end)) {
        borders.remove(at);
      }
    }
  }

  private boolean isTime(int from, int to) {
    return texts(from, to).stream().allMatch(text -> text.matches("\\d{1,2}:\\d{2}(:\\d{2})?"));
  }

  private boolean isDate(int from, int to) {
    List<String> texts = texts(from, to);
    return !texts.isEmpty() && DatePattern.of(texts).isPresent();
  }

  private List<String> texts(int from, int to) {
    return IntStream.range(0, grid.size())
        .mapToObj(line -> grid.text(line, from, to).strip())
        .filter(text -> !text.isEmpty())
        .toList();
  }
}
