/** What a person has to know at once: one alert when it begins, one when it is over. */
package io.tickethub.alert;
