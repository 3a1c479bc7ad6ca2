/** The {@code hub} command: starts the hub, and asks a running one. Uses all packages. */
package io.tickethub.cli;
