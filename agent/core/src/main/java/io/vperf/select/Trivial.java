package io.vperf.select;

/** Tells which methods of a class do next to nothing; asked only where it matters, as it means reading their code. */
public interface Trivial {

    boolean isTrivial(MethodFacts method);
}
