package io.vperf.config;

/** A whole number between two limits, both included. */
final class IntegerValue implements ValueType<Integer> {

    private final int min;
    private final int max;

    IntegerValue(int min, int max) {
        this.min = min;
        this.max = max;
    }

    @Override
    public Integer parse(String text) throws WrongValueException {
        int number;
        try {
            number = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new WrongValueException("not a whole number in this range");
        }
        if (number < min) {
            throw new WrongValueException("below the minimum");
        }
        if (number > max) {
            throw new WrongValueException("above the maximum");
        }
        return number;
    }

    @Override
    public String placeholder() {
        return "N";
    }

    @Override
    public String accepted() {
        return min + " to " + max;
    }
}
