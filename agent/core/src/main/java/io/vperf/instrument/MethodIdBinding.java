package io.vperf.instrument;

import io.vperf.instrument.ProbeAdvice.MethodId;
import java.util.Map;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.annotation.AnnotationDescription;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.method.ParameterDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import net.bytebuddy.implementation.bytecode.constant.IntegerConstant;

/** Puts each method's number into its copy of the advice as a constant. */
final class MethodIdBinding implements Advice.OffsetMapping.Factory<MethodId>, Advice.OffsetMapping {

    private final Map<String, Integer> ids;

    MethodIdBinding(Map<String, Integer> ids) {
        this.ids = ids;
    }

    @Override
    public Class<MethodId> getAnnotationType() {
        return MethodId.class;
    }

    @Override
    public Advice.OffsetMapping make(
            ParameterDescription.InDefinedShape target,
            AnnotationDescription.Loadable<MethodId> annotation,
            AdviceType adviceType) {
        return this;
    }

    @Override
    public Target resolve(
            TypeDescription instrumentedType,
            MethodDescription instrumentedMethod,
            Assigner assigner,
            Advice.ArgumentHandler argumentHandler,
            Sort sort) {
        return new Target.ForStackManipulation(IntegerConstant.forValue(ProbeWeaver.id(ids, instrumentedMethod)));
    }
}
