package io.vperf.select;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Annotations that go by one short name in patterns. */
final class AnnotationGroup {

    /** With their subpackages' annotations in full, as these are no meta-annotations of each other. */
    private static final String[] JAKARTA = {
        "ejb.Stateless",
        "ejb.Stateful",
        "ejb.Singleton",
        "ejb.MessageDriven",
        "enterprise.context.ApplicationScoped",
        "enterprise.context.RequestScoped",
        "enterprise.context.SessionScoped",
        "enterprise.context.ConversationScoped",
        "enterprise.context.Dependent",
        "inject.Singleton",
        "inject.Named",
        "jws.WebService",
        "servlet.annotation.WebServlet",
        "ws.rs.Path"
    };

    private AnnotationGroup() {}

    /** The groups' names. */
    static String[] names() {
        return new String[] {"jakarta", "micrometer", "opentelemetry", "spring"};
    }

    /** The full names of a group's annotations; null if there is no such group. */
    static @Nullable List<String> find(String name) {
        return switch (name) {
            case "jakarta" -> jakarta();
            case "micrometer" ->
                List.of(
                        "io.micrometer.core.annotation.Timed",
                        "io.micrometer.core.annotation.TimedSet",
                        "io.micrometer.observation.annotation.Observed");
            case "opentelemetry" ->
                List.of(
                        "io.opentelemetry.instrumentation.annotations.WithSpan",
                        "io.opentelemetry.extension.annotations.WithSpan");
            // The others carry the first, which can be seen where Spring is found.
            case "spring" ->
                List.of(
                        "org.springframework.stereotype.Component",
                        "org.springframework.stereotype.Controller",
                        "org.springframework.stereotype.Repository",
                        "org.springframework.stereotype.Service",
                        "org.springframework.web.bind.annotation.RestController");
            default -> null;
        };
    }

    private static List<String> jakarta() {
        List<String> names = new ArrayList<>();
        for (String name : JAKARTA) {
            names.add("jakarta.".concat(name));
            names.add("javax.".concat(name));
        }
        return names;
    }
}
