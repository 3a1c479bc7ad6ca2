package io.tickethub.harness;

import jakarta.jms.ConnectionFactory;
import java.io.IOException;
import java.lang.reflect.Array;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.util.MethodInvoker;

/**
 * A broker of another vendor than the hub's: Apache ActiveMQ Classic, which speaks OpenWire. Its
 * classes come from {@code target/activemq-classic} and are on nobody's class path.
 */
public final class ClassicBroker implements AutoCloseable {

  /** The class of its client's connection factory. */
  public static final String CLIENT = "org.apache.activemq.ActiveMQConnectionFactory";

  /** The only account. */
  public static final String USER = "ticket-hub";

  public static final String PASSWORD = "s3cret&w%rd)";

  private static final Path JARS = EmbeddedHub.home().resolve("target/activemq-classic");

  private final ClassLoader classes;
  private final Path data;
  private final String url;
  private Object service;

  public ClassicBroker(Path directory) throws IOException {
    data = directory;
    url = "tcp://127.0.0.1:" + Ports.free(1).get(0);
    URL[] jars;
    try (Stream<Path> files = Files.list(JARS)) {
      jars = files.map(ClassicBroker::url).toArray(URL[]::new);
    }
    classes = new URLClassLoader("activemq-classic", jars, ClassicBroker.class.getClassLoader());
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Copies what its clients need into a connector's {@code lib}. */
  public static void putClient(Path lib) throws IOException {
    Files.createDirectories(lib);
    try (Stream<Path> files = Files.list(JARS)) {
      for (Path jar : files.toList()) {
        String name = jar.getFileName().toString();
        if (name.startsWith("activemq-client") || name.startsWith("hawtbuf")) {
          Files.copy(jar, lib.resolve(name));
        }
      }
    }
  }

  public String url() {
    return url;
  }

  /** Starts with empty queues. */
  public void start() throws ReflectiveOperationException {
    start(PASSWORD);
  }

  /** The same with a password of the account that clients do not know yet. */
  public void start(String password) throws ReflectiveOperationException {
    service = make("org.apache.activemq.broker.BrokerService");
    call(service, "setPersistent", false);
    call(service, "setUseJmx", false);
    call(service, "setUseShutdownHook", false);
    call(service, "setDataDirectory", data.toString());
    call(service, "setPlugins", oneAccount(password));
    call(service, "addConnector", url);
    call(service, "start");
    call(service, "waitUntilStarted");
  }

  private Object oneAccount(String password) throws ReflectiveOperationException {
    Object account = make("org.apache.activemq.security.AuthenticationUser", USER, password, "all");
    Object accounts =
        make("org.apache.activemq.security.SimpleAuthenticationPlugin", List.of(account));
    Object plugins =
        Array.newInstance(classes.loadClass("org.apache.activemq.broker.BrokerPlugin"), 1);
    Array.set(plugins, 0, accounts);
    return plugins;
  }

  public void stop() throws ReflectiveOperationException {
    call(service, "stop");
    call(service, "waitUntilStopped");
  }

  /** How many clients are connected. */
  public int connections() throws ReflectiveOperationException {
    return Array.getLength(call(call(service, "getBroker"), "getClients"));
  }

  /** Another client of it. */
  public ConnectionFactory client() throws ReflectiveOperationException {
    return (ConnectionFactory) make(CLIENT, USER, PASSWORD, url);
  }

  private Object make(String type, Object... arguments) throws ReflectiveOperationException {
    Class<?>[] types = Stream.of(arguments).map(ClassicBroker::declared).toArray(Class<?>[]::new);
    return classes.loadClass(type).getConstructor(types).newInstance(arguments);
  }

  private static Class<?> declared(Object argument) {
    return argument instanceof List ? List.class : argument.getClass();
  }

  private static Object call(Object target, String method, Object... arguments)
      throws ReflectiveOperationException {
    MethodInvoker invoker = new MethodInvoker();
    invoker.setTargetObject(target);
    invoker.setTargetMethod(method);
    invoker.setArguments(arguments);
    invoker.prepare();
    return invoker.invoke();
  }

  @Override
  public void close() throws ReflectiveOperationException {
    stop();
  }
}
