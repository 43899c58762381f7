package io.vperf.instrument;

import io.vperf.health.Health;
import io.vperf.health.Log;
import io.vperf.health.Trouble;
import io.vperf.record.MethodTable;
import io.vperf.select.ClassFacts;
import io.vperf.select.Selection;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
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
    private final MarksInVain inVain;
    /** Replaced as a whole when patterns change; a class is looked at with one of them, or the next. */
    private volatile MethodChooser chooser;

    private final PatternUse use;
    private final LoaderTypes types;

    /** Names of classes with probes, by their loaders. */
    private final Map<Object, Set<String>> rewritten = Collections.synchronizedMap(new WeakHashMap<>());

    /** Guarded by the map. */
    private boolean ended;

    /** Stands for the boot loader. */
    private static final Object BOOT = new Object();

    /**
     * @param begin asked before a class is rewritten, each time; starts what the probes need, and says whether they have it
     */
    MeasuredTransformer(
            MethodTable table,
            ProbeVisibility visibility,
            Health health,
            Log log,
            MarksWithoutCode withoutCode,
            Selection selection,
            PatternUse use,
            BooleanSupplier begin) {
        this.withoutCode = withoutCode;
        this.chooser = new MethodChooser(selection);
        this.use = use;
        this.types = new LoaderTypes(health);
        this.weaver = new ProbeWeaver(table, health);
        this.inVain = new MarksInVain(health);
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
        try {
            if (AgentCallsWeaver.isMeant(internalName)) {
                return connect(loader, classFile);
            }
            boolean marked = MarkSearch.finds(classFile);
            MethodChooser by = chooser;
            boolean included =
                    by.includes() && !isOfJdk(loader, module) && mayInclude(by, loader, internalName, classFile);
            return marked || included
                    ? rewrite(by, module, loader, internalName.replace('/', '.'), classFile, marked, included)
                    : null;
        } catch (Throwable t) {
            health.count(Trouble.CLASSES_FAILED);
            health.suppress(
                    "instrumenting ".concat(internalName), t); // by +, classes would be made where the stack is full
            return null;
        }
    }

    /** Other patterns choose from now on. */
    void select(Selection selection) {
        chooser = new MethodChooser(selection);
    }

    /** Whether a class that was loaded before may have something to measure, as far as patterns go. */
    boolean includes(@Nullable ClassLoader loader, String className, byte[] classFile) {
        return includes(chooser, loader, className, classFile);
    }

    /** The same, by somebody else's patterns. */
    boolean includes(MethodChooser by, @Nullable ClassLoader loader, String className, byte[] classFile) {
        if (!by.includes()) {
            return false;
        }
        if (!mayInclude(by, loader, className.replace('.', '/'), classFile)) {
            return false;
        }
        for (ChosenMethod method : chosen(by, loader, List.of(), classFile, true)) {
            if (method.leftOut() == null) {
                return true;
            }
        }
        return false;
    }

    private boolean mayInclude(MethodChooser by, @Nullable ClassLoader loader, String internalName, byte[] classFile) {
        ClassGlance glance = new ClassGlance(classFile, types.of(loader));
        boolean may = by.mayInclude(internalName, glance);
        ClassFacts head = glance.headIfRead();
        if (!may && head != null && !by.usesAnnotations()) {
            types.seen(loader, head); // without its annotations, which nobody asks for
        }
        return may;
    }

    /** Classes an application puts on the boot class path are in no named module. */
    static boolean isOfJdk(@Nullable ClassLoader loader, @Nullable Module module) {
        return (loader == null || loader == ClassLoader.getPlatformClassLoader()) && module != null && module.isNamed();
    }

    private List<ChosenMethod> chosen(
            MethodChooser by,
            @Nullable ClassLoader loader,
            List<MeasuredMethod> marks,
            byte[] classFile,
            boolean included) {
        ClassFacts facts = ClassFactsReader.read(classFile);
        types.seen(loader, facts);
        return by.choose(marks, facts, classFile, types.of(loader), included);
    }

    private byte @Nullable [] connect(@Nullable ClassLoader loader, byte[] classFile) {
        if (!begin.getAsBoolean()) {
            return null;
        }
        visibility.ensure(loader);
        if (!remember(loader, AgentCallsWeaver.CLASS.replace('/', '.'))) {
            return null;
        }
        log.debug("measuring regions");
        return AgentCallsWeaver.weave(classFile);
    }

    private byte @Nullable [] rewrite(
            MethodChooser by,
            @Nullable Module module,
            @Nullable ClassLoader loader,
            String className,
            byte[] classFile,
            boolean marked,
            boolean included) {
        List<MeasuredMethod> methods = List.of();
        if (marked) {
            MeasuredScan scan = MeasuredScan.read(classFile);
            withoutCode.add(scan.withoutCode());
            inVain.add(scan.suspended(), scan.notCompleting());
            methods = scan.methods();
        }
        if (included || (by.excludes() && !methods.isEmpty())) {
            methods = use.take(className, chosen(by, loader, methods, classFile, included));
        }
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
        if (!remember(loader, className)) {
            return null;
        }
        byte[] woven = weaver.weave(className, classFile, methods);
        log.debug((woven == null ? "left out " : "measuring " + methods.size() + " methods of ") + className);
        return woven;
    }

    /** To be called before a class is rewritten; false if that is not to be any more. */
    private boolean remember(@Nullable ClassLoader loader, String className) {
        synchronized (rewritten) {
            if (ended) {
                return false;
            }
            Set<String> names = rewritten.get(loader == null ? BOOT : loader);
            if (names == null) {
                names = new HashSet<>();
                rewritten.put(loader == null ? BOOT : loader, names);
            }
            names.add(className);
            return true;
        }
    }

    /** No other class is rewritten from now on; of those that are being rewritten, the names are known. */
    void end() {
        synchronized (rewritten) {
            ended = true;
        }
    }

    /** Whether there may be a class with probes. */
    boolean hasRewrittenAny() {
        synchronized (rewritten) {
            return !rewritten.isEmpty();
        }
    }

    /** Whether this class may have probes; the next answer is that it has none. */
    boolean forget(@Nullable ClassLoader loader, String className) {
        Object of = loader == null ? BOOT : loader;
        synchronized (rewritten) {
            Set<String> names = rewritten.get(of);
            if (names == null || !names.remove(className)) {
                return false;
            }
            if (names.isEmpty()) {
                rewritten.remove(of);
            }
            return true;
        }
    }

    static boolean isOwn(@Nullable ClassLoader loader, String internalName) {
        return loader == MeasuredTransformer.class.getClassLoader()
                || internalName.startsWith("io/vperf/bootstrap/")
                || internalName.startsWith("io/vperf/launcher/");
    }
}
