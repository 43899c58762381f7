package io.vperf.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Everything about a guest drawn at random, for properties that hold of any. */
public final class RandomGuest {

    private static final int[] HZ = {100, 250, 1000};
    private static final int MOST_DEPTH = 3;

    private final SplittableRandom random;

    public final int vcpus;
    public final Kernel kernel;
    public final HostSteal steal;
    public final Interrupts interrupts;
    public final Scheduling scheduling;
    public final List<Program> programs = new ArrayList<>();
    public final long seed;

    /**
     * @param methods are called by all programs
     * @param mostVcpus at least 1
     */
    public RandomGuest(long seed, int methods, int mostVcpus) {
        this.random = new SplittableRandom(seed);
        this.seed = random.nextLong();
        this.vcpus = 1 + random.nextInt(mostVcpus);
        this.kernel = new Kernel(random.nextBoolean(), HZ[random.nextInt(HZ.length)], random.nextBoolean());
        this.steal = randomSteal();
        this.interrupts = random.nextBoolean()
                ? Interrupts.none()
                : new Interrupts(Draw.exponential(1 + random.nextInt(20_000_000)), Draw.uniform(1, 200_000));
        this.scheduling = new Scheduling(
                        1_000_000 + random.nextInt(4_000_000), random.nextBoolean(), random.nextBoolean(), 0)
                .moving(random.nextInt(3) == 0 ? 50 * random.nextDouble() : 0);
        int threads = 1 + random.nextInt(3 * vcpus);
        for (int i = 0; i < threads; i++) {
            programs.add(Program.of(pause(), call(methods, 0)));
        }
    }

    private HostSteal randomSteal() {
        double share = 0.05 + 0.65 * random.nextDouble();
        HostSteal steal = switch (random.nextInt(5)) {
            case 0 -> HostSteal.none();
            case 1 -> HostSteal.periodic(1_000_000 + random.nextInt(40_000_000), share);
            case 2 -> HostSteal.bursts(1_000, 2_000_000 + random.nextInt(28_000_000), share);
            case 3 -> HostSteal.heavyTailed(200_000, 1.1 + random.nextDouble(), share);
            default -> HostSteal.wakeWaits(random.nextDouble(), Draw.exponential(3_000_000));
        };
        return random.nextInt(3) == 0 ? steal.andWakeWaits(0.5, Draw.uniform(1, 5_000_000)) : steal;
    }

    private Draw length() {
        long ns = (long) Math.pow(10, 4 + 3.5 * random.nextDouble());
        return switch (random.nextInt(3)) {
            case 0 -> Draw.always(ns);
            case 1 -> Draw.exponential(ns);
            default -> Draw.sometimes(0.05, Draw.always(10 * ns), Draw.uniform(ns / 2, ns));
        };
    }

    private Program pause() {
        return random.nextBoolean() ? Program.sleep(length()) : Program.compute(Draw.uniform(1, 1_000_000));
    }

    private Program call(int methods, int depth) {
        List<Program> body = new ArrayList<>(List.of(Program.compute(length())));
        if (random.nextInt(3) == 0) {
            body.add(Program.maybe(0.5, Program.sleep(length())));
        }
        if (random.nextInt(4) == 0) {
            // One lock, and nothing that could ask for it again within.
            body.add(Program.locked(0, Program.compute(Draw.exponential(200_000))));
        }
        for (int i = depth == MOST_DEPTH ? 0 : random.nextInt(3); i > 0; i--) {
            body.add(call(methods, depth + 1));
        }
        return Program.call(random.nextInt(methods), body.toArray(new Program[0]));
    }

    /** On a guest that is new. */
    public Guest guest(CallObserver observer) {
        return new Guest(vcpus, kernel, vcpu -> steal, interrupts, scheduling, seed, observer);
    }
}
