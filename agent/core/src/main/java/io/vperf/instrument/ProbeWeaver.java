package io.vperf.instrument;

import io.vperf.health.Health;
import io.vperf.health.Trouble;
import io.vperf.record.MethodTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.scaffold.MethodGraph;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.pool.TypePool;
import org.jspecify.annotations.Nullable;

/** Rewrites a class so that its marked methods call the probe. Stateless but for the method table. */
final class ProbeWeaver {

    /** HotSpot never compiles longer methods (HugeMethodLimit, -XX:-DontCompileHugeMethods). */
    static final int HUGE_METHOD_BYTES = 8_000;

    private static final int FIRST_VERSION_WITH_FRAMES = 50;

    private final MethodTable table;
    private final Health health;

    ProbeWeaver(MethodTable table, Health health) {
        this.table = table;
        this.health = health;
    }

    /** The class with probes, or null if none of its methods can be given one. */
    byte @Nullable [] weave(String className, byte[] classFile, List<MeasuredMethod> marked) {
        CodeSizes before = new CodeSizes(classFile);
        Map<String, Integer> ids = number(className, marked);
        while (!ids.isEmpty()) {
            List<MeasuredMethod> unsound = new ArrayList<>();
            byte[] woven = weave(className, classFile, marked, ids, before, unsound);
            health.count(Trouble.METHODS_LEFT_OUT, unsound.size());
            int sizeBefore = ids.size();
            unsound.forEach(m -> ids.remove(key(m)));
            CodeSizes after = new CodeSizes(woven);
            for (MeasuredMethod method : marked) {
                if (after.length(method) >= HUGE_METHOD_BYTES && ids.remove(key(method)) != null) {
                    health.count(Trouble.METHODS_TOO_HUGE);
                }
            }
            if (ids.size() == sizeBefore) {
                return woven;
            }
        }
        return null;
    }

    /** By name and descriptor; methods for which the table has no room are missing. */
    private Map<String, Integer> number(String className, List<MeasuredMethod> methods) {
        Map<String, Integer> ids = new HashMap<>();
        for (MeasuredMethod method : methods) {
            int id = table.register(method.reportedName());
            if (id != MethodTable.FULL) {
                ids.put(key(method), id);
                if (method.isConstructor()) {
                    table.constructor(id, className, method.descriptor());
                }
            }
        }
        return ids;
    }

    private static byte[] weave(
            String className,
            byte[] classFile,
            List<MeasuredMethod> methods,
            Map<String, Integer> ids,
            CodeSizes sizes,
            List<MeasuredMethod> unsound) {
        ClassFileLocator ownBytes = ClassFileLocator.Simple.of(className, classFile);
        // Lazy: nothing but the class itself is ever looked up.
        TypeDescription type = TypePool.Default.WithLazyResolution.of(ownBytes)
                .describe(className)
                .resolve();
        boolean frames = new ClassReader(classFile).readUnsignedShort(6) >= FIRST_VERSION_WITH_FRAMES;
        Map<MeasuredMethod, ConstructorProbe> constructors = new HashMap<>();
        byte[] woven = new ByteBuddy()
                .with(TypeValidation.DISABLED)
                // Looks at no supertype: those may not be loadable yet, or not at all.
                .with(MethodGraph.Compiler.ForDeclaredMethods.INSTANCE)
                .decorate(type, ownBytes)
                .visit(new AsmVisitorWrapper.ForDeclaredMethods()
                        .readerFlags(ClassReader.EXPAND_FRAMES)
                        .constructor(
                                m -> ids.containsKey(key(m)),
                                (instrumentedType, method, next, context, pool, writerFlags, readerFlags) -> {
                                    MeasuredMethod found = find(methods, method);
                                    ConstructorProbe probe =
                                            new ConstructorProbe(next, id(ids, method), sizes.maxLocals(found), frames);
                                    constructors.put(found, probe);
                                    return probe;
                                }))
                .visit(Advice.withCustomMapping()
                        .bind(new MethodIdBinding(ids))
                        .to(ProbeAdvice.class)
                        .on(m -> m.isMethod() && ids.containsKey(key(m))))
                .make()
                .getBytes();
        constructors.forEach((method, probe) -> {
            if (!probe.isSound()) {
                unsound.add(method);
            }
        });
        return woven;
    }

    private static MeasuredMethod find(List<MeasuredMethod> methods, MethodDescription method) {
        for (MeasuredMethod candidate : methods) {
            if (candidate.name().equals(method.getInternalName())
                    && candidate.descriptor().equals(method.getDescriptor())) {
                return candidate;
            }
        }
        throw new IllegalStateException(method + " was matched, but is not among the measured methods");
    }

    private static String key(MeasuredMethod method) {
        return method.name() + method.descriptor();
    }

    private static String key(MethodDescription method) {
        return method.getInternalName() + method.getDescriptor();
    }

    static int id(Map<String, Integer> ids, MethodDescription method) {
        Integer id = ids.get(key(method));
        if (id == null) {
            throw new IllegalStateException(method + " was matched, but has no number");
        }
        return id;
    }
}
