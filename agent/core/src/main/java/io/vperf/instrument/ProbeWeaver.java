package io.vperf.instrument;

import io.vperf.health.Health;
import io.vperf.health.Trouble;
import io.vperf.record.CompletionRehearsal;
import io.vperf.record.MethodTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
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
        return weave(className, classFile, marked, new HashMap<>());
    }

    /**
     * As the other one.
     *
     * @param refused gets what cannot be given a probe, by name and descriptor, with the reason as it is counted
     */
    byte @Nullable [] weave(
            String className, byte[] classFile, List<MeasuredMethod> marked, Map<String, Trouble> refused) {
        CodeSizes before = new CodeSizes(classFile);
        Map<String, Integer> ids = number(className, marked);
        while (!ids.isEmpty()) {
            List<MeasuredMethod> unsound = new ArrayList<>();
            byte[] woven = weave(classFile, marked, ids, before, unsound);
            health.count(Trouble.METHODS_LEFT_OUT, unsound.size());
            int sizeBefore = ids.size();
            for (MeasuredMethod method : unsound) {
                ids.remove(key(method));
                refused.put(key(method), Trouble.METHODS_LEFT_OUT);
            }
            CodeSizes after = new CodeSizes(woven);
            for (MeasuredMethod method : marked) {
                if (after.length(method) >= HUGE_METHOD_BYTES && ids.remove(key(method)) != null) {
                    health.count(Trouble.METHODS_TOO_HUGE);
                    refused.put(key(method), Trouble.METHODS_TOO_HUGE);
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
            int id = table.register(
                    method.reportedName(), MeasuredMethod.qualified(className, method.name(), method.descriptor()));
            if (id != MethodTable.FULL) {
                ids.put(key(method), id);
                if (method.isConstructor()) {
                    table.constructor(id, className, method.descriptor());
                } else if (method.ending() != Ending.RETURN) {
                    CompletionRehearsal.once();
                }
            }
        }
        return ids;
    }

    private static byte[] weave(
            byte[] classFile,
            List<MeasuredMethod> methods,
            Map<String, Integer> ids,
            CodeSizes sizes,
            List<MeasuredMethod> unsound) {
        ClassReader reader = new ClassReader(classFile);
        ClassWriter writer = new ClassWriter(reader, 0); // copies what is not visited: constants, untouched methods
        boolean frames = reader.readUnsignedShort(6) >= FIRST_VERSION_WITH_FRAMES;
        // By identity: a record's first hashCode() builds method handles, 37 ms of a start.
        IdentityHashMap<MeasuredMethod, BodyProbe> probes = new IdentityHashMap<>();
        ClassVisitor weaving = new ClassVisitor(Opcodes.ASM9, writer) {
            @Override
            public MethodVisitor visitMethod(
                    int access,
                    String name,
                    String descriptor,
                    @Nullable String signature,
                    String @Nullable [] exceptions) {
                MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
                Integer id = ids.get(name + descriptor);
                if (id == null) {
                    return next;
                }
                MeasuredMethod method = find(methods, name, descriptor);
                int maxLocals = sizes.maxLocals(method);
                BodyProbe probe;
                if (method.isConstructor()) {
                    probe = new ConstructorProbe(next, id, maxLocals, frames);
                } else if (method.ending() == Ending.RETURN) {
                    probe = new MethodProbe(next, id, maxLocals, frames);
                } else {
                    probe = new CompletionProbe(next, id, maxLocals, frames, method.ending());
                }
                probes.put(method, probe);
                return probe;
            }
        };
        reader.accept(weaving, ClassReader.EXPAND_FRAMES);
        for (Map.Entry<MeasuredMethod, BodyProbe> probe : probes.entrySet()) {
            if (!probe.getValue().isSound()) {
                unsound.add(probe.getKey());
            }
        }
        return writer.toByteArray();
    }

    private static MeasuredMethod find(List<MeasuredMethod> methods, String name, String descriptor) {
        for (MeasuredMethod candidate : methods) {
            if (candidate.name().equals(name) && candidate.descriptor().equals(descriptor)) {
                return candidate;
            }
        }
        throw new IllegalStateException(name + descriptor + " has a number, but is not among the measured methods");
    }

    static String key(MeasuredMethod method) {
        return method.name() + method.descriptor();
    }
}
