/** What runs in the guest, under vperf. */
@NullMarked
package io.vperf.labs.steal.guest;

import org.jspecify.annotations.NullMarked;
