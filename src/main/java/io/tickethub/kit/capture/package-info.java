/** Makes examples of a connector's folder out of messages. Prints nothing. */
package io.tickethub.kit.capture;
