#ifndef CHECK_H
#define CHECK_H

#include <stdio.h>
#include <stdlib.h>

/* The exit status by which a test says "cannot be tried here"; its last line on stdout is the reason. */
#define SKIPPED 77

#define CHECK(condition, ...)                                              \
    do {                                                                   \
        if (!(condition)) {                                                \
            printf("%s:%d: %s: ", __FILE__, __LINE__, #condition);         \
            printf(__VA_ARGS__);                                           \
            printf("\n");                                                  \
            exit(1);                                                       \
        }                                                                  \
    } while (0)

#define SKIP(...)            \
    do {                     \
        printf(__VA_ARGS__); \
        printf("\n");        \
        exit(SKIPPED);       \
    } while (0)

#endif
