/** Servers that play a connector's system: HTTP, FTP, SFTP, each with moods. */
package io.tickethub.kit.contract.server;
