package io.tickethub.torture;

import com.sun.jdi.AbsentInformationException;
import com.sun.jdi.Bootstrap;
import com.sun.jdi.Method;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.event.VMDeathEvent;
import com.sun.jdi.event.VMDisconnectEvent;
import com.sun.jdi.request.BreakpointRequest;
import com.sun.jdi.request.EventRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A place in the hub's code at which its process is stopped, so that it can be killed just there.
 * The hub runs with {@link #option}.
 */
final class Breakpoint {

  private final int port;

  Breakpoint(int port) {
    this.port = port;
  }

  /** For the Java that runs the hub. */
  String option() {
    return "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:" + port;
  }

  /**
   * Waits until a thread enters a method for the {@code times}th time from now on; the whole
   * process stands still then. False if that did not happen in time.
   *
   * @throws IllegalStateException if there is no such method
   */
  boolean await(String type, String method, int times, Duration patience)
      throws IOException, InterruptedException {
    VirtualMachine machine = attach();
    try {
      // Asked for first: the hub loads classes meanwhile.
      var request = machine.eventRequestManager().createClassPrepareRequest();
      request.addClassFilter(type);
      request.setSuspendPolicy(EventRequest.SUSPEND_ALL);
      request.enable();
      for (ReferenceType loaded : machine.classesByName(type)) {
        if (loaded.isPrepared()) {
          stopAt(machine, loaded, method, times);
        }
      }
      return isHit(machine, method, times, System.nanoTime() + patience.toNanos());
    } catch (com.sun.jdi.VMDisconnectedException e) {
      throw new IOException("the hub ended before it came to " + method, e);
    }
  }

  private VirtualMachine attach() throws IOException {
    AttachingConnector connector =
        Bootstrap.virtualMachineManager().attachingConnectors().stream()
            .filter(any -> any.transport().name().equals("dt_socket"))
            .findFirst()
            .orElseThrow();
    Map<String, Connector.Argument> arguments = connector.defaultArguments();
    arguments.get("hostname").setValue("127.0.0.1");
    arguments.get("port").setValue(Integer.toString(port));
    try {
      return connector.attach(arguments);
    } catch (IllegalConnectorArgumentsException e) {
      throw new IOException(e);
    }
  }

  private static void stopAt(VirtualMachine machine, ReferenceType type, String name, int times) {
    List<Method> methods = type.methodsByName(name);
    if (methods.isEmpty()) {
      throw new IllegalStateException(
          "%s has no method %s: mend the list of boundaries".formatted(type.name(), name));
    }
    for (Method method : methods) {
      BreakpointRequest request =
          machine.eventRequestManager().createBreakpointRequest(entry(method));
      request.setSuspendPolicy(EventRequest.SUSPEND_ALL);
      request.addCountFilter(times);
      request.enable();
    }
  }

  private static com.sun.jdi.Location entry(Method method) {
    try {
      return method.allLineLocations().get(0);
    } catch (AbsentInformationException e) {
      return method.location();
    }
  }

  private static boolean isHit(VirtualMachine machine, String method, int times, long end)
      throws InterruptedException {
    while (System.nanoTime() < end) {
      EventSet events = machine.eventQueue().remove(200);
      if (events == null) {
        continue;
      }
      for (Event event : events) {
        if (event instanceof BreakpointEvent) {
          return true;
        } else if (event instanceof ClassPrepareEvent prepared
            && machine.eventRequestManager().breakpointRequests().isEmpty()) {
          stopAt(machine, prepared.referenceType(), method, times);
        } else if (event instanceof VMDeathEvent || event instanceof VMDisconnectEvent) {
          return false;
        }
      }
      events.resume();
    }
    machine.dispose();
    return false;
  }
}
