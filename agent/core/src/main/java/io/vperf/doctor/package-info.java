/** What vperf can and cannot measure on a machine, and what to change. Looks, and changes nothing. */
@NullMarked
package io.vperf.doctor;

import org.jspecify.annotations.NullMarked;
