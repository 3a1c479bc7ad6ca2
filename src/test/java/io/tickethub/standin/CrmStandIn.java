package io.tickethub.standin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickethub.standin.HttpServerStandIn.Reply;
import io.tickethub.standin.HttpServerStandIn.Request;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** CRM/BSS: customers and products by REST, interactions in, changes of customers out by JMS. */
public final class CrmStandIn implements StandIn {

  private static final List<String> LEVELS = List.of("gold", "silver", "bronze", "standard");

  private final Ledger ledger = new Ledger();
  private final Mood mood = new Mood();
  private final JsonMapper json = new JsonMapper();
  private final Map<String, String> interactions = new ConcurrentHashMap<>();
  private final AtomicLong numbers = new AtomicLong(700_000);
  private final AtomicLong lookUps = new AtomicLong();
  private final HttpServerStandIn server;

  public CrmStandIn(int port) {
    this.server = new HttpServerStandIn(port, mood);
    server.on("/tmf-api/customerManagement/v4/customer/", this::customer);
    server.on("/tmf-api/productInventory/v4/product", this::products);
    server.on("/tmf-api/accountManagement/v4/billingAccount", this::accounts);
    server.on("/tmf-api/partyInteractionManagement/v4/partyInteraction", this::interaction);
    server.on("/tmf-api/partyInteractionManagement/v4/partyInteraction/search", this::search);
    server.start();
  }

  /**
   * Customers whose number begins with C are known; the rest of the number decides what they are.
   */
  private Reply customer(Request request) throws Exception {
    lookUps.incrementAndGet();
    String number = request.path().substring(request.path().lastIndexOf('/') + 1);
    if (!number.startsWith("C")) {
      return new Reply(
          404, "application/json", "{\"code\":\"404\",\"reason\":\"unknown\"}".getBytes(UTF_8));
    }
    return reply(
        Map.of(
            "id",
            number,
            "name",
            "客户" + number.substring(1),
            "status",
            "active",
            "characteristic",
            List.of(Map.of("name", "serviceLevel", "value", level(number))),
            "contactMedium",
            List.of(
                Map.of(
                    "mediumType",
                    "phone",
                    "characteristic",
                    Map.of("phoneNumber", "0770-2812345"))),
            "account",
            List.of(Map.of("id", "A" + number.substring(1)))));
  }

  /** The level a customer of this number has. */
  public static String level(String number) {
    return LEVELS.get(Math.floorMod(number.hashCode(), LEVELS.size()));
  }

  private Reply products(Request request) throws Exception {
    String number = request.query().substring(request.query().indexOf('=') + 1);
    boolean hospital = number.endsWith("7");
    return reply(
        List.of(
            Map.of(
                "id",
                "P" + number,
                "status",
                "active",
                "productCharacteristic",
                hospital
                    ? List.of(Map.of("name", "productClass", "value", "digital-hospital"))
                    : List.of())));
  }

  /** Billing has a mood of its own: for some customers it fails, or takes too long. */
  private Reply accounts(Request request) throws Exception {
    String number = request.query().substring(request.query().indexOf('=') + 1);
    if (!isBillingWell(number) && number.charAt(number.length() - 2) % 2 == 0) {
      return new Reply(503, "text/plain", "billing is down".getBytes(UTF_8));
    }
    if (!isBillingWell(number)) {
      TimeUnit.SECONDS.sleep(4);
    }
    boolean suspended = isSuspended(number);
    return reply(
        List.of(
            Map.of(
                "id",
                "B" + number.substring(1),
                "state",
                suspended ? "suspended" : "active",
                "paymentStatus",
                suspended ? "inArrears" : "paid",
                "accountBalance",
                List.of(Map.of("amount", Map.of("unit", "CNY", "value", 128.5))))));
  }

  /** Whether billing answers for this customer, and in time. */
  public static boolean isBillingWell(String number) {
    return !number.endsWith("5");
  }

  /** Whether the services of this customer are suspended for arrears. */
  public static boolean isSuspended(String number) {
    return number.endsWith("3");
  }

  private Reply interaction(Request request) throws Exception {
    JsonNode interaction = json.readTree(request.body());
    String ticket = interaction.get("ticket").asText();
    String id = interactions.computeIfAbsent(ticket, any -> "I" + numbers.incrementAndGet());
    if (ledger.isNew(request.headers().get("Idempotency-Key"))) {
      ledger.takesEffect(
          ticket,
          interaction.get("sequence").asInt(),
          interaction.get("event").asText(),
          interaction.get("state").asText());
    }
    return new Reply(201, "application/json", json.writeValueAsBytes(Map.of("id", id)));
  }

  private Reply search(Request request) throws Exception {
    return reply(
        Map.of(
            "asOf",
            Instant.now().toString(),
            "interactions",
            ledger.beliefs().entrySet().stream()
                .map(
                    belief ->
                        Map.of(
                            "id",
                            interactions.get(belief.getKey()),
                            "ticket",
                            belief.getKey(),
                            "state",
                            belief.getValue()))
                .toList()));
  }

  private Reply reply(Object body) throws Exception {
    return new Reply(200, "application/json", json.writeValueAsBytes(body));
  }

  /** How often a customer was looked up. */
  public long lookUps() {
    return lookUps.get();
  }

  public int port() {
    return server.port();
  }

  @Override
  public String name() {
    return "crm-bss";
  }

  @Override
  public Ledger ledger() {
    return ledger;
  }

  @Override
  public Mood mood() {
    return mood;
  }

  @Override
  public void close() {
    server.close();
  }
}
