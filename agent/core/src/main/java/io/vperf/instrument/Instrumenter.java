package io.vperf.instrument;

import io.vperf.health.Health;
import io.vperf.health.Log;
import io.vperf.health.Trouble;
import io.vperf.record.MethodTable;
import io.vperf.select.Selection;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Installs the transformer, and has classes that were loaded before it rewritten. Called once, by the starting thread. */
public final class Instrumenter {

    private final Instrumentation instrumentation;
    private final Health health;
    private final MeasuredTransformer transformer;
    private final MountWatch mounts;

    /**
     * Prepares; {@link #install()} acts.
     *
     * @param begin asked before a class is rewritten, each time; starts what the probes need, and says whether they have it
     */
    public Instrumenter(
            Instrumentation instrumentation,
            MethodTable table,
            Health health,
            Log log,
            MarksWithoutCode withoutCode,
            Selection selection,
            PatternUse use,
            MountWatch mounts,
            BooleanSupplier begin) {
        this.instrumentation = instrumentation;
        this.mounts = mounts;
        this.health = health;
        this.transformer = new MeasuredTransformer(
                table, new ProbeVisibility(new ClassDefiner()), health, log, withoutCode, selection, use, begin);
    }

    public void install() {
        instrumentation.addTransformer(transformer, true);
        Class<?>[] all = instrumentation.getAllLoadedClasses();
        mounts.install(all);
        for (Class<?> loaded : chosen(all)) {
            try {
                instrumentation.retransformClasses(loaded);
            } catch (UnmodifiableClassException | LinkageError | RuntimeException e) {
                health.count(Trouble.CLASSES_FAILED);
                health.suppress("instrumenting the loaded class " + loaded.getName(), e);
            }
        }
    }

    /** Gives every class the code back that it came with. Called by any thread, once. */
    public void uninstall() {
        instrumentation.removeTransformer(transformer);
        mounts.uninstall();
        for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
            if (!transformer.hasRewritten(loaded.getClassLoader(), loaded.getName())) {
                continue;
            }
            try {
                instrumentation.retransformClasses(loaded);
            } catch (UnmodifiableClassException | LinkageError | RuntimeException e) {
                health.suppress("taking the probes out of " + loaded.getName(), e);
            }
        }
    }

    private List<Class<?>> chosen(Class<?>[] loaded) {
        List<Class<?>> chosen = new ArrayList<>();
        for (Class<?> c : loaded) {
            if (!MeasuredTransformer.isOfJdk(c.getClassLoader(), c.getModule())
                    && !isOwn(c)
                    && instrumentation.isModifiableClass(c)
                    && !c.isHidden()
                    && mayBeChosen(c)) {
                chosen.add(c);
            }
        }
        return chosen;
    }

    /** They are never measured, and there are more of them than anybody else's at the start of a JVM. */
    private static boolean isOwn(Class<?> c) {
        return MeasuredTransformer.isOwn(c.getClassLoader(), c.getName().replace('.', '/'));
    }

    /** Looks into the class file; reflection would load the types of the class's methods. */
    private boolean mayBeChosen(Class<?> c) {
        if (AgentCallsWeaver.isMeant(c.getName().replace('.', '/'))) {
            return true;
        }
        try {
            byte[] classFile = ClassBytes.find(c.getClassLoader(), c.getName());
            return classFile == null
                    || MarkSearch.finds(classFile)
                    || transformer.includes(c.getClassLoader(), c.getName(), classFile);
        } catch (RuntimeException | LinkageError e) {
            return true; // cannot tell: the JVM has the bytes
        }
    }
}
