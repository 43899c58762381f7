package io.vperf.it.apps;

import io.vperf.annotations.Measured;
import java.lang.reflect.Proxy;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import net.bytebuddy.implementation.SuperMethodCall;
import net.bytebuddy.implementation.attribute.MethodAttributeAppender;
import net.bytebuddy.matcher.ElementMatchers;

/** Calls marked methods through what frameworks put before them. */
public final class Proxies {

    private Proxies() {}

    public static void main(String[] args) throws ReflectiveOperationException {
        Service real = new RealService();
        Service proxy = (Service) Proxy.newProxyInstance(
                Proxies.class.getClassLoader(),
                new Class<?>[] {Service.class},
                (self, method, arguments) -> method.invoke(real, arguments));
        int sum = 0;
        for (int i = 0; i < 3; i++) {
            sum += proxy.serve(i);
        }
        Target[] targets = {
            subclass(new ByteBuddy().subclass(Target.class)),
            subclass(new ByteBuddy().subclass(Target.class).name(Target.class.getName() + "$$EnhancerByCGLIB$$1f")),
            subclass(new ByteBuddy().subclass(Target.class).name(Target.class.getName() + "$$SpringCGLIB$$0")),
            subclass(new ByteBuddy().subclass(Target.class).name(Target.class.getName() + "_$$_jvst12_0")),
        };
        for (Target target : targets) {
            for (int i = 0; i < 5; i++) {
                sum += target.work(i);
            }
        }
        System.out.println("sum=" + sum);
        System.out.println("copied="
                + targets[0].getClass().getDeclaredMethod("work", int.class).getAnnotations().length);
    }

    /** With the annotations of class and method copied, as CGLIB's users and Byte Buddy's do it. */
    private static Target subclass(DynamicType.Builder<Target> builder) throws ReflectiveOperationException {
        return builder.annotateType(Target.class.getAnnotations())
                .method(ElementMatchers.named("work"))
                .intercept(SuperMethodCall.INSTANCE)
                .attribute(MethodAttributeAppender.ForInstrumentedMethod.INCLUDING_RECEIVER)
                .make()
                .load(Proxies.class.getClassLoader(), ClassLoadingStrategy.Default.INJECTION)
                .getLoaded()
                .getDeclaredConstructor()
                .newInstance();
    }

    /** Implemented by a proxy. */
    public interface Service {
        @Measured
        int serve(int i);
    }

    static final class RealService implements Service {
        @Override
        @Measured
        public int serve(int i) {
            return i;
        }
    }

    /** Extended by generated classes. */
    @Measured
    public static class Target {
        @Measured
        public int work(int i) {
            return i;
        }
    }
}
