/**
 * The operations console: pages for people, made on the hub. They show and do what the operations
 * interface shows and does, by calling it. Nothing uses this package.
 */
package io.tickethub.console;
