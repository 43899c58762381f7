package io.vperf.config;

/** An option that has no value: to name it is to want it. */
final class FlagValue implements ValueType<Boolean> {

    @Override
    public Boolean parse(String text) throws WrongValueException {
        if (text.isEmpty()) {
            return true;
        }
        throw new WrongValueException("takes no value");
    }

    @Override
    public String placeholder() {
        return "";
    }

    @Override
    public String accepted() {
        return "no value";
    }
}
