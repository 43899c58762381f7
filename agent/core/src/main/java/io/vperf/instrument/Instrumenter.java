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
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** Installs the transformer, and has classes that were loaded before it rewritten. Called once, by the starting thread. */
public final class Instrumenter {

    /** Classes that were rewritten and are not defined by then never are: their code was refused, or their loader gave up. */
    private static final long PATIENCE_NS = 500_000_000;

    private static final long PAUSE_NS = 5_000_000;

    private static final ClassLoader OWN = Instrumenter.class.getClassLoader();
    private static final String REFLECTION = "jdk.internal.reflect.DelegatingClassLoader";

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
        rewrite(chosen(all, this::mayBeChosen));
    }

    /**
     * Has others choose from now on, and rewrites the loaded classes that this makes a difference to.
     *
     * @param changed what has come, or gone: with the patterns in which the two selections differ
     * @return how many classes have been rewritten
     */
    int select(Selection selection, Selection changed) {
        transformer.select(selection);
        MethodChooser by = new MethodChooser(changed);
        return rewrite(chosen(instrumentation.getAllLoadedClasses(), c -> isChosen(by, changed, c)));
    }

    private int rewrite(List<Class<?>> classes) {
        int rewritten = 0;
        for (Class<?> loaded : classes) {
            try {
                instrumentation.retransformClasses(loaded);
                rewritten++;
            } catch (UnmodifiableClassException | LinkageError | RuntimeException e) {
                health.count(Trouble.CLASSES_FAILED);
                health.suppress("instrumenting the loaded class " + loaded.getName(), e);
            }
        }
        return rewritten;
    }

    /**
     * Gives every class the code back that it came with. Called by any thread, once.
     *
     * @return classes that keep their probes, in a line each; empty if none does
     */
    public List<String> uninstall() {
        instrumentation.removeTransformer(transformer);
        transformer.end();
        mounts.uninstall();
        List<String> left = new ArrayList<>();
        long endNs = System.nanoTime() + PATIENCE_NS;
        while (transformer.hasRewrittenAny()) {
            restore(left);
            // Another thread may be about to define a class that was rewritten for it.
            if (!transformer.hasRewrittenAny() || System.nanoTime() - endNs > 0) {
                break;
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
        return left;
    }

    /** All at once, as each time the JVM stops all threads, and throws compiled code away; one by one if one of them fails. */
    private void restore(List<String> left) {
        List<Class<?>> woven = new ArrayList<>();
        for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
            if (transformer.forget(loaded.getClassLoader(), loaded.getName())) {
                woven.add(loaded);
            }
        }
        if (woven.isEmpty()) {
            return;
        }
        try {
            instrumentation.retransformClasses(woven.toArray(new Class<?>[0]));
        } catch (UnmodifiableClassException | LinkageError | RuntimeException e) {
            for (Class<?> one : woven) {
                restore(one, left);
            }
        }
    }

    private void restore(Class<?> woven, List<String> left) {
        try {
            instrumentation.retransformClasses(woven);
        } catch (UnmodifiableClassException | LinkageError | RuntimeException e) {
            left.add("the probes, which call nobody any more, stay in " + woven.getName() + ": " + e);
        }
    }

    private List<Class<?>> chosen(Class<?>[] loaded, Predicate<Class<?>> which) {
        List<Class<?>> chosen = new ArrayList<>();
        for (Class<?> c : loaded) {
            if (!MeasuredTransformer.isOfJdk(c.getClassLoader(), c.getModule())
                    && !isOwn(c)
                    && instrumentation.isModifiableClass(c)
                    && !c.isHidden()
                    && which.test(c)) {
                chosen.add(c);
            }
        }
        return chosen;
    }

    /**
     * They are never measured, and there are more of them than anybody else's at the start of a JVM. Also those that vperf's libraries
     * make as they run, and what the JDK does before version 22 to call methods by reflection: of neither are there class files to look
     * at, so that each would be rewritten with each attaching.
     */
    private static boolean isOwn(Class<?> c) {
        ClassLoader loader = c.getClassLoader();
        if (loader != null && loader.getClass().getName().equals(REFLECTION)) {
            return true;
        }
        for (ClassLoader of = loader; of != null; of = of.getParent()) {
            if (of == OWN) {
                return true;
            }
        }
        return MeasuredTransformer.isOwn(loader, c.getName().replace('.', '/'));
    }

    /** By these patterns alone. */
    private boolean isChosen(MethodChooser by, Selection patterns, Class<?> c) {
        if (!patterns.mayBeAbout(c.getName().replace('.', '/'))) {
            return false;
        }
        try {
            byte[] classFile = ClassBytes.find(c.getClassLoader(), c.getName());
            return classFile == null || transformer.includes(by, c.getClassLoader(), c.getName(), classFile);
        } catch (RuntimeException | LinkageError e) {
            return true; // cannot tell: the JVM has the bytes
        }
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
