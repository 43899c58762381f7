package io.vperf.container;

/**
 * Something that looks like a container.
 *
 * @param evidence what was seen and where
 */
record Sign(ContainerRuntime runtime, String evidence) {

    private static final int SHOWN = 200;

    Sign {
        // Names that others chose, to be printed.
        String printable = evidence.replaceAll("[^ -~]", "?");
        evidence = printable.length() > SHOWN ? printable.substring(0, SHOWN) + "..." : printable;
    }
}
