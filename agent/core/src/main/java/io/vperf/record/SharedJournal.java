package io.vperf.record;

import io.vperf.lock.BriefLock;

/** A journal of several threads: each owns it while it holds the lock, which comes before the journal's own. */
final class SharedJournal {

    final BriefLock owner = new BriefLock();
    final Journal journal;

    SharedJournal(MethodTable methods) {
        journal = new Journal(methods, 0);
    }
}
