package io.tickethub.harness;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports nobody uses. They lie below those the system gives to callers: a client that calls a server
 * which is not up yet could otherwise be given that server's own port.
 */
public final class Ports {

  private static final int FIRST = 15_000;
  private static final int LAST = 32_000;

  private Ports() {}

  public static List<Integer> free(int count) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      while (sockets.size() < count) {
        open(ThreadLocalRandom.current().nextInt(FIRST, LAST)).ifPresent(sockets::add);
      }
      return sockets.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      for (ServerSocket socket : sockets) {
        socket.close();
      }
    }
  }

  private static Optional<ServerSocket> open(int port) throws IOException {
    try {
      return Optional.of(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
    } catch (BindException e) {
      return Optional.empty();
    }
  }
}
