#include <stdint.h>
#include <string.h>

#include "check.h"
#include "vperf_cpuid.h"

#if defined(__x86_64__)

static void vendor_of_cpuinfo(char vendor[13])
{
    char line[256];
    FILE *cpuinfo = fopen("/proc/cpuinfo", "r");
    CHECK(cpuinfo != NULL, "cannot open /proc/cpuinfo");
    vendor[0] = '\0';
    while (vendor[0] == '\0' && fgets(line, sizeof line, cpuinfo) != NULL)
        sscanf(line, "vendor_id : %12s", vendor);
    fclose(cpuinfo);
}

int main(void)
{
    uint32_t registers[5] = {0, 0, 0, 0, 0xdecafbad};
    CHECK(vperf_cpuid(0, 0, registers) == 0, "leaf 0 refused");
    CHECK(registers[0] >= 1, "highest leaf is %u", registers[0]);
    CHECK(registers[4] == 0xdecafbad, "wrote past the fourth register");

    char vendor[13] = {0};
    memcpy(vendor, &registers[1], 4);
    memcpy(vendor + 4, &registers[3], 4);
    memcpy(vendor + 8, &registers[2], 4);
    for (int i = 0; i < 12; i++)
        CHECK(vendor[i] >= ' ' && vendor[i] <= '~', "vendor byte %d is %#x", i, vendor[i]);
    char expected[13];
    vendor_of_cpuinfo(expected);
    CHECK(strcmp(vendor, expected) == 0, "CPUID says %s, /proc/cpuinfo says %s", vendor, expected);

    /* The subleaf must reach ECX: leaf 4 on Intel, 0x8000001d on AMD differ by it, leaf 0xd on both. */
    if (registers[0] >= 0xd) {
        uint32_t first[4];
        uint32_t second[4];
        vperf_cpuid(0xd, 0, first);
        vperf_cpuid(0xd, 2, second);
        CHECK(memcmp(first, second, sizeof first) != 0, "leaf 0xd answers the same for subleaves 0 and 2");
    }
    return 0;
}

#else

int main(void)
{
    uint32_t registers[4] = {1, 2, 3, 4};
    CHECK(vperf_cpuid(0, 0, registers) == -38, "CPUID is said to exist here");
    CHECK(registers[0] == 1 && registers[3] == 4, "registers were touched");
    return 0;
}

#endif
