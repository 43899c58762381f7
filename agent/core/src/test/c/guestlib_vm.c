/*
 * Plays VMware's guest library in a virtual machine. Every value is known: value number n is n * 1000 + the number of
 * updates; a total grows by n with each update. What goes wrong is chosen when it is compiled:
 *
 *   OPEN_ERROR     what OpenHandle answers
 *   UPDATE_ERROR   what UpdateInfo answers, from update UPDATE_ERROR_AT on, once
 *   VALUE_ERROR    what the memory shares are answered with
 *   MOVED_AT       the update at which the session is another one, and totals begin anew
 *   BACKWARDS_AT   the update at which the stolen time is 0
 *   NO_SESSION     the session has the number 0
 *   NO_TARGET_SIZE an older library: it has no GetMemTargetSizeMB
 */
#include <stdint.h>
#include <stdlib.h>

#ifndef OPEN_ERROR
#define OPEN_ERROR 0
#endif
#ifndef UPDATE_ERROR
#define UPDATE_ERROR 0
#endif
#ifndef UPDATE_ERROR_AT
#define UPDATE_ERROR_AT 1
#endif
#ifndef VALUE_ERROR
#define VALUE_ERROR 0
#endif
#ifndef MOVED_AT
#define MOVED_AT INT32_MAX
#endif
#ifndef BACKWARDS_AT
#define BACKWARDS_AT INT32_MAX
#endif
#ifdef NO_SESSION
#define SESSION 0
#else
#define SESSION 0xcafef00ddeadbeefu
#endif

struct vm {
    uint32_t magic;
    int32_t updates;
};

static const uint32_t magic = 0x564d5741;

int VMGuestLib_OpenHandle(struct vm **handle)
{
    if (OPEN_ERROR != 0)
        return OPEN_ERROR;
    *handle = calloc(1, sizeof **handle);
    (*handle)->magic = magic;
    return 0;
}

int VMGuestLib_CloseHandle(struct vm *handle)
{
    free(handle);
    return 0;
}

static int check(const struct vm *handle)
{
    return handle == NULL || handle->magic != magic ? 8 : handle->updates == 0 ? 5 : 0;
}

int VMGuestLib_UpdateInfo(struct vm *handle)
{
    if (handle == NULL || handle->magic != magic)
        return 8;
    handle->updates++;
    return handle->updates == UPDATE_ERROR_AT ? UPDATE_ERROR : 0;
}

int VMGuestLib_GetSessionId(struct vm *handle, uint64_t *id)
{
    *id = handle->updates >= MOVED_AT ? SESSION + 1 : SESSION;
    return check(handle);
}

#define LEVEL(name, number, type)                              \
    int VMGuestLib_Get##name(struct vm *handle, type *value)   \
    {                                                          \
        *value = (type)((number) * 1000 + handle->updates);    \
        return check(handle);                                  \
    }

#define TOTAL(name, number)                                                                              \
    int VMGuestLib_Get##name(struct vm *handle, uint64_t *value)                                         \
    {                                                                                                    \
        uint64_t updates = handle->updates;                                                              \
        *value = handle->updates >= MOVED_AT ? (number) * (updates + 1 - MOVED_AT) : 1000 + (number) * updates; \
        if ((number) == 4 && handle->updates == BACKWARDS_AT)                                            \
            *value = 0;                                                                                  \
        return check(handle);                                                                            \
    }

/* The largest that 32 bits hold, as a host says that there is no limit. */
int VMGuestLib_GetCpuLimitMHz(struct vm *handle, uint32_t *value)
{
    *value = UINT32_MAX;
    return check(handle);
}

LEVEL(CpuReservationMHz, 2, uint32_t)
LEVEL(CpuShares, 3, uint32_t)
TOTAL(CpuStolenMs, 4)
TOTAL(CpuUsedMs, 5)
TOTAL(ElapsedMs, 6)
LEVEL(MemActiveMB, 7, uint32_t)
LEVEL(MemBalloonedMB, 8, uint32_t)
LEVEL(MemLimitMB, 9, uint32_t)
LEVEL(MemMappedMB, 10, uint32_t)
LEVEL(MemOverheadMB, 11, uint32_t)
LEVEL(MemReservationMB, 12, uint32_t)
LEVEL(MemSharedMB, 13, uint32_t)

int VMGuestLib_GetMemShares(struct vm *handle, uint32_t *value)
{
    if (VALUE_ERROR == 0)
        *value = 14000 + handle->updates;
    return VALUE_ERROR != 0 ? VALUE_ERROR : check(handle);
}

LEVEL(MemSwappedMB, 15, uint32_t)

#ifndef NO_TARGET_SIZE
/* More than 32 bits. */
int VMGuestLib_GetMemTargetSizeMB(struct vm *handle, uint64_t *value)
{
    *value = (UINT64_C(1) << 40) + handle->updates;
    return check(handle);
}
#endif

LEVEL(MemUsedMB, 17, uint32_t)
LEVEL(HostProcessorSpeed, 18, uint32_t)
