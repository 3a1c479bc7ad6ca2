package io.tickethub.torture;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A network between two programs that can fail: a TCP proxy on loopback. */
final class FaultProxy implements AutoCloseable {

  private static final int PART = 4 << 10;
  private static final long MEGABIT = 1_000_000 / 8;
  private static final long SECOND = 1_000_000_000L;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final ServerSocket listening = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
  private final int port;
  private volatile Weather weather = Weather.FINE;

  /** What the network does. */
  enum Weather {
    FINE,
    /** Every connection ends with a reset, and no new one is made. */
    CUT,
    /** Connections stay, and nothing passes. */
    HALF_OPEN,
    /** Everything passes at 1 Mbit/s, over all connections. */
    ONE_MEGABIT
  }

  /** To a port of this machine. */
  FaultProxy(int port) throws IOException {
    this.port = port;
    threads.submit(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  /** From now on. */
  void weather(Weather next) throws IOException {
    weather = next;
    if (next == Weather.CUT) {
      for (Socket socket : sockets) {
        reset(socket);
      }
    }
  }

  private Void accept() throws IOException {
    while (!listening.isClosed()) {
      Socket near = listening.accept();
      if (weather == Weather.CUT) {
        reset(near);
        continue;
      }
      try {
        Socket far = new Socket(InetAddress.getLoopbackAddress(), port);
        sockets.add(near);
        sockets.add(far);
        threads.submit(() -> pump(near, far));
        threads.submit(() -> pump(far, near));
      } catch (IOException e) {
        reset(near);
      }
    }
    return null;
  }

  private void pump(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] part = new byte[PART];
      for (int count = in.read(part); count >= 0; count = in.read(part)) {
        while (weather == Weather.HALF_OPEN) {
          TimeUnit.MILLISECONDS.sleep(20);
        }
        if (weather == Weather.ONE_MEGABIT) {
          waitForTurn(count);
        }
        out.write(part, 0, count);
      }
    } catch (IOException e) {
      // One side is gone: so is the other, below.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      close(from);
      close(to);
    }
  }

  private synchronized void waitForTurn(int bytes) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(bytes * SECOND / MEGABIT);
  }

  private void reset(Socket socket) throws IOException {
    if (!socket.isClosed()) {
      socket.setSoLinger(true, 0);
    }
    close(socket);
  }

  private void close(Socket socket) {
    sockets.remove(socket);
    try {
      socket.close();
    } catch (IOException e) {
      return;
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket socket : sockets) {
      close(socket);
    }
    threads.shutdownNow();
  }
}
