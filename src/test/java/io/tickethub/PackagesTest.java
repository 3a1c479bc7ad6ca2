package io.tickethub;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The packages use each other as the design's table "Code" allows. */
@AnalyzeClasses(packages = "io.tickethub", importOptions = ImportOption.DoNotIncludeTests.class)
class PackagesTest {

  private static final String HUB = "io.tickethub";
  private static final Path SOURCES = Path.of("src", "main", "java");

  /** What each package may use beside itself. */
  private static final Map<String, List<String>> ALLOWED =
      Map.ofEntries(
          Map.entry("ticket", List.of()),
          Map.entry("definition", List.of()),
          Map.entry("privacy", List.of()),
          Map.entry("broker", List.of()),
          Map.entry("storage", List.of("privacy")),
          Map.entry("alert", List.of()),
          Map.entry("trace", List.of()),
          Map.entry("retention", List.of("storage")),
          Map.entry("product", List.of("ticket", "definition", "privacy")),
          Map.entry("mapping", List.of("ticket", "definition")),
          Map.entry("journal", List.of("ticket", "privacy", "storage")),
          Map.entry("routing", List.of("ticket", "product", "definition")),
          Map.entry("service", List.of("ticket", "product", "definition")),
          Map.entry("delivery", List.of("ticket", "journal", "storage", "alert", "trace")),
          Map.entry(
              "intake",
              List.of(
                  "ticket",
                  "product",
                  "routing",
                  "service",
                  "journal",
                  "delivery",
                  "alert",
                  "trace")),
          Map.entry(
              "replay", List.of("ticket", "mapping", "journal", "storage", "delivery", "intake")),
          Map.entry(
              "connector",
              List.of(
                  "ticket",
                  "product",
                  "mapping",
                  "journal",
                  "delivery",
                  "intake",
                  "definition",
                  "storage",
                  "alert",
                  "trace")),
          Map.entry(
              "reconcile",
              List.of(
                  "ticket",
                  "product",
                  "mapping",
                  "journal",
                  "routing",
                  "storage",
                  "delivery",
                  "intake",
                  "connector")),
          Map.entry(
              "assessment",
              List.of(
                  "ticket", "product", "journal", "service", "storage", "intake", "definition")),
          Map.entry(
              "plan",
              List.of(
                  "ticket", "product", "journal", "service", "storage", "intake", "definition")),
          Map.entry(
              "export",
              List.of(
                  "ticket",
                  "product",
                  "mapping",
                  "journal",
                  "storage",
                  "alert",
                  "delivery",
                  "connector")),
          Map.entry(
              "notice",
              List.of("ticket", "journal", "storage", "privacy", "alert", "delivery", "connector")),
          Map.entry(
              "kit",
              List.of(
                  "ticket",
                  "product",
                  "mapping",
                  "journal",
                  "routing",
                  "service",
                  "delivery",
                  "intake",
                  "connector",
                  "reconcile",
                  "plan",
                  "assessment",
                  "export",
                  "definition",
                  "storage",
                  "privacy",
                  "trace")),
          Map.entry(
              "tmf",
              List.of(
                  "ticket",
                  "product",
                  "journal",
                  "routing",
                  "intake",
                  "connector",
                  "storage",
                  "privacy",
                  "alert",
                  "trace")),
          Map.entry(
              "api",
              List.of(
                  "ticket",
                  "product",
                  "mapping",
                  "journal",
                  "routing",
                  "service",
                  "delivery",
                  "intake",
                  "connector",
                  "kit",
                  "replay",
                  "retention",
                  "notice",
                  "reconcile",
                  "export",
                  "assessment",
                  "plan",
                  "definition",
                  "privacy",
                  "alert")),
          Map.entry(
              "console",
              List.of(
                  "api",
                  "ticket",
                  "product",
                  "journal",
                  "connector",
                  "kit",
                  "privacy",
                  "alert",
                  "notice")));

  @ArchTest
  static void eachPackageUsesOnlyWhatTheDesignAllows(JavaClasses classes) {
    ALLOWED.forEach((name, allowed) -> usesOnly(name, allowed).check(classes));
  }

  private static ArchRule usesOnly(String name, List<String> allowed) {
    String[] usable =
        Stream.concat(Stream.of(name), allowed.stream())
            .map(used -> "%s.%s..".formatted(HUB, used))
            .toArray(String[]::new);
    return classes()
        .that()
        .resideInAPackage("%s.%s..".formatted(HUB, name))
        .should()
        .onlyDependOnClassesThat(resideOutsideOfPackage(HUB + "..").or(resideInAnyPackage(usable)))
        .because("the design allows '%s' to use %s".formatted(name, allowed));
  }

  @ArchTest
  static void everyPackageHasItsRule(JavaClasses classes) {
    assertThat(classes.stream().map(JavaClass::getPackageName).map(PackagesTest::first).distinct())
        .containsOnlyOnceElementsOf(ALLOWED.keySet())
        .contains("", "cli")
        .hasSize(ALLOWED.size() + 2);
  }

  private static String first(String name) {
    return name.equals(HUB) ? "" : name.substring(HUB.length() + 1).replaceFirst("\\..*", "");
  }

  @ArchTest
  static final ArchRule nobodyButTheCommandLineUsesTheWhole =
      noClasses()
          .that()
          .resideOutsideOfPackages(HUB, HUB + ".cli..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(HUB, HUB + ".cli..");

  @ArchTest
  static final ArchRule packagesFormNoCycle =
      slices().matching(HUB + ".(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule thePartsOfConnectorFormNoCycle =
      slices().matching(HUB + ".connector.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule camelIsKnownToConnectorsAlone =
      noClasses()
          .that()
          .resideOutsideOfPackages(HUB, HUB + ".connector", HUB + ".connector.camel..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.camel..");

  @ArchTest
  static final ArchRule theTicketIsPure =
      classes()
          .that()
          .resideInAPackage(HUB + ".ticket..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(HUB + ".ticket..", "java..", "com.fasterxml.jackson..");

  @ArchTest
  static final ArchRule namesSayWhatAClassIs =
      noClasses().should().haveNameMatching(".*(Manager|Helper|Utils?|Impl)(\\$.*)?");

  @ArchTest
  static final ArchRule nobodySleeps =
      noClasses().should().callMethodWhere(calls(Thread.class, "sleep"));

  @ArchTest
  static final ArchRule onlyTheCommandLinePrints =
      noClasses()
          .that()
          .resideOutsideOfPackage(HUB + ".cli..")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");

  @ArchTest
  static final ArchRule timeComesFromAClock =
      noClasses()
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(LocalDate.class, "now")
          .orShould()
          .callMethod(LocalDateTime.class, "now")
          .orShould()
          .callMethod(OffsetDateTime.class, "now")
          .orShould()
          .callMethod(ZonedDateTime.class, "now")
          .orShould()
          .callConstructor(Date.class);

  @ArchTest
  static final ArchRule theOneClockIsMadeWhereThePartsArePutTogether =
      noClasses()
          .that()
          .haveNameNotMatching(HUB + "\\.HubConfiguration")
          .should()
          .callMethod(Clock.class, "systemUTC")
          .orShould()
          .callMethod(Clock.class, "systemDefaultZone");

  private static DescribedPredicate<JavaMethodCall> calls(Class<?> owner, String method) {
    return DescribedPredicate.describe(
        "%s.%s".formatted(owner.getSimpleName(), method),
        call ->
            call.getTargetOwner().isEquivalentTo(owner)
                && call.getTarget().getName().equals(method));
  }

  @TestFactory
  Stream<DynamicTest> everyPackageSaysWhatItIs() throws IOException {
    try (Stream<Path> folders = Files.walk(SOURCES.resolve("io/tickethub"))) {
      return folders
          .filter(Files::isDirectory)
          .filter(PackagesTest::hasClasses)
          .map(
              folder ->
                  DynamicTest.dynamicTest(
                      SOURCES.relativize(folder).toString(),
                      () ->
                          assertThat(folder.resolve("package-info.java"))
                              .content()
                              .contains("/**")))
          .toList()
          .stream();
    }
  }

  private static boolean hasClasses(Path folder) {
    String[] sources = folder.toFile().list((directory, name) -> name.endsWith(".java"));
    return sources != null && Arrays.stream(sources).findAny().isPresent();
  }
}
