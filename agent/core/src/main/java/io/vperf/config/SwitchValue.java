package io.vperf.config;

/** On or off, and no other spelling of it: one way to write it is one way to search for it. */
final class SwitchValue implements ValueType<Boolean> {

    @Override
    public Boolean parse(String text) throws WrongValueException {
        return switch (text) {
            case "on" -> true;
            case "off" -> false;
            // No "did you mean": to an edit distance, "no" is close to "on".
            default -> throw new WrongValueException("neither on nor off");
        };
    }

    @Override
    public String placeholder() {
        return "on|off";
    }

    @Override
    public String accepted() {
        return "on or off";
    }
}
