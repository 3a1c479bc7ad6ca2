package io.tickethub.notice;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.tickethub.alert.AlertKind;
import io.tickethub.alert.Alerts;
import io.tickethub.cli.HubCommand;
import io.tickethub.harness.PlainConnector;
import io.tickethub.harness.PlainWorld;
import io.tickethub.harness.RecordingServer;
import io.tickethub.harness.RecordingServer.Reply;
import io.tickethub.harness.RecordingServer.Request;
import jakarta.mail.internet.MimeMessage;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A web server, a mailbox and a connected system are told of alerts. */
class AlertsToldIT {

  private static final String SECRET = "webhook-secret-of-the-test";
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir static Path directory;
  static RecordingServer webhook;
  static GreenMail mail;
  static PlainWorld world;
  static int number;

  @BeforeAll
  static void start() throws Exception {
    webhook = new RecordingServer();
    mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    mail.setUser("hub@example.test", "hub", "mail-password");
    mail.start();
    Files.writeString(directory.resolve("secret"), SECRET);
    Files.writeString(directory.resolve("password"), "mail-password\n");
    world =
        PlainWorld.start(
            directory,
            List.of(
                PlainConnector.named("desk"),
                PlainConnector.named("north").tells("introduced, dispatched, alert")),
            "--hub.alerts.group=600ms",
            "--hub.alerts.first-retry=50ms",
            "--hub.alerts.attempts=3",
            "--hub.alerts.most-per-hour=1000",
            "--hub.alerts.silences[0].kinds[0]=disk-full",
            "--hub.alerts.silences[0].reason=nights and days",
            "--hub.alerts.notify.ops.webhook.url=" + webhook.url() + "/alerts?key=url-key",
            "--hub.alerts.notify.ops.webhook.secret=file:" + directory.resolve("secret"),
            "--hub.alerts.notify.duty.mail.host=127.0.0.1",
            "--hub.alerts.notify.duty.mail.port=" + mail.getSmtp().getPort(),
            "--hub.alerts.notify.duty.mail.tls=none",
            "--hub.alerts.notify.duty.mail.username=hub",
            "--hub.alerts.notify.duty.mail.password=file:" + directory.resolve("password"),
            "--hub.alerts.notify.duty.mail.from=hub@example.test",
            "--hub.alerts.notify.duty.mail.to=duty@example.test",
            "--hub.alerts.notify.staff.connector.name=north",
            "--hub.alerts.notify.keys.webhook.url=" + webhook.url() + "/keys",
            "--hub.alerts.notify.keys.webhook.secret=file:" + directory.resolve("secret"),
            "--hub.alerts.notify.keys.kinds=credentials-refused,export-fails");
  }

  @AfterAll
  static void stop() {
    if (world != null) {
      world.close();
    }
    mail.stop();
    webhook.close();
  }

  @AfterEach
  void answersAgain() {
    webhook.answers(any -> new Reply(200, "application/json", "{}"));
  }

  private static Alerts alerts() {
    return world.hub().part(Alerts.class);
  }

  /** A subject that no other test has. */
  private static String subject() {
    number++;
    return "trouble-" + number;
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(60));
  }

  /** What the web server took of a subject, in order. */
  private static List<Request> took(String subject) {
    return webhook.requests("/alerts").stream()
        .filter(request -> new String(request.body(), UTF_8).contains("\"" + subject + "\""))
        .toList();
  }

  private static JsonNode body(Request request) throws Exception {
    return JSON.readTree(request.body());
  }

  private static List<MimeMessage> mailed(String subject) {
    return Arrays.stream(mail.getReceivedMessages())
        .filter(message -> text(message).contains(" " + subject + " "))
        .toList();
  }

  private static String text(MimeMessage message) {
    try {
      return message.getContent().toString();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode notice(String subject) throws Exception {
    for (JsonNode sent : world.hub().get("/api/alerts/notices?limit=200")) {
      if (sent.get("text").asText().contains(" " + subject + " ")) {
        return sent;
      }
    }
    return null;
  }

  private static JsonNode fate(String subject, String recipient) throws Exception {
    JsonNode sent = notice(subject);
    return sent == null
        ? null
        : StreamSupport.stream(sent.get("recipients").spliterator(), false)
            .filter(fate -> fate.get("recipient").asText().equals(recipient))
            .findFirst()
            .orElseThrow();
  }

  @Test
  void oneMessageWhenItBeginsAndOneWhenItIsOver() throws Exception {
    String subject = subject();

    alerts()
        .open(
            AlertKind.SYSTEM_DOWN,
            subject,
            "no answer at https://me:pass1234@far.test/x?token=abc999, password=hunter22, call 13800001234");
    soon().until(() -> took(subject).size() == 1);
    alerts().open(AlertKind.SYSTEM_DOWN, subject, "again");
    alerts().close(AlertKind.SYSTEM_DOWN, subject, "it answers");
    soon().until(() -> took(subject).size() == 2);
    soon().until(() -> mailed(subject).size() == 2);
    soon()
        .until(
            () ->
                world.target("north").told().stream()
                        .filter(told -> told.code().equals("alert"))
                        .filter(told -> told.note().contains(" " + subject + " "))
                        .count()
                    == 2);

    JsonNode opened = body(took(subject).get(0));
    assertThat(opened.get("title").asText()).isEqualTo("Ticket Hub: alert: system-down " + subject);
    assertThat(opened.get("opened")).hasSize(1);
    assertThat(opened.get("closed")).isEmpty();
    assertThat(opened.toString())
        .contains("far.test")
        .doesNotContain("pass1234", "abc999", "hunter22", "13800001234");
    JsonNode closed = body(took(subject).get(1));
    assertThat(closed.get("opened")).isEmpty();
    assertThat(closed.get("closed").get(0).get("end").asText()).isEqualTo("it answers");
    MimeMessage first = mailed(subject).get(0);
    assertThat(first.getSubject()).isEqualTo("Ticket Hub: alert: system-down " + subject);
    assertThat(first.getAllRecipients()[0]).hasToString("duty@example.test");
    assertThat(first.getMessageID())
        .isEqualTo("<%s@example.test>".formatted(opened.get("id").asText()));
    assertThat(text(first)).doesNotContain("pass1234", "abc999", "hunter22", "13800001234");
    await()
        .during(Duration.ofSeconds(2))
        .atMost(Duration.ofSeconds(30))
        .until(() -> took(subject).size() == 2 && mailed(subject).size() == 2);
  }

  @Test
  void whoIsToldOfSomeKindsHearsOfNoOthers() throws Exception {
    String down = subject();
    String refused = subject();

    alerts().open(AlertKind.SYSTEM_DOWN, down, "it is down");
    alerts().open(AlertKind.CREDENTIALS_REFUSED, refused, "401");
    soon().until(() -> took(down).size() == 1 && took(refused).size() == 1);
    soon().until(() -> !keys(refused).isEmpty());
    alerts().close(AlertKind.SYSTEM_DOWN, down, "it answers");
    alerts().close(AlertKind.CREDENTIALS_REFUSED, refused, "let in");
    soon().until(() -> took(down).size() == 2 && keys(refused).size() == 2);

    assertThat(keys(down)).isEmpty();
  }

  private static List<Request> keys(String subject) {
    return webhook.requests("/keys").stream()
        .filter(request -> new String(request.body(), UTF_8).contains("\"" + subject + "\""))
        .toList();
  }

  @Test
  void aMessageIsSigned() throws Exception {
    String subject = subject();
    alerts().open(AlertKind.SYSTEM_DOWN, subject, "it is down");
    soon().until(() -> took(subject).size() == 1);

    Request request = took(subject).get(0);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
    mac.update(
        (request.headers().get("X-Hub-Timestamp")
                + "\n"
                + request.headers().get("X-Hub-Message-Id")
                + "\n")
            .getBytes(UTF_8));
    assertThat(request.headers())
        .containsEntry("X-Hub-Signature", HexFormat.of().formatHex(mac.doFinal(request.body())))
        .containsEntry("Idempotency-Key", body(request).get("id").asText());
  }

  @Test
  void whatBeginsTogetherGoesAsOneMessage() throws Exception {
    List<String> subjects = Stream.generate(AlertsToldIT::subject).limit(5).toList();

    subjects.forEach(subject -> alerts().open(AlertKind.SYSTEM_DOWN, subject, "a cable broke"));
    soon().until(() -> took(subjects.get(4)).size() == 1);

    assertThat(took(subjects.get(4))).isEqualTo(took(subjects.get(0)));
    assertThat(body(took(subjects.get(0)).get(0)).get("opened")).hasSize(5);
  }

  @Test
  void whatNobodyTakesIsGivenUpAndHoldsUpNobodyElse() throws Exception {
    String lost = subject();
    webhook.answers(any -> new Reply(503, "text/plain", "no"));
    alerts().open(AlertKind.SYSTEM_DOWN, lost, "it is down");
    soon().until(() -> mailed(lost).size() == 1);
    soon().until(() -> fate(lost, "ops"), fate -> fate.get("state").asText().equals("given-up"));

    assertThat(fate(lost, "ops").get("attempts").asInt()).isEqualTo(3);
    assertThat(fate(lost, "ops").get("failure").asText()).isEqualTo("it answers 503");
    assertThat(took(lost).stream().map(one -> one.headers().get("Idempotency-Key")).distinct())
        .hasSize(1);
    assertThat(fate(lost, "duty").get("state").asText()).isEqualTo("taken");

    answersAgain();
    String next = subject();
    alerts().open(AlertKind.SYSTEM_DOWN, next, "it is down");
    soon().until(() -> took(next).size() == 1);
  }

  @Test
  void aMessageThatWasUnderWayWhenANodeDiedKeepsItsKey() throws Exception {
    String subject = subject();
    alerts().open(AlertKind.SYSTEM_DOWN, subject, "it is down");
    soon()
        .until(
            () -> fate(subject, "ops"),
            fate -> fate != null && fate.get("state").asText().equals("taken"));

    world
        .hub()
        .database()
        .update(
            "update alert_notice set state = 'waiting', finished_at = null, due = due - interval '1 minute' where message_id = ? and recipient = 'ops'",
            notice(subject).get("id").asLong());
    soon().until(() -> took(subject).size() == 2);

    assertThat(took(subject).get(1).headers().get("Idempotency-Key"))
        .isEqualTo(took(subject).get(0).headers().get("Idempotency-Key"));
    assertThat(took(subject).get(1).body()).isEqualTo(took(subject).get(0).body());
    assertThat(mailed(subject)).hasSize(1);
  }

  @Test
  void inASilenceNobodyIsToldAndWhatLastsIsToldAfterIt() throws Exception {
    String passing = "north/" + subject();
    String lasting = "north/" + subject();
    String other = subject();
    long silence =
        world
            .hub()
            .post("/api/alerts/silences?connector=north&for=2h&reason=works")
            .get("id")
            .asLong();

    alerts().open(AlertKind.EXPORT_FAILS, passing, "not taken");
    alerts().open(AlertKind.EXPORT_FAILS, lasting, "not taken");
    alerts().close(AlertKind.EXPORT_FAILS, passing, "taken");
    alerts().open(AlertKind.SYSTEM_DOWN, other, "it is down");
    soon().until(() -> took(other).size() == 1);
    assertThat(took(lasting)).isEmpty();
    assertThat(world.hub().get("/api/alerts/silences").get(0).get("reason").asText())
        .isEqualTo("works");

    assertThat(hub("alert", "unsilence", Long.toString(silence), "--reason", "done").code())
        .isZero();
    soon().until(() -> took(lasting).size() == 1);

    assertThat(took(passing)).isEmpty();
    assertThat(world.hub().get("/api/alerts/silences")).isEmpty();
    assertThat(world.hub().get("/api/alerts/silences?ended=true")).isNotEmpty();
    assertThat(world.hub().get("/api/audit?action=alert-silence").get(0).get("detail").asText())
        .contains("works");
    assertThat(world.hub().get("/api/audit?action=alert-silence-ended")).isNotEmpty();
    assertThat(hub("alert", "unsilence", Long.toString(silence)).err()).contains("is over already");
  }

  @Test
  void theCalendarSilences() throws Exception {
    String silent = subject();
    String other = subject();

    alerts().open(AlertKind.DISK_FULL, silent, "no space");
    alerts().open(AlertKind.SYSTEM_DOWN, other, "it is down");
    soon().until(() -> took(other).size() == 1);

    assertThat(took(silent)).isEmpty();
  }

  @Test
  void whatIsTooMuchWaits() throws Exception {
    String first = subject();
    world
        .hub()
        .database()
        .update(
            """
            insert into alert_message (made_at, steady, made_by, title, content)
            select now(), now() + interval '1 minute' + time * interval '1 millisecond', 'hub', 'many', '{"text": "many"}'
            from generate_series(1, 1000) time
            """);
    alerts().open(AlertKind.SYSTEM_DOWN, first, "it is down");
    await()
        .during(Duration.ofSeconds(3))
        .atMost(Duration.ofSeconds(30))
        .until(() -> took(first).isEmpty());
    world.hub().database().update("delete from alert_message where title = 'many'");
    soon().until(() -> took(first).size() == 1);
  }

  @Test
  void aTrialSaysWhatCameOfIt() throws Exception {
    webhook.answers(any -> new Reply(401, "text/plain", "no"));

    Ran ran = hub("alert", "test");

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.out().lines().filter(starts("ops ")).findFirst().orElseThrow())
        .contains("webhook", "false", "it answers 401")
        .doesNotContain("url-key");
    assertThat(ran.out().lines().filter(starts("duty ")).findFirst().orElseThrow())
        .contains("mail", "true");
    assertThat(ran.out().lines().filter(starts("staff ")).findFirst().orElseThrow())
        .contains("connector north", "true");
    assertThat(mail.getReceivedMessages())
        .anySatisfy(
            message -> assertThat(message.getSubject()).isEqualTo("Ticket Hub: trial message"));
    assertThat(hub("alert", "test", "--to", "nobody").err()).contains("nobody is called 'nobody'");
    assertThat(hub("alert", "sent").out()).contains("trial message", "ops: given-up");
  }

  @Test
  void aSilenceNeedsAKindOrConnectorThatIsOneAndAReason() {
    assertThat(hub("alert", "silence", "nowhere", "--for", "1h", "--reason", "x").err())
        .contains("there is no connector 'nowhere'");
    assertThat(hub("alert", "silence", "north", "--for", "1h").err()).contains("say why");
    assertThat(hub("alert", "silence", "north", "--for", "90d", "--reason", "x").err())
        .contains("30 days");
    assertThat(hub("alert", "silence", "north", "desk", "--for", "1h", "--reason", "x").err())
        .contains("one connector");
  }

  private static Predicate<String> starts(String word) {
    return line -> line.startsWith(word);
  }

  private record Ran(int code, String out, String err) {}

  private static Ran hub(String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        HubCommand.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(
                Stream.concat(Stream.of(words), Stream.of("--data", world.hub().data().toString()))
                    .toArray(String[]::new));
    return new Ran(code, out.toString(), err.toString());
  }
}
