package io.tickethub.standin;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** All the systems around one hub. */
public final class Neighbours implements AutoCloseable {

  private final CallCenterStandIn callCenter;
  private final Fault112StandIn fault112;
  private final CrmStandIn crm;
  private final HospitalStandIn hospital;
  private final CampusCardStandIn campusCard;
  private final TransportStandIn transport;
  private final NocStandIn noc;
  private final SupportCentreStandIn supportCentre;
  private final FieldServiceStandIn fieldService;
  private final CustomerResponseStandIn customerResponse;
  private final GovernmentStandIn government;
  private final GeneralPartnerStandIn generalPartner;
  private final MessagingStandIn customerMessages;
  private final MessagingStandIn staffMessages;
  private final AnalysisStandIn analysis;

  /**
   * Where everything is, and what the two sides share.
   *
   * @param hub the hub's web address
   * @param broker the URL at which the call centre reaches the hub's broker
   * @param directory of files the systems keep
   * @param secret passwords, keys and signing secrets, all the same
   * @param ports of their servers, by the connector's name; {@link #FTP_OF_112} is one more
   * @param pace how long staff usually takes
   */
  public record Address(
      URI hub,
      String broker,
      Path directory,
      String secret,
      Map<String, Integer> ports,
      Duration pace,
      long seed) {

    /** The port of a system's server. */
    public int port(String system) {
      return ports.get(system);
    }
  }

  /** The second server of the fault system. */
  public static final String FTP_OF_112 = "fault-112-ftp";

  /** Systems with a server of their own, and that second one. */
  public static final List<String> SERVERS =
      List.of(
          "fault-112",
          FTP_OF_112,
          "crm-bss",
          "partner-hospital",
          "partner-campus-card",
          "partner-transport",
          "support-centre",
          "field-service",
          "customer-response",
          "messaging-ecp",
          "messaging-ecp-staff",
          "partner-government",
          "partner-general",
          "business-analysis");

  public Neighbours(Address address) throws IOException {
    Duration pace = address.pace();
    crm = new CrmStandIn(address.port("crm-bss"));
    hospital =
        new HospitalStandIn(
            address.port("partner-hospital"),
            address.hub(),
            address.secret(),
            pace,
            address.seed() + 1);
    transport =
        new TransportStandIn(
            address.port("partner-transport"),
            address.hub(),
            address.secret(),
            pace,
            address.seed() + 2);
    campusCard =
        new CampusCardStandIn(
            address.port("partner-campus-card"),
            "ticket-hub",
            address.secret(),
            pace,
            address.seed() + 3);
    fault112 =
        new Fault112StandIn(
            new Fault112StandIn.Address(
                address.port("fault-112"),
                address.port(FTP_OF_112),
                address.directory().resolve("ftp"),
                "ticket-hub",
                address.secret()),
            address.hub(),
            pace,
            address.seed() + 4);
    callCenter =
        new CallCenterStandIn(
            address.broker(),
            "call-center",
            address.secret(),
            pace,
            address.seed() + 5,
            CallCenterStandIn.Probabilities.USUAL);
    noc = new NocStandIn(address.broker(), address.secret(), pace, address.seed() + 6);
    supportCentre =
        new SupportCentreStandIn(
            address.port("support-centre"),
            address.hub(),
            address.secret(),
            pace,
            address.seed() + 7);
    fieldService =
        new FieldServiceStandIn(
            address.port("field-service"),
            address.directory().resolve("field-service"),
            "ticket-hub",
            address.secret(),
            pace,
            address.seed() + 8);
    customerResponse =
        new CustomerResponseStandIn(
            address.port("customer-response"),
            address.hub(),
            address.secret(),
            pace,
            address.seed() + 9);
    government =
        new GovernmentStandIn(
            address.port("partner-government"),
            address.hub(),
            address.secret(),
            pace,
            address.seed() + 10);
    generalPartner =
        new GeneralPartnerStandIn(
            address.port("partner-general"),
            address.hub(),
            address.secret(),
            pace,
            address.seed() + 11);
    customerMessages = messaging("messaging-ecp", address);
    staffMessages = messaging("messaging-ecp-staff", address);
    analysis =
        new AnalysisStandIn(
            new AnalysisStandIn.Address(
                address.port("business-analysis"),
                "ticket-hub",
                address.broker(),
                address.secret()),
            pace,
            address.seed() + 12);
    Files.write(
        address.directory().resolve("known_hosts"),
        List.of(campusCard.knownHost(), analysis.knownHost()));
  }

  private static MessagingStandIn messaging(String name, Address address) {
    return new MessagingStandIn(name, address.port(name), address.secret());
  }

  public CallCenterStandIn callCenter() {
    return callCenter;
  }

  public NocStandIn noc() {
    return noc;
  }

  public Fault112StandIn fault112() {
    return fault112;
  }

  public CrmStandIn crm() {
    return crm;
  }

  public HospitalStandIn hospital() {
    return hospital;
  }

  public CampusCardStandIn campusCard() {
    return campusCard;
  }

  public TransportStandIn transport() {
    return transport;
  }

  public SupportCentreStandIn supportCentre() {
    return supportCentre;
  }

  public CustomerResponseStandIn customerResponse() {
    return customerResponse;
  }

  /** Systems that cannot be asked for the list of their tickets give it; their names. */
  public List<String> giveLists() throws IOException {
    fault112.exportList();
    campusCard.exportList();
    fieldService.exportList();
    return List.of(fault112.name(), campusCard.name(), fieldService.name());
  }

  public AnalysisStandIn analysis() {
    return analysis;
  }

  public List<StandIn> all() {
    return List.of(
        callCenter,
        fault112,
        crm,
        hospital,
        campusCard,
        transport,
        noc,
        supportCentre,
        fieldService,
        customerResponse,
        government,
        generalPartner,
        customerMessages,
        staffMessages,
        analysis);
  }

  @Override
  public void close() {
    all().forEach(StandIn::close);
  }
}
