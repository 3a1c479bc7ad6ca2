package io.tickethub.service;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.tickethub.definition.DefinitionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Which days are worked on: the yearly notices of the State Council, make-up days (调休) included.
 */
final class Holidays {

  private final Map<Integer, Map<LocalDate, Day>> years;

  private Holidays(Map<Integer, Map<LocalDate, Day>> years) {
    this.years = years;
  }

  /** A day that differs from others of its weekday. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Day(
      @JsonProperty(required = true) String name,
      @JsonProperty(required = true) LocalDate date,
      @JsonProperty(required = true) boolean isOffDay) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Year(
      @JsonProperty(required = true) int year, @JsonProperty(required = true) List<Day> days) {}

  /**
   * Reads the files {@code YYYY.json} of a folder. A notice may name days of the next January or of
   * the December before; the year's own notice goes before it.
   */
  static Holidays read(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new DefinitionException(folder + ": there is no such folder of holidays");
    }
    Map<Integer, Map<LocalDate, Day>> years = new TreeMap<>();
    JsonMapper json = JsonMapper.builder().addModule(new JavaTimeModule()).build();
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path file :
          entries.filter(f -> f.getFileName().toString().matches("\\d{4}\\.json")).toList()) {
        Year year = json.readValue(file.toFile(), Year.class);
        if (!file.getFileName().toString().equals(year.year() + ".json")) {
          throw new DefinitionException("%s: it is of the year %d".formatted(file, year.year()));
        }
        Map<LocalDate, Day> days = new HashMap<>();
        year.days().forEach(day -> days.put(day.date(), day));
        years.put(year.year(), days);
      }
    } catch (JsonProcessingException e) {
      throw new DefinitionException(
          "%s, line %d: %s".formatted(folder, e.getLocation().getLineNr(), e.getOriginalMessage()),
          e);
    } catch (IOException e) {
      throw new DefinitionException("%s: cannot be read: %s".formatted(folder, e.getMessage()), e);
    }
    return new Holidays(years);
  }

  /** Whether the year's notice is there; without, its days are plain weekdays. */
  boolean isKnown(int year) {
    return years.containsKey(year);
  }

  Set<Integer> years() {
    return years.keySet();
  }

  boolean isWorkingDay(LocalDate date) {
    Day day = day(date);
    if (day != null) {
      return !day.isOffDay();
    }
    return date.getDayOfWeek() != DayOfWeek.SATURDAY && date.getDayOfWeek() != DayOfWeek.SUNDAY;
  }

  /** What kind of day it is, in words. */
  String name(LocalDate date) {
    Day day = day(date);
    if (day != null) {
      return "%s, %s".formatted(day.name(), day.isOffDay() ? "holiday" : "make-up day (调休)");
    }
    return isWorkingDay(date) ? "working day" : "weekend";
  }

  private Day day(LocalDate date) {
    for (int year : new int[] {date.getYear(), date.getYear() + 1, date.getYear() - 1}) {
      Day day = years.getOrDefault(year, Map.of()).get(date);
      if (day != null) {
        return day;
      }
    }
    return null;
  }
}
