package io.tickethub.standin;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** All the systems around one hub. */
public final class Neighbours implements AutoCloseable {

  private final CallCenterStandIn callCenter;
  private final Fault112StandIn fault112;
  private final CrmStandIn crm;
  private final HospitalStandIn hospital;
  private final CampusCardStandIn campusCard;
  private final TransportStandIn transport;

  /**
   * Where everything is, and what the two sides share.
   *
   * @param hub the hub's web address
   * @param broker the URL at which the call centre reaches the hub's broker
   * @param directory of files the systems keep
   * @param secret passwords and signing secrets, all the same
   * @param pace how long staff usually takes
   */
  public record Address(
      URI hub,
      String broker,
      Path directory,
      String secret,
      int soapPort,
      int ftpPort,
      int crmPort,
      int hospitalPort,
      int sftpPort,
      int transportPort,
      Duration pace,
      long seed) {}

  public Neighbours(Address address) throws IOException {
    Duration pace = address.pace();
    crm = new CrmStandIn(address.crmPort());
    hospital =
        new HospitalStandIn(
            address.hospitalPort(), address.hub(), address.secret(), pace, address.seed() + 1);
    transport =
        new TransportStandIn(
            address.transportPort(), address.hub(), address.secret(), pace, address.seed() + 2);
    campusCard =
        new CampusCardStandIn(
            address.sftpPort(), "ticket-hub", address.secret(), pace, address.seed() + 3);
    fault112 =
        new Fault112StandIn(
            new Fault112StandIn.Address(
                address.soapPort(),
                address.ftpPort(),
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
    Files.writeString(address.directory().resolve("known_hosts"), campusCard.knownHost() + "\n");
  }

  public CallCenterStandIn callCenter() {
    return callCenter;
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

  public List<StandIn> all() {
    return List.of(callCenter, fault112, crm, hospital, campusCard, transport);
  }

  @Override
  public void close() {
    all().forEach(StandIn::close);
  }
}
