/**
 * The hub's own web interface: operations as REST, the status page, who may call them. Uses all
 * packages of the domain.
 */
package io.tickethub.api;
