package io.vperf.instrument;

import io.vperf.health.Health;
import io.vperf.health.Log;
import io.vperf.health.Trouble;
import io.vperf.record.MethodTable;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Called by the JVM for every class, on the thread that loads it, with that loader's locks held. Whatever goes wrong, the
 * class is defined as it came.
 */
final class MeasuredTransformer implements ClassFileTransformer {

    private final ProbeWeaver weaver;
    private final ProbeVisibility visibility;
    private final Health health;
    private final Log log;
    private final BooleanSupplier begin;
    private final MarksWithoutCode withoutCode;

    /**
     * @param begin asked before a class is rewritten, each time; starts what the probes need, and says whether they have it
     */
    MeasuredTransformer(
            MethodTable table,
            ProbeVisibility visibility,
            Health health,
            Log log,
            MarksWithoutCode withoutCode,
            BooleanSupplier begin) {
        this.withoutCode = withoutCode;
        this.weaver = new ProbeWeaver(table, health);
        this.visibility = visibility;
        this.health = health;
        this.log = log;
        this.begin = begin;
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable Module module,
            @Nullable ClassLoader loader,
            @Nullable String internalName,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] classFile) {
        // A hidden class has no name; its host's author did not mark it.
        if (internalName == null || isOwn(loader, internalName)) {
            return null;
        }
        boolean agentCalls = AgentCallsWeaver.isMeant(internalName);
        if (!agentCalls && !MarkSearch.finds(classFile)) {
            return null;
        }
        try {
            return agentCalls
                    ? connect(loader, classFile)
                    : rewrite(module, loader, internalName.replace('/', '.'), classFile);
        } catch (Throwable t) {
            health.count(Trouble.CLASSES_FAILED);
            health.suppress(
                    "instrumenting ".concat(internalName), t); // by +, classes would be made where the stack is full
            return null;
        }
    }

    private byte @Nullable [] connect(@Nullable ClassLoader loader, byte[] classFile) {
        if (!begin.getAsBoolean()) {
            return null;
        }
        visibility.ensure(loader);
        log.debug("measuring regions");
        return AgentCallsWeaver.weave(classFile);
    }

    private byte @Nullable [] rewrite(
            @Nullable Module module, @Nullable ClassLoader loader, String className, byte[] classFile) {
        MeasuredScan scan = MeasuredScan.read(classFile);
        withoutCode.add(scan.withoutCode());
        List<MeasuredMethod> methods = scan.methods();
        if (methods.isEmpty()) {
            return null;
        }
        if (module != null && module == Object.class.getModule()) {
            health.count(Trouble.METHODS_LEFT_OUT, methods.size());
            log.info(className + " carries @Measured but is a class of java.base, which vperf itself runs on;"
                    + " it is not measured. Mark the methods that call it instead.");
            return null;
        }
        if (!begin.getAsBoolean()) {
            return null;
        }
        visibility.ensure(loader);
        byte[] woven = weaver.weave(className, classFile, methods);
        log.debug((woven == null ? "left out " : "measuring " + methods.size() + " methods of ") + className);
        return woven;
    }

    static boolean isOwn(@Nullable ClassLoader loader, String internalName) {
        return loader == MeasuredTransformer.class.getClassLoader()
                || internalName.startsWith("io/vperf/bootstrap/")
                || internalName.startsWith("io/vperf/launcher/");
    }
}
