package io.tickethub.console;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Who may log in, with hashed passwords. */
final class Accounts {

  /** Names of those who log in with a token, and of the hub. */
  private static final Set<String> RESERVED = Set.of("operator", "privacy-officer", "hub");

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9.-]{1,39}");
  private static final int SHORTEST = 12;
  private static final int LONGEST_BYTES = 72;
  private static final int FREE_FAILURES = 5;
  private static final Duration FIRST_WAIT = Duration.ofSeconds(30);
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);
  private static final int MOST_DOUBLINGS = 8;

  private final PasswordEncoder passwords = new BCryptPasswordEncoder();
  private final JdbcTemplate jdbc;
  private final Clock clock;
  private volatile String nobodysPassword;

  Accounts(JdbcTemplate jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  List<Account> list() {
    return jdbc.query("select * from account order by name", this::account);
  }

  Optional<Account> find(String name) {
    return jdbc.query("select * from account where name = ?", this::account, name).stream()
        .findFirst();
  }

  /** Adds one, or gives it another role and password. */
  void set(String name, Grant grant, String password, String by) {
    if (!NAME.matcher(name).matches() || RESERVED.contains(name)) {
      throw new IllegalArgumentException(
          "'%s' cannot be the name of an account: 2 to 40 small letters, digits, dots and hyphens, a letter first, and none of %s"
              .formatted(name, RESERVED));
    }
    check(password);
    jdbc.update(
        """
        insert into account (name, role, connectors, password, failures, changed_at, changed_by)
        values (?, ?, string_to_array(?, ','), ?, 0, ?, ?)
        on conflict (name) do update set role = excluded.role, connectors = excluded.connectors,
          password = excluded.password, token = null, failures = 0, locked_until = null,
          changed_at = excluded.changed_at, changed_by = excluded.changed_by
        """,
        name,
        grant.role().text(),
        grant.connectors() == null ? null : String.join(",", grant.connectors()),
        passwords.encode(password),
        Timestamp.from(clock.instant()),
        by);
  }

  private static void check(String password) {
    if (password.codePointCount(0, password.length()) < SHORTEST) {
      throw new IllegalArgumentException(
          "the password needs at least %d characters".formatted(SHORTEST));
    }
    if (password.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > LONGEST_BYTES) {
      throw new IllegalArgumentException(
          "the password may have at most %d bytes".formatted(LONGEST_BYTES));
    }
  }

  /** False if there is no such account. */
  boolean setToken(String name, String token) {
    return jdbc.update("update account set token = ? where name = ?", token, name) == 1;
  }

  /** False if there is none. */
  boolean remove(String name) {
    return jdbc.update("delete from account where name = ?", name) == 1;
  }

  /** What came of a try to log in. */
  enum Outcome {
    RIGHT,
    WRONG,
    LOCKED
  }

  /**
   * Tries a password. After five wrong ones in a row nothing is tried for a while, which doubles
   * with each more. A name that is not there takes as long as one that is.
   */
  Outcome attempt(String name, String password) {
    Optional<Account> found = find(name);
    if (found.isEmpty()) {
      passwords.matches(password, nobodysPassword());
      return Outcome.WRONG;
    }
    Account account = found.get();
    // Counted before it is tried: many tries at once are many.
    if (!begin(account)) {
      return Outcome.LOCKED;
    }
    if (!passwords.matches(password, account.password())) {
      return Outcome.WRONG;
    }
    jdbc.update("update account set failures = 0, locked_until = null where name = ?", name);
    return Outcome.RIGHT;
  }

  private boolean begin(Account account) {
    Instant now = clock.instant();
    int failures = account.failures() + 1;
    Timestamp lock = failures < FREE_FAILURES ? null : Timestamp.from(now.plus(wait(failures)));
    return jdbc.update(
            """
            update account set failures = failures + 1, locked_until = ?
            where name = ? and failures = ? and (locked_until is null or locked_until <= ?)
            """,
            lock,
            account.name(),
            account.failures(),
            Timestamp.from(now))
        == 1;
  }

  private static Duration wait(int failures) {
    int doublings = Math.min(MOST_DOUBLINGS, failures - FREE_FAILURES);
    Duration wait = FIRST_WAIT.multipliedBy(1L << doublings);
    return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
  }

  private String nobodysPassword() {
    if (nobodysPassword == null) {
      nobodysPassword = passwords.encode("nobody");
    }
    return nobodysPassword;
  }

  private static Set<String> connectors(Array names) throws SQLException {
    return names == null ? null : Set.of((String[]) names.getArray());
  }

  private Account account(ResultSet row, int number) throws SQLException {
    Timestamp locked = row.getTimestamp("locked_until");
    return new Account(
        row.getString("name"),
        Role.of(row.getString("role")),
        connectors(row.getArray("connectors")),
        row.getString("password"),
        row.getString("token"),
        row.getInt("failures"),
        locked == null ? null : locked.toInstant(),
        row.getTimestamp("changed_at").toInstant(),
        row.getString("changed_by"));
  }
}
